package transfer

import (
	"context"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/transfer/disk"
	"daypass/app/buckets/transfer/journal"
	"daypass/app/buckets/transfer/remote"
)

// bigFrom is the size from which a file moves in parts.
const bigFrom = 32 << 20

// download is one attempt at a download.
type download struct {
	job       *job
	remote    *remote.Bucket
	target    *disk.Target
	names     *disk.Namer
	committer *committer
}

func openDownload(ctx context.Context, j *job) (mover, error) {
	r, err := j.openRemote(ctx, j.origin())
	if err != nil {
		return nil, err
	}
	t, err := disk.OpenTarget(j.record.Request.Folder)
	if err != nil {
		r.Close()
		return nil, err
	}
	return &download{job: j, remote: r, target: t, committer: newCommitter(j), names: t.Names(j.id)}, nil
}

func (d *download) close() {
	d.committer.close()
	d.target.Close()
	d.remote.Close()
}

// find implements mover. Names are given in the order of the keys, so that they are the same each time.
func (d *download) find(ctx context.Context) error { return d.job.eachObject(ctx, d.remote, d.enqueue) }

// enqueue names an item and puts it into the queue.
func (d *download) enqueue(it *item) bool {
	rel := strings.TrimPrefix(it.key, d.job.record.Request.Prefix)
	if rel == "" && it.size == 0 {
		return true // the chosen folder's own mark
	}
	it.name = rel
	if it.size == 0 && strings.HasSuffix(rel, "/") {
		it.folder = true
		it.local = d.names.Folder(strings.TrimSuffix(rel, "/"))
	} else {
		it.local = d.names.Local(rel)
	}
	if as := d.job.record.Request.As; as != "" {
		it.local = d.names.Part(as)
	}
	return d.job.found(it)
}

// atOnce implements mover.
func (d *download) atOnce() int { return d.remote.AtOnce() }

// move implements mover.
func (d *download) move(ctx context.Context, it *item) error {
	dir, base := path.Split(it.local)
	if it.folder {
		dir, base = it.local, ""
	}
	f, err := d.target.Folder(strings.TrimSuffix(dir, "/"))
	if err != nil {
		return err
	}
	if it.folder {
		f.Leave()
		return nil
	}
	name, err := d.resolveName(f, it, base)
	if err != nil || name == "" {
		f.Leave()
		return err
	}
	d.noteFolder(f.Path)
	to := finishedFile{it: it, folder: f, temp: disk.TempName(d.job.id, it.id), name: name, replace: d.job.choice(it) == app.Replace}
	to.from = d.remote.Client.ObjectURL(d.remote.Name, it.key)
	if it.size > bigFrom {
		err = d.inParts(ctx, &to)
	} else {
		err = d.whole(ctx, &to)
	}
	if err != nil {
		f.Leave()
		return err
	}
	if len(d.job.record.Request.Objects) == 1 && !d.job.record.Request.Objects[0].IsFolder() {
		d.setPath(filepath.Join(d.job.record.Request.Folder, filepath.FromSlash(path.Join(f.Path, name))))
	}
	d.committer.add(to)
	return errLater
}

func (d *download) setPath(p string) {
	d.job.mu.Lock()
	defer d.job.mu.Unlock()
	d.job.path = p
}

// noteFolder remembers that a folder may have temporary files.
func (d *download) noteFolder(dir string) {
	d.job.mu.Lock()
	defer d.job.mu.Unlock()
	if _, known := d.job.record.Folders[dir]; !known {
		d.job.noteLocked(journal.Entry{Folder: &dir})
	}
}

// resolveName says under which name an item goes into its folder. The empty name means that it is there
// already, since an attempt that ended before it could say so.
func (d *download) resolveName(f *disk.Folder, it *item, base string) (string, error) {
	if d.placedEarlier(f, it) {
		return "", nil
	}
	info, exists, err := f.Info(base)
	if err != nil || !exists {
		return base, err
	}
	choice := d.job.choice(it)
	if info.IsDir() && choice == app.Replace {
		return "", &os.PathError{Op: "replace", Path: path.Join(f.Path, base), Err: os.ErrExist}
	}
	switch choice {
	case app.Replace:
		return base, nil
	case app.Skip:
		return "", errSkipped
	case app.KeepBoth:
		return f.FreeName(base)
	}
	question := &conflict{
		target: filepath.Join(d.job.record.Request.Folder, filepath.FromSlash(path.Join(f.Path, base))),
		folder: info.IsDir(), incoming: it.described(), existing: app.FileInfo{Size: info.Size(), Modified: info.ModTime()},
	}
	if question.folder {
		question.existing.Size = -1
	}
	return "", question
}

// placedEarlier reports whether an attempt that ended before it could say so has placed the item.
func (d *download) placedEarlier(f *disk.Folder, it *item) bool {
	d.job.mu.Lock()
	earlier, announced := d.job.record.Placing[it.id]
	d.job.mu.Unlock()
	if !announced {
		return false
	}
	info, there, err := f.Info(earlier.Name)
	return err == nil && there && info.Mode().IsRegular() && info.Size() == earlier.Size
}

func (d *download) sourceOf(it *item) *remote.SourceObject {
	return &remote.SourceObject{
		Bucket: d.remote, Key: it.key, Version: it.version, Operation: d.operation(it),
		Resized: func(size int64) { d.job.resized(it, size) },
	}
}

func (d *download) operation(it *item) buckets.Operation {
	return buckets.Operation{Name: "download", Action: "s3:GetObject", Bucket: d.remote.Name, Key: it.key}
}

// errBig is a file of unknown size that turned out to be one for parts.
var errBig = errors.New("it is large")

// whole fetches a file in one request.
func (d *download) whole(ctx context.Context, to *finishedFile) error {
	err := d.remote.Persist(ctx, d.operation(to.it), func(ctx context.Context) error { return d.fetch(ctx, to) })
	if errors.Is(err, errBig) {
		return d.inParts(ctx, to)
	}
	if err != nil {
		_ = to.folder.Remove(to.temp)
	}
	return err
}

// fetch makes one try at a whole file.
func (d *download) fetch(ctx context.Context, to *finishedFile) (err error) {
	it := to.it
	it.moved.Store(0)
	var file *os.File
	defer func() {
		if file != nil {
			err = errors.Join(err, file.Close())
		}
	}()
	return d.remote.ReadWhole(ctx, it.key, it.version, func(info minio.ObjectInfo) (io.Writer, error) {
		if err := remote.CheckSize(info.Size); err != nil {
			return nil, err
		}
		if it.size < 0 && info.Size > bigFrom {
			return nil, errBig
		}
		d.job.resized(it, info.Size)
		to.modified = remote.ModifiedOf(info)
		f, err := to.folder.NewTemp(to.temp)
		file = f
		return f, err
	}, func(n int) { it.moved.Add(int64(n)) })
}
