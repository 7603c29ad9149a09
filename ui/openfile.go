package ui

import (
	"context"
	"errors"
	"os"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/ui/opener"
	"daypass/ui/present"
	"daypass/ui/view/kit"
)

// opened is a file of the storage that was fetched to be shown by another program. When that program
// changes it, the person is asked whether to upload it again.
type opened struct {
	connection  string
	bucket, key string
	dir         string
	transfer    string
	path        string
	seen        time.Time
	// changed is true once another program has changed it, and upload the transfer of its last change;
	// empty for none.
	changed bool
	upload  string
}

const (
	// lookEvery is how often files that are open elsewhere are looked at for changes.
	lookEvery = 2 * time.Second
	// mostOpened is the size from which the person is asked before a file is fetched to be shown.
	mostOpened = 200_000_000
)

// openObject fetches a file to a folder of its own and opens it with the system's program.
func (u *Window) openObject(s *storage, e buckets.Entry) {
	name := localName(e.Key)
	switch {
	case opener.IsProgram(name):
		u.kit.Tell(u.window.Canvas(), "This is a program", "Daypass does not start programs from the storage. Download it if you trust it.")
	case e.Size > mostOpened:
		u.kit.Ask(u.window.Canvas(), kit.Question{
			Harmless: true,
			Title:    "Open “" + present.Visible(name) + "”?", Text: "It has " + present.Bytes(e.Size) + ", all of which is fetched before it can be shown.",
			Yes: "Open", Do: func() { u.fetchToOpen(s, e) },
		})
	default:
		u.fetchToOpen(s, e)
	}
}

func (u *Window) fetchToOpen(s *storage, e buckets.Entry) {
	o := &opened{connection: u.shown.Session.ID, bucket: s.At().Bucket, key: e.Key}
	u.call(func(ctx context.Context, core app.Core) error {
		dir, err := os.MkdirTemp("", "daypass-open-*") // 0700
		if err != nil {
			return err
		}
		o.dir = dir
		o.transfer, err = core.StartTransfer(ctx, app.TransferRequest{
			Connection: o.connection, Direction: app.Download, Bucket: o.bucket, Prefix: o.key[:len(o.key)-len(localName(o.key))],
			Objects: []app.TransferObject{{Key: o.key, Size: e.Size}}, Folder: dir, Conflicts: app.Replace,
		})
		if err != nil {
			return errors.Join(err, os.RemoveAll(dir))
		}
		u.Dispatch(func() {
			u.opened = append(u.opened, o)
			u.followOpened()
		})
		return nil
	})
}

// followOpened opens files whose transfer is done.
func (u *Window) followOpened() {
	for _, o := range u.opened {
		if o.path != "" {
			continue
		}
		if t := u.transfer(o.transfer); t != nil && t.Phase == app.TransferDone && t.Path != "" {
			o.path = t.Path
			u.showOpened(o)
		}
	}
}

// showOpened starts the program, and begins to look for changes.
func (u *Window) showOpened(o *opened) {
	go func() {
		info, err := os.Stat(o.path)
		if err == nil {
			err = u.OpenFile(o.path)
		}
		u.Dispatch(func() {
			switch {
			case errors.Is(err, opener.ErrProgram):
				u.fail(err)
			case err != nil:
				u.fail(errNoProgram)
			default:
				o.seen = info.ModTime()
				u.lookForChanges()
			}
		})
	}()
}

// lookForChanges looks at the open files from now on, in a goroutine that there is one of.
func (u *Window) lookForChanges() {
	if u.looking {
		return
	}
	u.looking = true
	go func() {
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		for {
			select {
			case <-u.ctx.Done():
				return
			case <-tick.C:
				u.Dispatch(u.lookOnce)
			}
		}
	}()
}

// lookOnce asks about a file that has changed. To look at the time of a file in a folder of our own takes
// microseconds.
func (u *Window) lookOnce() {
	for _, o := range u.opened {
		if o.seen.IsZero() {
			continue
		}
		if info, err := os.Stat(o.path); err == nil && !info.ModTime().Equal(o.seen) && u.window.Canvas().Overlays().Top() == nil {
			u.askUpload(o, info.ModTime())
			return
		}
	}
}

func (u *Window) askUpload(o *opened, changed time.Time) {
	o.seen, o.changed, o.upload = changed, true, "" // asked once for each change
	u.kit.Ask(u.window.Canvas(), kit.Question{
		Harmless: true,
		Title:    "“" + present.Visible(localName(o.key)) + "” was changed", Yes: "Upload",
		Text: "Another program has changed the file that you opened. Upload it in place of the one in " + o.bucket + "?",
		Do:   func() { u.uploadOpened(o) },
	})
}

func (u *Window) uploadOpened(o *opened) {
	change := o.seen
	u.call(func(ctx context.Context, core app.Core) error {
		id, err := core.StartTransfer(ctx, app.TransferRequest{
			Connection: o.connection, Direction: app.Upload, Bucket: o.bucket, Prefix: o.key[:len(o.key)-len(localName(o.key))],
			Paths: []string{o.path}, As: localName(o.key), Conflicts: app.Replace,
		})
		if err == nil {
			u.Dispatch(func() {
				if o.seen.Equal(change) { // or it was changed once more, and what is on its way is not that
					o.upload = id
				}
			})
		}
		return err
	})
}

// closeOpened removes the files that were fetched to be shown, but for changes that are nowhere else yet.
func (u *Window) closeOpened() {
	for _, o := range u.opened {
		if o.path == "" || u.safe(o) {
			_ = os.RemoveAll(o.dir)
		}
	}
	u.opened = nil
}

// safe reports whether what is in an open file is in the storage too.
func (u *Window) safe(o *opened) bool {
	info, err := os.Stat(o.path)
	if err != nil || !info.ModTime().Equal(o.seen) {
		return false
	}
	t := u.transfer(o.upload)
	return !o.changed || t != nil && t.Phase == app.TransferDone
}

// Watching reports whether a file that was opened is looked at for changes.
func (u *Window) Watching() bool { return len(u.opened) > 0 && !u.opened[0].seen.IsZero() }
