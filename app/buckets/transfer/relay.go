package transfer

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/minio/minio-go/v7"
	"golang.org/x/sync/semaphore"

	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/buckets/transfer/remote"
	"daypass/app/messages"
)

const (
	// piece is how much of an object is copied at once, where nothing else asks for more.
	piece = 8 << 20
	// maxHeld is how much of all objects of one copy is in memory at once.
	maxHeld = 4 * piece
)

// relay is one attempt at a copy from one connection to another: each piece is fetched, checked, and sent. An
// item's id is the key it comes from.
type relay struct {
	job  *job
	out  *sender
	from *remote.Bucket
	room *semaphore.Weighted
	// plain is true for a target that does not have the storage classes of the origin.
	plain atomic.Bool
}

func openRelay(ctx context.Context, j *job) (mover, error) {
	from, err := j.openRemote(ctx, j.origin())
	if err != nil {
		return nil, err
	}
	to, err := j.openRemote(ctx, j.target())
	if err != nil {
		from.Close()
		return nil, err
	}
	r := &relay{job: j, out: newSender(j, to, "copy"), from: from, room: semaphore.NewWeighted(maxHeld)}
	if r.intoItself() {
		r.close()
		return nil, errIntoItself
	}
	return r, nil
}

var errIntoItself = &remote.Failure{
	Code: "transfer-into-itself",
}

// intoItself reports whether something would be copied to where it is, or into itself.
func (r *relay) intoItself() bool {
	if !r.from.Client.SameServer(r.out.remote.Client) || r.from.Name != r.out.remote.Name {
		return false
	}
	for _, o := range r.job.record.Request.Objects {
		target := r.out.prefix + strings.TrimPrefix(o.Key, r.job.record.Request.Prefix)
		if r.job.record.Request.As != "" {
			target = r.out.prefix + r.job.record.Request.As
		}
		if buckets.IntoItself(o.Key, target) {
			return true
		}
	}
	return false
}

func (r *relay) close() {
	r.from.Close()
	r.out.remote.Close()
}

// find implements mover.
func (r *relay) find(ctx context.Context) error {
	var folders []string
	files := 0
	for _, o := range r.job.record.Request.Objects {
		if o.IsFolder() {
			folders = append(folders, strings.TrimPrefix(o.Key, r.job.record.Request.Prefix))
		} else {
			files++
		}
	}
	if err := r.out.existing.list(ctx, folders, files); err != nil {
		return err
	}
	return r.job.eachObject(ctx, r.from, r.enqueue)
}

// enqueue names an item and puts it into the queue.
func (r *relay) enqueue(it *item) bool {
	it.name = strings.TrimPrefix(it.id, r.job.record.Request.Prefix)
	if it.name == "" && it.size == 0 {
		return true // the chosen folder's own mark
	}
	it.folder = it.size == 0 && strings.HasSuffix(it.name, "/")
	if as := r.job.record.Request.As; as != "" {
		it.name = as
	}
	it.key = r.out.prefix + it.name
	return r.job.found(it)
}

// atOnce implements mover.
func (r *relay) atOnce() int { return min(r.from.AtOnce(), r.out.remote.AtOnce()) }

// move implements mover.
func (r *relay) move(ctx context.Context, it *item) error {
	if err := remote.CheckKey(it.key); err != nil {
		return err
	}
	err := r.out.deliver(ctx, it, func(it *item, there *minio.ObjectInfo) bool { return r.copiedEarlier(ctx, it, there) }, r.copy)
	if r.job.record.Request.Move && (err == nil || errors.Is(err, errAlready)) {
		return r.remove(ctx, it)
	}
	return err
}

// copiedEarlier reports whether what is there is the item, copied by an earlier attempt of this transfer that
// ended before it could say so.
func (r *relay) copiedEarlier(ctx context.Context, it *item, there *minio.ObjectInfo) bool {
	if there.LastModified.Before(r.job.record.Started.Truncate(1e9)) {
		return false
	}
	o := r.sourceOf(it)
	if err := o.Inspect(ctx, piece); err != nil || !remote.SameContent(o.Info, *there) {
		return false
	}
	if it.key == it.id && remote.MaybeOne(o.Info, *there) {
		return false
	}
	it.metadata = remote.MetadataOf(o.Info)
	return true
}

// metadataOf returns the metadata of an object, with its tags where it has some.
func (r *relay) metadataOf(ctx context.Context, it *item, info minio.ObjectInfo) (*remote.Metadata, error) {
	f := remote.MetadataOf(info)
	if r.plain.Load() {
		f.Class = ""
	}
	if err := r.movable(info); err != nil {
		return nil, err
	}
	if info.UserTagCount == 0 {
		return f, nil
	}
	var err error
	f.Tags, err = r.from.Tags(ctx, it.id, it.version)
	return f, err
}

// copy copies one object to a key.
func (r *relay) copy(ctx context.Context, it *item, key string) error {
	plain := r.plain.Load() // others may find it out at the same time
	err := r.copyAs(ctx, it, key)
	if plain || !remote.Refused(err, "InvalidStorageClass") {
		return err
	}
	r.plain.Store(true)
	return r.copyAs(ctx, it, key)
}

