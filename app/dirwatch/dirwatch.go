// Package dirwatch reports that something has changed in a folder, which may come, go and come back.
package dirwatch

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// pollEvery is how often Follow reports a change where the system reports none.
const pollEvery = 30 * time.Second

// Watcher watches one folder at a time.
type Watcher struct {
	// C gets a value after changes. It has one slot: several changes may be one value.
	C      <-chan struct{}
	system *fsnotify.Watcher // nil where the system does not say
}

// New returns a Watcher of no folder. Where the system reports no changes, C stays silent and Watch
// reports false.
func New() *Watcher {
	c := make(chan struct{}, 1)
	w := &Watcher{C: c}
	system, err := fsnotify.NewWatcher()
	if err != nil {
		return w
	}
	w.system = system
	go func() {
		for {
			open := true
			select {
			case _, open = <-system.Events:
			case _, open = <-system.Errors:
			}
			if !open {
				return
			}
			select {
			case c <- struct{}{}:
			default:
			}
		}
	}()
	return w
}

// Watch watches dir from now on, and no other folder. It reports whether changes in dir will be told.
func (w *Watcher) Watch(dir string) bool {
	if w.system == nil {
		return false
	}
	for _, old := range w.system.WatchList() {
		if old != dir {
			_ = w.system.Remove(old)
		}
	}
	return w.system.Add(dir) == nil
}

// Close ends the watch.
func (w *Watcher) Close() {
	if w.system != nil {
		_ = w.system.Close()
	}
}

// Follow reports, until ctx ends, that something may have changed in dir, and the first time at once. Where
// dir is not there, the nearest folder above it is watched. Where the system reports no changes, a change is
// reported every half minute.
func Follow(ctx context.Context, dir string) <-chan struct{} {
	out := make(chan struct{}, 1)
	go follow(ctx, dir, out)
	return out
}

func follow(ctx context.Context, dir string, out chan<- struct{}) {
	w := New()
	defer w.Close()
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		if w.Watch(nearest(dir)) {
			poll.Stop()
		} else {
			poll.Reset(pollEvery)
		}
		select {
		case out <- struct{}{}: // after the watch has begun, so that nothing is missed
		default:
		}
		select {
		case <-ctx.Done():
			return
		case <-w.C:
		case <-poll.C:
		}
	}
}

// nearest returns dir, or the nearest folder above it that is there.
func nearest(dir string) string {
	for {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
		above := filepath.Dir(dir)
		if above == dir {
			return dir
		}
		dir = above
	}
}
