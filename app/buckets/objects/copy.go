package objects

import (
	"context"
	"net/http"
	"strings"
	"sync"

	"github.com/minio/minio-go/v7"

	"daypass/app/buckets"
)

const (
	// copies is how many objects are copied at a time.
	copies = 8
	// mostAtOnce is the largest object that one request copies; larger ones are copied in parts.
	mostAtOnce = 5 << 30
	copyPart   = 1 << 30
)

// Place is a folder in a bucket.
type Place struct{ Bucket, Prefix string }

// CopyOptions says how to copy.
type CopyOptions struct {
	// Move deletes each object once its copy is there.
	Move bool
	// Overwrite replaces what is there by the same name; without it that is a failure, Exists.
	Overwrite bool
	// Report is called as it goes on, from one goroutine at a time. May be nil.
	Report func(Result)
}

// CopyInto copies entries of a folder into another one, under the names they have; within one server, which
// does it without sending the content around. What did not work is in the result; the error is why
// the rest was not tried.
func (s *Store) CopyInto(ctx context.Context, from Place, entries []buckets.Entry, to Place, o CopyOptions) (Result, error) {
	names := map[string]string{}
	for _, e := range entries {
		names[e.Key] = to.Prefix + strings.TrimPrefix(e.Key, from.Prefix)
	}
	return s.copyAll(ctx, from.Bucket, entries, to.Bucket, names, o)
}

// Rename gives an object or a folder another name in the same folder. A folder is renamed object by
// object.
func (s *Store) Rename(ctx context.Context, bucket string, e buckets.Entry, name string, o CopyOptions) (Result, error) {
	above := strings.TrimSuffix(e.Key, "/")
	target := above[:strings.LastIndex(above, "/")+1] + name
	if e.Folder {
		target += "/"
	}
	if fault := nameFault(name); fault != "" {
		return Result{}, s.refusal("XMinioInvalidObjectName", fault, Ref{Bucket: bucket, Key: target}.act("use the name", ""))
	}
	o.Move = true
	return s.copyAll(ctx, bucket, []buckets.Entry{e}, bucket, map[string]string{e.Key: target}, o)
}

// copyAll copies entries to the keys that names has for them; what is below a folder goes below its
// new key.
func (s *Store) copyAll(ctx context.Context, from string, entries []buckets.Entry, to string, names map[string]string, o CopyOptions) (Result, error) {
	for _, e := range entries {
		act := Ref{Bucket: to, Key: names[e.Key]}.act("copy to", "s3:PutObject")
		switch {
		case from == to && e.Key == names[e.Key]:
			return Result{}, s.refusal("BucketAlreadyExists", "", act)
		case from == to && e.Folder && strings.HasPrefix(names[e.Key], e.Key):
			return Result{}, s.refusal("XMinioInvalidObjectName", "a folder cannot go into itself", act)
		case e.Folder && !o.Overwrite && s.anything(ctx, to, names[e.Key]):
			return Result{}, s.refusal("BucketAlreadyExists", "", act)
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
		if act, err := c.one(j); err != nil {
			c.failed(c.ctx, err, act)
		} else {
			c.done(j.size)
		}
	}
}

// one copies an object, and deletes it where it is moved: only after the copy, and only that.
func (c *copier) one(j copyJob) (buckets.Act, error) {
	act := j.to.act("copy to", "s3:PutObject")
	core := c.store.client.Core()
	if !c.options.Overwrite {
		_, err := core.StatObject(c.ctx, j.to.Bucket, j.to.Key, minio.StatObjectOptions{})
		switch {
		case err == nil:
			return act, minio.ErrorResponse{Code: "BucketAlreadyExists"}
		case minio.ToErrorResponse(err).StatusCode != http.StatusNotFound:
			return j.to.act("see whether there is", "s3:GetObject"), err // it must not be overwritten unseen
		}
	}
	if err := c.store.copyObject(c.ctx, j.from, j.to); err != nil {
		if minio.ToErrorResponse(err).Code == "NoSuchKey" {
			act = j.from.act("read", "s3:GetObject")
		}
		return act, err
	}
	if !c.options.Move {
		return act, nil
	}
	err := core.RemoveObject(c.ctx, j.from.Bucket, j.from.Key, minio.RemoveObjectOptions{})
	return j.from.act("delete", "s3:DeleteObject"), err
}

// copyObject copies one object with its metadata and tags, exactly the one that is there at the
// beginning. Its error is the server's.
func (s *Store) copyObject(ctx context.Context, from, to Ref) error {
	core := s.client.Core()
	o, err := core.StatObject(ctx, from.Bucket, from.Key, minio.StatObjectOptions{VersionID: from.Version})
	if err != nil {
		return err
	}
	src := minio.CopySrcOptions{Bucket: from.Bucket, Object: from.Key, VersionID: from.Version, MatchETag: o.ETag}
	dst := minio.CopyDestOptions{Bucket: to.Bucket, Object: to.Key}
	if o.Size > mostAtOnce {
		return s.copyInParts(ctx, o, dst, src)
	}
	if o.Headers.Get(storageClass) != "" {
		// A copy is of the standard class unless it is said. CopyObject takes one prefix off.
		dst.ReplaceMetadata, dst.UserMetadata = true, carried(o, metadataPrefix+metadataPrefix)
	}
	_, err = core.Client.CopyObject(ctx, dst, src)
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

// copyInParts copies a large object. Parts take over neither metadata nor tags, so both are set.
func (s *Store) copyInParts(ctx context.Context, o minio.ObjectInfo, dst minio.CopyDestOptions, src minio.CopySrcOptions) error {
	core := s.client.Core()
	dst.PartSize, dst.NumThreads = copyPart, copies
	dst.ReplaceMetadata, dst.UserMetadata = true, carried(o, metadataPrefix)
	if o.UserTagCount > 0 {
		found, err := core.GetObjectTagging(ctx, src.Bucket, src.Object, minio.GetObjectTaggingOptions{VersionID: src.VersionID})
		if err != nil {
			return err
		}
		dst.ReplaceTags, dst.UserTags = true, found.ToMap()
	}
	_, err := core.ComposeObject(ctx, dst, src)
	return err
}

// bucketName gives minio-go's own refusal of a bucket's name the form of a server's.
func bucketName(err error) error {
	if err == nil || minio.ToErrorResponse(err).Code != "" || !strings.HasPrefix(err.Error(), "Bucket name") {
		return err
	}
	return minio.ErrorResponse{Code: "InvalidBucketName", Message: err.Error()}
}
