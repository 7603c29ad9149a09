package transfer

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"path"
	"sync"
	"sync/atomic"

	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/buckets"
)

// smallTo is the size up to which a file is read into memory once, rather than twice from the disk.
const smallTo = bufferSize

// upload is one attempt at an upload.
type upload struct {
	*job
	remote  *remote
	sources []*source
	taken   *taken
	// unconditional is true for a server that does not know requests with If-None-Match.
	unconditional atomic.Bool
}

func openUpload(ctx context.Context, j *job) (mover, error) {
	r, err := j.openRemote(ctx)
	if err != nil {
		return nil, err
	}
	u := &upload{job: j, remote: r}
	u.taken = &taken{u: u}
	for _, given := range j.mem.request.Paths {
		s, err := openSource(given, j.mem.request.As)
		if err != nil {
			u.leftOut(given, path.Base(given), j.problemOf(err))
			continue
		}
		u.sources = append(u.sources, s)
	}
	if len(u.sources) == 0 {
		u.close()
		return nil, &os.PathError{Op: "open", Path: j.mem.request.Paths[0], Err: os.ErrNotExist}
	}
	return u, nil
}

func (u *upload) close() {
	for _, s := range u.sources {
		s.close()
	}
	u.remote.close()
}

// find implements mover.
func (u *upload) find(ctx context.Context) error {
	if err := u.taken.look(ctx, u.sources); err != nil {
		return err
	}
	for _, s := range u.sources {
		err := s.each(u.give, func(local string, err error) {
			u.leftOut(path.Join(s.path, local), path.Join(s.name, local), u.oddFile(err))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (u *upload) give(it *item) bool {
	it.key = u.mem.request.Prefix + it.name
	return u.found(it)
}

// move implements mover.
func (u *upload) move(ctx context.Context, it *item) error {
	if err := checkKey(it.key); err != nil {
		return err
	}
	key, err := u.settle(ctx, it)
	if err != nil {
		return err
	}
	if it.folder {
		return u.mark(ctx, it, key)
	}
	err = u.send(ctx, it, key)
	if err == nil || !refused(err, "PreconditionFailed") {
		return err
	}
	u.taken.add(it.key) // somebody took the name a moment ago
	if key, err = u.settle(ctx, it); err != nil {
		return err
	}
	return u.send(ctx, it, key)
}

// send uploads a file under a key.
func (u *upload) send(ctx context.Context, it *item, key string) error {
	file, info, err := it.source.open(it.local)
	if err != nil {
		return err
	}
	defer file.Close()
	u.resized(it, info.Size())
	it.modified = info.ModTime()
	if info.Size() > bigFrom {
		return u.sendParts(ctx, it, key, file)
	}
	if err := u.sendWhole(ctx, it, key, file); err != nil {
		return err
	}
	return unchanged(file, it)
}

// damagedOr says why the server has computed another checksum, where it has, and else gives err.
func damagedOr(err error, file *os.File, it *item) error {
	if !refused(err, "BadDigest", "XAmzContentChecksumMismatch", "InvalidDigest") {
		return err
	}
	if file != nil && unchanged(file, it) != nil {
		return errFileChanged
	}
	return errDamaged
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

func (u *upload) act(key string) buckets.Act {
	return buckets.Act{Doing: "upload to this folder", Action: "s3:PutObject", Bucket: u.remote.bucket, Key: key}
}

// sendWhole uploads a file in one request. The checksum goes in front, so that the body is sent as
// it lies on the disk.
func (u *upload) sendWhole(ctx context.Context, it *item, key string, file *os.File) error {
	h := ours.Hasher()
	buf := buffers.Get().(*[]byte)
	if it.size > smallTo {
		_, err := io.CopyBuffer(onlyWriter{h}, io.NewSectionReader(file, 0, it.size), *buf)
		buffers.Put(buf)
		if err != nil {
			return err
		}
		return u.put(ctx, it, key, file, file, it.size, encode(h))
	}
	small := (*buf)[:it.size]
	if _, err := file.ReadAt(small, 0); err != nil {
		return errors.Join(errFileChanged, err)
	}
	h.Write(small)
	err := u.put(ctx, it, key, file, bytes.NewReader(small), it.size, encode(h))
	if err == nil {
		buffers.Put(buf) // after a failure the transport may still be reading it
	}
	return err
}

// mark makes the empty object that stands for an empty folder.
func (u *upload) mark(ctx context.Context, it *item, key string) error {
	err := u.put(ctx, it, key, nil, bytes.NewReader(nil), 0, encode(ours.Hasher()))
	if refused(err, "PreconditionFailed") {
		return nil // the folder is there
	}
	return err
}

// put makes an object of a body, which was read from file where there is one.
func (u *upload) put(ctx context.Context, it *item, key string, file *os.File, body io.ReaderAt, size int64, sum string) error {
	return u.persist(ctx, u.remote, u.act(key), func(ctx context.Context) error {
		it.moved.Store(0)
		ctx, touch, release := guard(ctx)
		defer release()
		opts := u.options(it, map[string]string{ours.Key(): sum})
		sending := meterOf(it, body, 0, size, touch)
		_, err := u.remote.core.PutObject(ctx, u.remote.bucket, key, sending, size, "", "", opts)
		if err != nil {
			sending.takeBack()
		}
		return u.noteUnconditional(damagedOr(stalledOr(ctx, err), file, it))
	})
}

// options are those of every request that makes an object.
func (u *upload) options(it *item, headers map[string]string) minio.PutObjectOptions {
	opts := minio.PutObjectOptions{UserMetadata: headers, DisableContentSha256: true, ContentType: contentType(it.name)}
	if u.choice(it) != app.Replace && !u.unconditional.Load() {
		opts.SetMatchETagExcept("*")
	}
	return opts
}

// noteUnconditional takes note of a server that does not know conditions, and has the request made
// again without. What is there was looked for before.
func (u *upload) noteUnconditional(err error) error {
	if refused(err, "NotImplemented") && !u.unconditional.Swap(true) {
		return &partial{1, errStalled}
	}
	return err
}

func contentType(name string) string {
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	return "application/octet-stream"
}

// meter is the body of one try of a request, and counts what is read of it. The transport may go on
// reading for a moment after a request has failed: each try has a meter and a position of its own.
type meter struct {
	body  io.ReadSeeker
	size  int64
	it    *item
	touch func(last bool)

	mu   sync.Mutex
	read int64
	over bool
}

func meterOf(it *item, data io.ReaderAt, offset, size int64, touch func(bool)) *meter {
	return &meter{body: io.NewSectionReader(data, offset, size), size: size, it: it, touch: touch}
}

// Read implements io.Reader.
func (m *meter) Read(p []byte) (int, error) {
	n, err := m.body.Read(p)
	m.touch(m.counted(int64(n)) >= m.size)
	return n, err
}

func (m *meter) counted(n int64) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.read += n
	if !m.over {
		m.it.moved.Add(n)
	}
	return m.read
}

// Seek implements io.Seeker: a body that is sent again counts again.
func (m *meter) Seek(offset int64, whence int) (int64, error) {
	at, err := m.body.Seek(offset, whence)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.it.moved.Add(at - m.read)
	m.read = at
	return at, err
}

// takeBack uncounts what a try that failed has read.
func (m *meter) takeBack() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.over = true
	m.it.moved.Add(-m.read)
}

// statusOf is the HTTP status of a refusal.
func statusOf(err error) int {
	var e minio.ErrorResponse
	if errors.As(err, &e) {
		return e.StatusCode
	}
	return http.StatusOK
}
