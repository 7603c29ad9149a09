package objects

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/minio/minio-go/v7"

	"daypass/app/buckets"
	"daypass/app/location"
)

const (
	// copies is how many objects are copied at a time.
	copies = 8
	// maxSingleCopy is the largest object that one request copies; larger ones are copied in parts.
	maxSingleCopy = 5 << 30
	copyPart      = 1 << 30
)

// CopyOptions says how to copy.
type CopyOptions struct {
	// Move deletes each object once its copy is there.
	Move bool
	// KeepProtection moves objects under retention or legal hold and protects the copies in the same way; without it
	// they are not moved, and are failures, Protected.
	KeepProtection bool
	// Overwrite replaces what is there by the same name; without it that is a failure, Exists.
	Overwrite bool
	// Report is called as it goes on, from one goroutine at a time. May be nil.
	Report func(Result)
}

// CopyInto copies entries of a folder into another one, under the names they have; within one server, which
// does it without sending the content around. What did not work is in the result; the error is why
// the rest was not tried.
func (s *Store) CopyInto(ctx context.Context, from location.Location, entries []buckets.Entry, to location.Location, o CopyOptions) (Result, error) {
	names := map[string]string{}
	for _, e := range entries {
		names[e.Key] = to.Prefix + strings.TrimPrefix(e.Key, from.Prefix)
	}
	return s.copyAll(ctx, from.Bucket, entries, to.Bucket, names, o)
}

// Rename renames an object or a folder in its folder. A folder is renamed object by
// object.
func (s *Store) Rename(ctx context.Context, bucket string, e buckets.Entry, name string, o CopyOptions) (Result, error) {
	above := strings.TrimSuffix(e.Key, "/")
	target := above[:strings.LastIndex(above, "/")+1] + name
	if e.Folder {
		target += "/"
	}
	if fault := nameFault(name); fault != "" {
		return Result{}, s.client.Explain(buckets.InvalidNameError(fault), Ref{Bucket: bucket, Key: target}.operation("rename", ""))
	}
	o.Move = true
	return s.copyAll(ctx, bucket, []buckets.Entry{e}, bucket, map[string]string{e.Key: target}, o)
}

// copyAll copies entries to the keys that names has for them; what is below a folder goes below its
// new key.
func (s *Store) copyAll(ctx context.Context, from string, entries []buckets.Entry, to string, names map[string]string, o CopyOptions) (Result, error) {
	for _, e := range entries {
		op := Ref{Bucket: to, Key: names[e.Key]}.operation("copy", "s3:PutObject")
		switch {
		case from == to && e.Key == names[e.Key]:
			return Result{}, s.taken("same-place", op)
		case from == to && buckets.IntoItself(e.Key, names[e.Key]):
			return Result{}, s.client.Explain(buckets.InvalidNameError("into-itself"), op)
		case e.Folder && !o.Overwrite && !o.KeepProtection && s.anything(ctx, to, names[e.Key]):
			return Result{}, s.taken("", op)
		case !e.Folder && !o.Overwrite && s.anything(ctx, to, names[e.Key]+"/"):
			// On some servers a file hides the folder that is named like it.
			return Result{}, s.taken("", op)
		case e.Folder && !o.Overwrite && s.isFile(ctx, to, strings.TrimSuffix(names[e.Key], "/")):
			return Result{}, s.taken("", op)
		}
	}
	c := &copier{batch: batch{store: s, report: o.Report}, ctx: ctx, options: o, jobs: make(chan copyJob)}
	for range copies {
		c.workers.Go(c.work)
	}
	var err error
	for _, e := range entries {
		if err == nil {
			err = s.each(ctx, from, []buckets.Entry{e}, func(below buckets.Entry) bool {
				return c.add(copyJob{Ref{Bucket: from, Key: below.Key}, Ref{Bucket: to, Key: names[e.Key] + strings.TrimPrefix(below.Key, e.Key)}, below.Size})
			})
		}
	}
	close(c.jobs)
	c.workers.Wait()
	if err == nil {
		err = ctx.Err()
	}
	if o.Move {
		c.removeMarkers()
		s.clearFolders(ctx, from, entries)
	}
	return c.result, err
}

type copyJob struct {
	from, to Ref
	size     int64
}

// copier copies objects in several goroutines.
type copier struct {
	batch
	ctx     context.Context
	options CopyOptions
	jobs    chan copyJob
	workers sync.WaitGroup
	// markers are those of folders, to be deleted after what is in them.
	markers []Ref
}

func (c *copier) add(j copyJob) bool {
	select {
	case c.jobs <- j:
		return true
	case <-c.ctx.Done():
		return false
	}
}

func (c *copier) work() {
	for j := range c.jobs {
		if c.ctx.Err() != nil {
			continue
		}
		if op, err := c.one(j); err != nil {
			c.failed(c.ctx, err, op)
		} else {
			c.done(j.size)
		}
	}
}

// one copies an object, and deletes it where it is moved: only after the copy, and only that.
func (c *copier) one(j copyJob) (buckets.Operation, error) {
	op := j.to.operation("copy", "s3:PutObject")
	if !c.options.Overwrite {
		_, err := c.store.client.Core().StatObject(c.ctx, j.to.Bucket, j.to.Key, minio.StatObjectOptions{})
		switch {
		case err == nil:
			return op, minio.ErrorResponse{Code: "BucketAlreadyExists"}
		case minio.ToErrorResponse(err).StatusCode != http.StatusNotFound:
			return j.to.operation("info", "s3:GetObject"), err // it must not be overwritten unseen
		}
	}
	if j.marker() {
		return op, c.putMarker(j)
	}
	from, err := c.store.copyObject(c.ctx, j.from, j.to, c.options.protection())
	if err != nil {
		if minio.ToErrorResponse(err).Code == "NoSuchKey" || minio.ToErrorResponse(err).Code == protectedCode {
			op = j.from.operation("read", "s3:GetObject")
		}
		return op, err
	}
	if !c.options.Move {
		return op, nil
	}
	return j.from.operation("delete", "s3:DeleteObject"), c.store.removeUnchanged(c.ctx, j.from, from)
}

