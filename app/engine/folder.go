package engine

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/schedule"
	"daypass/app/session"
)

// folder is the folder of the connection files, in which users, editors and other programs work too.
type folder struct {
	dir     string
	changes func(ctx context.Context, dir string) <-chan struct{}
	// mu keeps what is read and what becomes of it in one order with what Daypass writes.
	mu sync.Mutex
}

// folderQuiet is how long nothing may change before the folder is read: an editor that saves a file removes
// it for a moment, and a copy of many files comes one by one.
const folderQuiet = 500 * time.Millisecond

// followFolder takes over new, changed and removed connection files, until ctx ends.
func (a *Engine) followFolder(ctx context.Context) {
	if a.folder.changes == nil {
		return
	}
	changes := a.folder.changes(ctx, a.folder.dir)
	quiet := schedule.NewTimer()
	for {
		select {
		case <-ctx.Done():
			return
		case <-changes:
			quiet.Restart(folderQuiet)
		case <-quiet.C():
			quiet.Fired()
			a.reload()
		}
	}
}

// reload reads the folder. A folder that is not there, or cannot be read, changes nothing: it may be on a
// disk that comes back, and its connections are not signed out of.
func (a *Engine) reload() {
	a.folder.mu.Lock()
	defer a.folder.mu.Unlock()
	if info, err := os.Stat(a.folder.dir); err != nil || !info.IsDir() {
		return
	}
	defs, errs := a.files.Load()
	a.runner.post(reloadFolder{defs, errs})
}

// reload takes over what has changed. The connection of a file that cannot be read stays as it was.
func (r *runner) reload(ctx context.Context, now reloadFolder) {
	r.cannotRead(now.errs)
	there := map[string]bool{}
	for _, err := range now.errs {
		file, known := errors.AsType[*connection.FileError](err)
		if !known {
			return // the folder as a whole
		}
		there[file.ID()] = true
	}
	for _, def := range now.defs {
		there[def.ID] = true
		r.define(ctx, def.ID, def)
	}
	for id := range r.sessions {
		if !there[id] {
			r.log.Info("the file of a connection was removed", "id", id)
			r.remove(ctx, id)
		}
	}
}

// cannotRead notes what is wrong with the connections' files.
func (r *runner) cannotRead(errs []error) {
	before := r.unreadable
	r.unreadable = nil
	for _, err := range errs {
		p := unreadable(err)
		for _, known := range before {
			if known.English() == p.English() {
				p.At = known.At
			}
		}
		r.unreadable = append(r.unreadable, p)
	}
}

// unreadable is the problem of a connection file that cannot be used.
func unreadable(err error) app.Problem {
	reasons := session.ReasonsOf(err)
	if file, ok := errors.AsType[*connection.FileError](err); ok {
		reasons = file.Messages()
	}
	return app.Problem{Code: "connection-unreadable", Reasons: reasons, At: now()}
}
