package browser

import (
	"context"
	"io/fs"
	"os"
	"time"

	"daypass/app"
	"daypass/app/messages"
	"daypass/ui/present"
)

// checkEvery is how often files that are open elsewhere are checked for changes.
const checkEvery = 2 * time.Second

// watch checks the open files from now on, in a goroutine that there is one of.
func (o *Opened) watch() {
	if o.watching {
		return
	}
	o.watching = true
	go func() {
		tick := time.NewTicker(checkEvery)
		defer tick.Stop()
		for {
			select {
			case <-o.c.deps.Context.Done():
				return
			case <-tick.C:
				o.c.deps.Dispatch(o.check)
			}
		}
	}()
}

// check asks about a file that has changed. The time of a file in a folder of our own is there in microseconds.
func (o *Opened) check() {
	for _, f := range o.files {
		if f.seen == nil {
			continue
		}
		info, err := os.Stat(f.path)
		if err == nil && !info.ModTime().Equal(f.seen.ModTime()) && !o.c.deps.Window.Covered() {
			f.seen, f.upload = info, "" // asked once for each change
			o.askUpload(f)
			return
		}
	}
}

func (o *Opened) askUpload(f *openedFile) {
	o.c.view.Confirm(present.Question{
		ID:       "upload",
		Harmless: true,
		Title:    messages.Text("browser.changed.title", messages.Args{"Name": present.Visible(f.name())}),
		Text:     messages.Text("browser.changed.text", messages.Args{"Bucket": f.bucket}),
		Yes:      messages.Text("browser.upload"),
	}, func() { o.upload(f) })
}

func (o *Opened) upload(f *openedFile) {
	change := f.seen
	o.c.deps.Agent.Call(func(ctx context.Context, core app.Core) error {
		id, err := core.StartTransfer(ctx, app.TransferRequest{
			Connection: f.connection, Direction: app.Upload, Location: f.folder(),
			Paths: []string{f.path}, As: f.name(), Conflicts: app.Replace,
		})
		if err == nil {
			o.c.deps.Dispatch(func() {
				if f.seen == change { // or it was changed once more, and what is on its way is not that
					f.upload = id
					o.noteUpload(f) // the news of its end may have come before its name
				}
			})
		}
		return err
	})
}

// close removes the copies, except for changes that are nowhere else yet.
func (o *Opened) close() {
	for _, f := range o.files {
		_ = f.copy.Close()
	}
	o.files = nil
}

// noteUpload notes that the last change that was seen of a file is in the storage, once it is.
func (o *Opened) noteUpload(f *openedFile) {
	if _, done := o.transferOf(f.upload); done && f.saved != f.seen && f.copy.Saved(f.seen) == nil {
		f.saved = f.seen
	}
}

// OpenedState is what is known of a file that was opened.
type OpenedState struct {
	// Path is its copy; empty until that is there. Shown is the copy as it was checked last; nil until a program shows it.
	Path  string
	Shown fs.FileInfo
	// Saved is true where the last change that was seen is in the storage, and Returning while it is on its way there.
	Saved, Returning bool
}

// Files returns what is known of the files that were opened.
func (o *Opened) Files() []OpenedState {
	var out []OpenedState
	for _, f := range o.files {
		out = append(out, OpenedState{Path: f.path, Shown: f.seen, Saved: f.saved != nil && f.saved == f.seen, Returning: f.upload != ""})
	}
	return out
}
