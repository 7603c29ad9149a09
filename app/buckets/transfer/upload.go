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
	"daypass/app/buckets/transfer/remote"
)

// smallTo is the size up to which a file is read into memory once, rather than twice from the disk.
const smallTo = remote.BufferSize

// upload is one attempt at an upload.
type upload struct {
	job     *job
	out     *sender
	sources []*disk.Source
}

func openUpload(ctx context.Context, j *job) (mover, error) {
	r, err := j.openRemote(ctx, j.target())
	if err != nil {
		return nil, err
	}
	u := &upload{job: j, out: newSender(j, r, "upload")}
	for _, local := range j.record.Request.Paths {
		s, err := disk.OpenSource(local, j.record.Request.As)
		if err != nil {
			u.job.skippedFile(local, path.Base(local), problemOf(err))
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
	u.out.remote.Close()
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
	if err := u.out.existing.list(ctx, folders, files); err != nil {
		return err
	}
	for _, s := range u.sources {
		err := s.Each(func(f disk.File) bool { return u.enqueue(s, f) }, func(local string, err error) {
			u.job.skippedFile(path.Join(s.Path, local), path.Join(s.Name, local), oddFile(err))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// enqueue puts a file of a source into the queue.
func (u *upload) enqueue(s *disk.Source, f disk.File) bool {
	it := &item{
		id: f.Path, source: s, local: f.Local, name: f.Name, key: u.out.prefix + f.Name,
		folder: f.IsFolder, size: f.Size, modified: f.Modified,
	}
	return u.job.found(it)
}

// atOnce implements mover.
func (u *upload) atOnce() int { return u.out.remote.AtOnce() }

// move implements mover.
func (u *upload) move(ctx context.Context, it *item) error {
	if err := remote.CheckKey(it.key); err != nil {
		return err
	}
	return u.out.deliver(ctx, it, u.sentEarlier, u.send)
}

// send uploads a file under a key.
func (u *upload) send(ctx context.Context, it *item, key string) error {
	file, info, err := it.source.Open(it.local)
	if err != nil {
		return err
	}
	defer file.Close()
	u.job.resized(it, info.Size())
	it.modified = info.ModTime()
	if info.Size() > bigFrom {
		return u.out.sendParts(ctx, it, key, &fileContent{file: file, it: it, bucket: u.out.remote})
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
		return remote.ErrFileChanged
	}
	return nil
}

// sendWhole uploads a file in one request. The checksum goes in front, so that the body is sent as
// it lies on the disk.
func (u *upload) sendWhole(ctx context.Context, it *item, key string, file *os.File) error {
	same := func() error { return unchanged(file, it) }
	h := remote.UploadChecksum.Hasher()
	if it.size > smallTo {
		if _, err := remote.HashInto(h, file, 0, it.size); err != nil {
			return err
		}
		return u.out.writer.Put(ctx, u.out.object(it, key), same, file, it.size, remote.Encode(h))
	}
	buf := remote.Buffers.Get().(*[]byte)
	small := (*buf)[:it.size]
	if _, err := file.ReadAt(small, 0); err != nil {
		return errors.Join(remote.ErrFileChanged, err)
	}
	h.Write(small)
	err := u.out.writer.Put(ctx, u.out.object(it, key), same, bytes.NewReader(small), it.size, remote.Encode(h))
	if err == nil {
		remote.Buffers.Put(buf) // after a failure the transport may still be reading it
	}
	return err
}

// sentEarlier reports whether the object that is there is this file, sent by an earlier attempt of
// this transfer that ended before it could say so.
func (u *upload) sentEarlier(it *item, there *minio.ObjectInfo) bool {
	if there.Size != it.size || there.LastModified.Before(u.job.record.Started.Truncate(1e9)) {
		return false
	}
	p := remote.ChecksumOf(*there, there.Metadata)
	if p.Kind != remote.UploadChecksum || p.Whole == "" {
		return false
	}
	file, _, err := it.source.Open(it.local)
	if err != nil {
		return false
	}
	defer file.Close()
	sum, err := remote.SumOf(file, remote.Part{Size: it.size}, remote.UploadChecksum)
	return err == nil && sum == p.Whole
}

// fileContent is a file of this computer that is sent in parts.
type fileContent struct {
	file   *os.File
	it     *item
	bucket *remote.Bucket
}

// begin implements content.
func (c *fileContent) begin() (journal.PartedFile, []remote.Part) {
	size := remote.PartSizeFor(c.it.size)
	return journal.PartedFile{Size: c.it.size, Modified: c.it.modified, PartSize: size}, remote.Cut(c.it.size, size)
}

// part implements content.
func (c *fileContent) part(_ context.Context, part remote.Part) (body io.ReaderAt, sum string, done func(), err error) {
	sum, err = remote.SumOf(c.file, part, remote.UploadChecksum)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = remote.ErrFileChanged
	}
	return io.NewSectionReader(c.file, part.Offset, part.Size), sum, func() {}, err
}

// again implements content.
func (c *fileContent) again(part remote.Part, _ *journal.PartedFile) string {
	sum, err := remote.SumOf(c.file, part, remote.UploadChecksum)
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
func (c *fileContent) atOnce() int { return c.bucket.PartsAtOnce() }
