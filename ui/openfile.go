package ui

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/app/opencopy"
	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/opener"
	"daypass/ui/problem"
)

// openFiles are the files of the storage that were fetched to be shown by other programs. It belongs to the UI thread.
type openFiles struct {
	u       *Window
	all     []*opened
	looking bool // for changes
}

// opened is one of them. When its program changes it, the user is asked whether to upload it again.
type opened struct {
	connection  string
	bucket, key string
	copy        *opencopy.Copy
	transfer    string
	path        string
	// allowed is the kind of file that the user has agreed to open.
	allowed opener.Kind
	// seen is the file as it was when it was last looked at; nil until its program shows it.
	seen fs.FileInfo
	// saved is the file as it is in the storage, and upload the transfer of its last change; empty for none.
	saved  fs.FileInfo
	upload string
}

func (o *opened) name() string   { return localName(o.key) }
func (o *opened) prefix() string { return o.key[:len(o.key)-len(o.name())] }

// open fetches a file to a folder of its own and has the system's program show it. What can run, or bring code with
// it, is refused or asked about first (rule 34).
func (f *openFiles) open(s *storage, e buckets.Entry) {
	kind := opener.KindOf(localName(e.Key))
	o := &opened{connection: f.u.shown.Session.ID, bucket: s.At().Bucket, key: e.Key, allowed: kind}
	f.ask(browser.AskOpen(o.name(), e.Size, kind), func() { f.fetch(o, e.Size) })
}

// ask calls open once what is to be said before was answered with yes.
func (f *openFiles) ask(said browser.OpenQuestion, open func()) {
	switch {
	case said.Title == "":
		open()
	case said.Yes == "":
		f.u.kit.Tell(said.Title, said.Text)
	default:
		f.u.kit.Ask(kit.Question{Title: said.Title, Text: said.Text, Yes: said.Yes, Harmless: said.Harmless, Do: open})
	}
}

func (f *openFiles) fetch(o *opened, size int64) {
	now := f.u.Now()
	f.u.agent.Call(func(ctx context.Context, core app.Core) (err error) {
		if o.copy, err = opencopy.New(now); err != nil {
			return err
		}
		o.transfer, err = core.StartTransfer(ctx, app.TransferRequest{
			Connection: o.connection, Direction: app.Download, Location: location.Location{Bucket: o.bucket, Prefix: o.prefix()},
			Objects: []app.TransferObject{{Key: o.key, Size: size}}, Folder: o.copy.Dir, Conflicts: app.Replace,
		})
		if err != nil {
			return errors.Join(err, o.copy.Discard())
		}
		f.u.Dispatch(func() {
			f.all = append(f.all, o)
			f.follow()
		})
		return nil
	})
}

// follow opens files whose transfer is done, and notes which changes have arrived in the storage.
func (f *openFiles) follow() {
	for _, o := range f.all {
		if o.path != "" {
			f.noteUpload(o)
			continue
		}
		if t := f.u.transfers.Find(o.transfer); t != nil && t.Phase == app.TransferDone && t.Path != "" {
			o.path = t.Path
			go f.inspect(o)
		}
	}
}

// inspect notes how the copy is, and asks where its content is of a kind that its name did not say. It runs in a
// goroutine.
func (f *openFiles) inspect(o *opened) {
	info, err := os.Stat(o.path)
	kind := opener.Harmless
	if err == nil {
		kind, err = opener.Inspect(o.path)
	}
	if err == nil {
		err = o.copy.Saved(info)
	}
	f.u.Dispatch(func() {
		switch {
		case err != nil:
			f.u.agent.Failed(problem.Of(err))
		case kind != o.allowed && kind != opener.Harmless:
			f.ask(browser.AskDisguised(o.name(), kind), func() { f.show(o, info) })
		default:
			f.show(o, info)
		}
	})
}

// show starts the program, and begins to look for changes.
func (f *openFiles) show(o *opened, info fs.FileInfo) {
	go func() {
		err := f.u.OpenFile(o.path)
		f.u.Dispatch(func() {
			if err != nil {
				f.u.agent.Failed(problem.Of(problem.ErrNoProgram))
				return
			}
			o.seen, o.saved = info, info
			f.lookForChanges()
		})
	}()
}

// localName returns the last part of a key, for a file of this computer.
func localName(key string) string {
	for i := len(key) - 1; i >= 0; i-- {
		if key[i] == '/' {
			return key[i+1:]
		}
	}
	return key
}