func (r *relay) copyAs(ctx context.Context, it *item, key string) error {
	if it.size > piece {
		return r.inParts(ctx, it, key)
	}
	err := r.whole(ctx, it, key)
	if errors.Is(err, errBig) {
		return r.inParts(ctx, it, key)
	}
	return err
}

// remove deletes what was moved, as long as it is still that, and is not what is there now.
func (r *relay) remove(ctx context.Context, it *item) error {
	var there *minio.ObjectInfo
	if it.key == it.id {
		var err error
		if there, err = r.out.writer.Stat(ctx, it.key); err != nil {
			return err
		}
	}
	operation := buckets.Operation{Name: "delete", Action: "s3:DeleteObject", Bucket: r.from.Name, Key: it.id}
	return r.from.Persist(ctx, operation, func(ctx context.Context) error {
		now, err := r.from.Core.StatObject(ctx, r.from.Name, it.id, minio.StatObjectOptions{})
		switch {
		case remote.StatusOf(err) == http.StatusNotFound:
			return nil
		case err != nil:
			return err
		case there != nil && remote.MaybeOne(now, *there):
			return errOne
		case !it.stillIs(now):
			return errNotDeleted
		}
		if err := r.movable(now); err != nil {
			return err
		}
		return r.from.Core.RemoveObject(ctx, r.from.Name, it.id, minio.RemoveObjectOptions{})
	})
}

// movable refuses to move an object away from its retention or legal hold: the copy in another storage would have neither.
func (r *relay) movable(info minio.ObjectInfo) error {
	by, found := objects.Protection(info.Headers)
	if !r.job.record.Request.Move || !found {
		return nil
	}
	return &remote.Failure{Code: "transfer-protected", Reasons: []messages.Message{by}}
}

// stillIs reports whether an object is what was copied: for a folder's mark, anything without content.
func (it *item) stillIs(now minio.ObjectInfo) bool {
	if it.folder {
		return now.Size == 0
	}
	return now.ETag == it.metadata.ETag && now.LastModified.Equal(it.metadata.Modified)
}

var errNotDeleted = &remote.Failure{
	Code: "transfer-not-deleted",
}

// errOne: two names of a server do not always show that they are names of one.
var errOne = &remote.Failure{
	Code: "transfer-into-itself", Variant: "perhaps",
}

// reading is what is done to an item where it comes from.
func (r *relay) reading(it *item) buckets.Operation {
	return buckets.Operation{Name: "read", Action: "s3:GetObject", Bucket: r.from.Name, Key: it.id}
}

func (r *relay) sourceOf(it *item) *remote.SourceObject {
	return &remote.SourceObject{
		Bucket: r.from, Key: it.id, Version: it.version, Operation: r.reading(it),
		Resized: func(size int64) { r.job.resized(it, size) },
	}
}

// hold makes room in memory for n bytes, until the function it returns is called.
func (r *relay) hold(ctx context.Context, n int64) (release func(), err error) {
	n = min(n, maxHeld)
	if err := r.room.Acquire(ctx, n); err != nil {
		return nil, context.Cause(ctx)
	}
	return func() { r.room.Release(n) }, nil
}

// held is a piece in memory.
type held []byte

// WriteAt implements io.WriterAt.
func (h held) WriteAt(p []byte, at int64) (int, error) {
	if at > int64(len(h)) {
		return 0, io.ErrShortWrite
	}
	n := copy(h[at:], p)
	if n < len(p) {
		return n, io.ErrShortWrite
	}
	return n, nil
}

// whole copies an object in one request for each side.
func (r *relay) whole(ctx context.Context, it *item, key string) error {
	room := it.size
	if room < 0 {
		room = piece
	}
	release, err := r.hold(ctx, room)
	if err != nil {
		return err
	}
	defer release()
	var data held
	var info minio.ObjectInfo
	err = r.from.Persist(ctx, r.reading(it), func(ctx context.Context) (err error) {
		data, info, err = r.fetch(ctx, it, room)
		return err
	})
	if err != nil {
		return err
	}
	r.job.resized(it, info.Size)
	if it.metadata, err = r.metadataOf(ctx, it, info); err != nil {
		return err
	}
	h := remote.UploadChecksum.Hasher()
	h.Write(data)
	return r.out.writer.Put(ctx, r.out.object(it, key), nil, bytes.NewReader(data), info.Size, remote.Encode(h))
}

// fetch makes one try at a whole object of at most limit bytes; errBig where it has more.
func (r *relay) fetch(ctx context.Context, it *item, limit int64) (data held, info minio.ObjectInfo, err error) {
	err = r.from.ReadWhole(ctx, it.id, it.version, func(now minio.ObjectInfo) (io.Writer, error) {
		info = now
		switch {
		case info.Size < 0:
			return nil, remote.ErrNoLength
		case info.Size > limit:
			return nil, errBig
		}
		data = make(held, info.Size)
		return io.NewOffsetWriter(data, 0), nil
	}, func(int) {})
	return data, info, err
}
