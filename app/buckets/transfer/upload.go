package transfer

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path"

	"github.com/minio/minio-go/v7"

	"daypass/app/buckets/transfer/disk"
	"daypass/app/buckets/transfer/journal"
)

// smallTo is the size up to which a file is read into memory once, rather than twice from the disk.
const smallTo = bufferSize

// upload is one attempt at an upload.
type upload struct {
	*sender
	sources []*disk.Source
}

func openUpload(ctx context.Context, j *job) (mover, error) {
	r, err := j.openRemote(ctx, j.target())
	if err != nil {
		return nil, err
	}
	u := &upload{sender: newSender(j, r, "upload to this folder")}
	for _, given := range j.record.Request.Paths {
		s, err := disk.OpenSource(given, j.record.Request.As)
		if err != nil {
			u.leftOut(given, path.Base(given), j.problemOf(err))
			continue
		}
		u.sources = append(u.sources, s)
	}
	if len(u.sources) == 0 {
		u.close()
		return nil, &os.PathError{Op: "open", Path: j.record.Request.Paths[0], Err: os.ErrNotExist}
	}
	return u, nil
}

func (u *upload) close() {
	for _, s := range u.sources {
		s.Close()
	}
	u.remote.close()
}

// find implements mover.
func (u *upload) find(ctx context.Context) error {
	var folders []string
	files := 0
	for _, s := range u.sources {
		if s.IsFolder() {
			folders = append(folders, s.Name+"/")
		} else {
			files++
		}
	}
	if err := u.taken.look(ctx, folders, files); err != nil {
		return err
	}
	for _, s := range u.sources {
		err := s.Each(func(f disk.File) bool { return u.give(s, f) }, func(local string, err error) {
			u.leftOut(path.Join(s.Path, local), path.Join(s.Name, local), u.oddFile(err))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// give puts a file of a source into the queue.
func (u *upload) give(s *disk.Source, f disk.File) bool {
	it := &item{
		id: f.Path, source: s, local: f.Local, name: f.Name, key: u.prefix + f.Name,
		folder: f.IsFolder, size: f.Size, modified: f.Modified,
	}
	return u.found(it)
}

// move implements mover.
func (u *upload) move(ctx context.Context, it *item) error {
	if err := checkKey(it.key); err != nil {
		return err
	}
	return u.deliver(ctx, it, u.sentEarlier, u.send)
}

// send uploads a file under a key.
func (u *upload) send(ctx context.Context, it *item, key string) error {
	file, info, err := it.source.Open(it.local)
	if err != nil {
		return err
	}
	defer file.Close()
	u.resized(it, info.Size())
	it.modified = info.ModTime()
	if info.Size() > bigFrom {
		return u.sendParts(ctx, it, key, &fileContent{file: file, it: it})
	}
	if err := u.sendWhole(ctx, it, key, file); err != nil {
		return err
	}
	return unchanged(file, it)
}

// unchanged fails where the file was written to while it was read.
func unchanged(file *os.File, it *item) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if info.Size() != it.size || !info.ModTime().Equal(it.modified) {
		return errFileChanged
	}
	return nil
}

var errFileChanged = &failure{
	code: "file-changed", title: "The file was changed meanwhile",
	detail: "It was written to on this computer while it was being uploaded.", next: "Resume to upload it as it is now.",
}

// sendWhole uploads a file in one request. The checksum goes in front, so that the body is sent as
// it lies on the disk.
func (u *upload) sendWhole(ctx context.Context, it *item, key string, file *os.File) error {
	same := func() error { return unchanged(file, it) }
	h := ours.Hasher()
	buf := buffers.Get().(*[]byte)
	if it.size > smallTo {
		_, err := io.CopyBuffer(onlyWriter{h}, io.NewSectionReader(file, 0, it.size), *buf)
		buffers.Put(buf)
		if err != nil {
			return err
		}
		return u.put(ctx, it, key, same, file, it.size, encode(h))
	}
	small := (*buf)[:it.size]
	if _, err := file.ReadAt(small, 0); err != nil {
		return errors.Join(errFileChanged, err)
	}
	h.Write(small)
	err := u.put(ctx, it, key, same, bytes.NewReader(small), it.size, encode(h))
	if err == nil {
		buffers.Put(buf) // after a failure the transport may still be reading it
	}
	return err
}

// sentEarlier reports whether the object that is there is this file, sent by an earlier attempt of
// this transfer that ended before it could say so.
func (u *upload) sentEarlier(it *item, there *minio.ObjectInfo) bool {
	if there.Size != it.size || there.LastModified.Before(u.record.Started.Truncate(1e9)) {
		return false
	}
	p := proofOf(*there, there.Metadata)
	if p.kind != ours || p.whole == "" {
		return false
	}
	file, _, err := it.source.Open(it.local)
	if err != nil {
		return false
	}
	defer file.Close()
	sum, err := sumOf(file, span{size: it.size}, ours)
	return err == nil && sum == p.whole
}

// fileContent is a file of this computer that is sent in parts.
type fileContent struct {
	file *os.File
	it   *item
}

// begin implements content.
func (c *fileContent) begin() (journal.PartedFile, []span) {
	size := partSizeOf(c.it.size)
	return journal.PartedFile{Size: c.it.size, Modified: c.it.modified, PartSize: size}, cut(c.it.size, size)
}

// part implements content.
func (c *fileContent) part(_ context.Context, part span) (body io.ReaderAt, sum string, done func(), err error) {
	sum, err = sumOf(c.file, part, ours)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errFileChanged
	}
	return io.NewSectionReader(c.file, part.offset, part.size), sum, func() {}, err
}

// again implements content.
func (c *fileContent) again(part span, _ *journal.PartedFile) string {
	sum, err := sumOf(c.file, part, ours)
	if err != nil {
		return ""
	}
	return sum
}

// same implements content.
func (c *fileContent) same() error { return unchanged(c.file, c.it) }

// whole implements content.
func (c *fileContent) whole() error { return c.same() }

// atOnce implements content.
func (c *fileContent) atOnce() int { return partWorkers }
