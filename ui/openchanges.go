package ui

import (
	"context"
	"os"
	"time"

	"daypass/app"
	"daypass/app/location"
	"daypass/ui/kit"
	"daypass/ui/present"
)

// lookEvery is how often files that are open elsewhere are looked at for changes.
const lookEvery = 2 * time.Second

// lookForChanges looks at the open files from now on, in a goroutine that there is one of.
func (f *openFiles) lookForChanges() {
	if f.looking {
		return
	}
	f.looking = true
	go func() {
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		for {
			select {
			case <-f.u.ctx.Done():
				return
			case <-tick.C:
				f.u.Dispatch(f.lookOnce)
			}
		}
	}()
}

// lookOnce asks about a file that has changed. To look at the time of a file
// in a folder of our own takes microseconds.
func (f *openFiles) lookOnce() {
	for _, o := range f.all {
		if o.seen == nil {
			continue
		}
		info, err := os.Stat(o.path)
		if err == nil && !info.ModTime().Equal(o.seen.ModTime()) && f.u.window.Canvas().Overlays().Top() == nil {
			o.seen, o.upload = info, "" // asked once for each change
			f.askUpload(o)
			return
		}
	}
}

func (f *openFiles) askUpload(o *opened) {
	f.u.kit.Ask(kit.Question{
		Harmless: true,
		Title:    "“" + present.Visible(o.name()) + "” was changed", Yes: "Upload",
		Text: "Another program has changed the file that you opened. Upload it in place of the one in " + o.bucket + "?",
		Do:   func() { f.upload(o) },
	})
}

func (f *openFiles) upload(o *opened) {
	change := o.seen
	f.u.agent.Call(func(ctx context.Context, core app.Core) error {
		id, err := core.StartTransfer(ctx, app.TransferRequest{
			Connection: o.connection, Direction: app.Upload, Location: location.Location{Bucket: o.bucket, Prefix: o.prefix()},
			Paths: []string{o.path}, As: o.name(), Conflicts: app.Replace,
		})
		if err == nil {
			f.u.Dispatch(func() {
				if o.seen == change { // or it was changed once more, and what is on its way is not that
					o.upload = id
					f.noteUpload(o) // the news of its end may have come before its name
				}
			})
		}
		return err
	})
}

// close removes the copies, but for changes that are nowhere else yet.
func (f *openFiles) close() {
	for _, o := range f.all {
		_ = o.copy.Close()
	}
	f.all = nil
}

// noteUpload notes that the last change that was seen of a file is in the storage, once it is.
func (f *openFiles) noteUpload(o *opened) {
	if t := f.u.transfers.Find(o.upload); t != nil && t.Phase == app.TransferDone && o.saved != o.seen && o.copy.Saved(o.seen) == nil {
		o.saved = o.seen
	}
}
