package browser

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/app/opencopy"
	"daypass/ui/opener"
	"daypass/ui/present"
	"daypass/ui/problem"
	"daypass/ui/task"
)

// BaseName returns the last part of a key, for a file of this computer.
func BaseName(key string) string { return key[strings.LastIndexByte(key, '/')+1:] }

// folderOf returns a key without its last part.
func folderOf(key string) string { return strings.TrimSuffix(key, BaseName(key)) }

// Opened are the files of the storage that were fetched to be shown by other programs.
type Opened struct {
	c     *Controller
	files []*openedFile
	// watching is true once the files are checked for changes.
	watching bool
}

// openedFile is one of them. When its program changes it, the user is asked whether to upload it again.
type openedFile struct {
	connection  string
	bucket, key string
	task        *task.Task
	copy        *opencopy.Copy
	transfer    string
	path        string
	// allowed is the kind of file that the user has agreed to open.
	allowed opener.Kind
	// seen is the file as it was when it was last checked; nil until its program shows it.
	seen fs.FileInfo
	// saved is the file as it is in the storage, and upload the transfer of its last change; empty for none.
	saved  fs.FileInfo
	upload string
}

func (f *openedFile) name() string { return BaseName(f.key) }

// folder returns where the file is in the storage.
func (f *openedFile) folder() location.Location {
	return location.Location{Bucket: f.bucket, Prefix: folderOf(f.key)}
}

// open fetches a file to a folder of its own and has the system's program show it. What can run, or bring code with
// it, is refused or asked about first (rule 34).
func (o *Opened) open(s *Server, e buckets.Entry) {
	kind := opener.KindOf(BaseName(e.Key))
	f := &openedFile{
		connection: s.ID, bucket: s.Listing.At().Bucket, key: e.Key, allowed: kind,
		task: task.New(o.c.deps.Context, o.c.deps.Dispatch),
	}
	o.ask(AskOpen(f.name(), e.Size, kind), func() { o.fetch(f, e.Size) })
}

// ask calls open once the question before it, if there is one, was answered with yes.
func (o *Opened) ask(q OpenQuestion, open func()) {
	switch {
	case q.Title == "":
		open()
	case q.Yes == "":
		o.c.view.Tell(q.Title, q.Text)
	default:
		o.c.view.Confirm(present.Question{ID: "open", Title: q.Title, Text: q.Text, Yes: q.Yes, Harmless: q.Harmless}, open)
	}
}

func (o *Opened) fetch(f *openedFile, size int64) {
	now := o.c.deps.Now()
	o.c.deps.Agent.Call(func(ctx context.Context, core app.Core) (err error) {
		if f.copy, err = opencopy.New(now); err != nil {
			return err
		}
		f.transfer, err = core.StartTransfer(ctx, app.TransferRequest{
			Connection: f.connection, Direction: app.Download, Location: f.folder(),
			Objects: []app.TransferObject{{Key: f.key, Size: size}}, Folder: f.copy.Dir, Conflicts: app.Replace,
		})
		if err != nil {
			return errors.Join(err, f.copy.Discard())
		}
		o.c.deps.Dispatch(func() {
			o.files = append(o.files, f)
			o.Follow()
		})
		return nil
	})
}

// transferOf returns the transfer with an ID, where there is one that is done.
func (o *Opened) transferOf(id string) (t app.Transfer, done bool) {
	if found := o.c.deps.Transfers.Find(id); found != nil && found.Phase == app.TransferDone {
		return *found, true
	}
	return app.Transfer{}, false
}

// Follow opens files whose transfer is done, and notes which changes have arrived in the storage.
func (o *Opened) Follow() {
	for _, f := range o.files {
		if f.path != "" {
			o.noteUpload(f)
			continue
		}
		if t, done := o.transferOf(f.transfer); done && t.Path != "" {
			f.path = t.Path
			o.inspect(f)
		}
	}
}

// inspected is what is known of the copy of a file once it is there.
type inspected struct {
	info fs.FileInfo
	kind opener.Kind
}

// inspect notes how the copy is, and asks where its content is of a kind that its name did not say.
func (o *Opened) inspect(f *openedFile) {
	path, saved := f.path, f.copy.Saved
	task.Run(f.task, func(context.Context) (i inspected, err error) {
		if i.info, err = os.Stat(path); err != nil {
			return i, err
		}
		if i.kind, err = opener.Inspect(path); err != nil {
			return i, err
		}
		return i, saved(i.info)
	}, func(i inspected, err error) {
		switch {
		case err != nil:
			o.c.fail(err)
		case i.kind != f.allowed && i.kind != opener.Harmless:
			o.ask(AskDisguised(f.name(), i.kind), func() { o.show(f, i.info) })
		default:
			o.show(f, i.info)
		}
	})
}

// show starts the program, and begins to check for changes.
func (o *Opened) show(f *openedFile, info fs.FileInfo) {
	path := f.path
	task.Run(f.task, func(context.Context) (struct{}, error) { return struct{}{}, o.c.deps.Show(path) }, func(_ struct{}, err error) {
		if err != nil {
			o.c.fail(problem.ErrNoProgram)
			return
		}
		f.seen, f.saved = info, info
		o.watch()
	})
}