// marker reports whether an object only stands for a folder.
func (j copyJob) marker() bool { return j.size == 0 && strings.HasSuffix(j.from.Key, "/") }

// putMarker makes the marker of a folder again under its new name: some servers do not copy the marker of a folder that
// has content. The old one is deleted when what is in the folder has been moved.
func (c *copier) putMarker(j copyJob) error {
	if err := c.store.putEmpty(c.ctx, j.to); err != nil {
		return err
	}
	if c.options.Move {
		c.mu.Lock()
		c.markers = append(c.markers, j.from)
		c.mu.Unlock()
	}
	return nil
}

// removeMarkers deletes the markers of folders that were moved, those of folders in folders first.
func (c *copier) removeMarkers() {
	slices.SortFunc(c.markers, func(x, y Ref) int { return strings.Compare(y.Key, x.Key) })
	for _, r := range c.markers {
		if c.ctx.Err() != nil {
			return
		}
		if err := c.store.client.Core().RemoveObject(c.ctx, r.Bucket, r.Key, minio.RemoveObjectOptions{}); err != nil {
			c.failed(c.ctx, err, r.operation("delete", "s3:DeleteObject"))
		}
	}
}

// removeUnchanged deletes an object that was copied, where it is still the one that was copied (rule 43).
func (s *Store) removeUnchanged(ctx context.Context, r Ref, copied minio.ObjectInfo) error {
	core := s.client.Core()
	now, err := core.StatObject(ctx, r.Bucket, r.Key, minio.StatObjectOptions{})
	if err != nil {
		return err
	}
	if !sameObject(copied, now) {
		return errChanged
	}
	return core.RemoveObject(ctx, r.Bucket, r.Key, minio.RemoveObjectOptions{})
}

// errChanged is an object that was written again while it was copied.
var errChanged = minio.ErrorResponse{Code: "PreconditionFailed", StatusCode: http.StatusPreconditionFailed}

// sameObject reports whether two answers are of one object, unchanged.
func sameObject(a, b minio.ObjectInfo) bool {
	return a.ETag == b.ETag && a.VersionID == b.VersionID && a.Size == b.Size && a.LastModified.Equal(b.LastModified)
}

// copyObject copies one object with its metadata and tags, exactly the one that is there at the
// beginning, and returns that. Its error is the server's.
func (s *Store) copyObject(ctx context.Context, from, to Ref, p protection) (minio.ObjectInfo, error) {
	core := s.client.Core()
	o, err := core.StatObject(ctx, from.Bucket, from.Key, minio.StatObjectOptions{VersionID: from.Version})
	if err != nil {
		return o, err
	}
	held := lockOf(o.Headers)
	if held.any() && p == refuseProtected {
		return o, held.protectedError()
	}
	if p != keepProtection {
		held = lock{}
	}
	if o.Size > maxSingleCopy {
		err = s.copyInParts(ctx, o, from, to, held)
	} else {
		err = s.copyAtOnce(ctx, o, from, to, held)
	}
	if err == nil && held.any() {
		err = s.checkProtected(ctx, to, held)
	}
	return o, err
}

func (s *Store) copyAtOnce(ctx context.Context, o minio.ObjectInfo, from, to Ref, held lock) error {
	src := minio.CopySrcOptions{Bucket: from.Bucket, Object: from.Key, VersionID: from.Version, MatchETag: o.ETag}
	dst := minio.CopyDestOptions{Bucket: to.Bucket, Object: to.Key, Mode: held.mode, RetainUntilDate: held.until, LegalHold: held.hold}
	if o.Headers.Get(storageClass) != "" {
		// A copy is of the standard class unless it is said. CopyObject takes one prefix off.
		dst.ReplaceMetadata, dst.UserMetadata = true, carried(o, metadataPrefix+metadataPrefix)
	}
	_, err := s.client.Core().Client.CopyObject(ctx, dst, src)
	return err
}

const (
	storageClass = "X-Amz-Storage-Class"
	// metadataPrefix makes a header of the name of metadata. minio-go sends a name without it as a header by itself
	// where it looks like one, and metadata that somebody called "x-amz-acl" would open the copy to others.
	metadataPrefix = "X-Amz-Meta-"
)

// carried is what goes along with the content of an object, by the names of the headers that say it; names of
// metadata get a prefix.
func carried(o minio.ObjectInfo, prefix string) map[string]string {
	all := map[string]string{}
	for name, value := range o.UserMetadata {
		all[prefix+name] = value
	}
	for _, name := range []string{
		"Content-Type", "Content-Encoding", "Content-Disposition", "Content-Language", "Cache-Control", "Expires",
		"X-Amz-Website-Redirect-Location", storageClass,
	} {
		if value := o.Headers.Get(name); value != "" {
			all[name] = value
		}
	}
	return all
}

// bucketName returns minio-go's own error of a bucket's name, which fits no server or looks like an address, as ours.
func bucketName(err error) error {
	if err == nil || minio.ToErrorResponse(err).Code != "" || !strings.HasPrefix(err.Error(), "Bucket name") {
		return err
	}
	return buckets.InvalidNameError("bucket-reserved")
}
