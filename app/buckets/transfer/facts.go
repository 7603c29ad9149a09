package transfer

import (
	"context"
	"net/http"
	"time"

	"github.com/minio/minio-go/v7"
)

// facts is what goes along with the content of an object that is copied.
type facts struct {
	etag     string
	modified time.Time
	header   http.Header
	metadata map[string]string
	tags     map[string]string
	class    string
}

// factsOf reads the facts of an object, and asks for its tags where it has some.
func (r *relay) factsOf(ctx context.Context, it *item, info minio.ObjectInfo) (*facts, error) {
	f := &facts{etag: info.ETag, modified: info.LastModified, header: info.Headers, metadata: info.UserMetadata, class: info.Headers.Get("X-Amz-Storage-Class")}
	if r.plain.Load() {
		f.class = ""
	}
	if err := r.movable(info); err != nil {
		return nil, err
	}
	if info.UserTagCount == 0 {
		return f, nil
	}
	act := r.reading(it)
	act.Doing, act.Action = "see the tags of it", "s3:GetObjectTagging"
	err := r.persist(ctx, r.from, act, func(ctx context.Context) error {
		found, err := r.from.core.GetObjectTagging(ctx, r.from.bucket, it.id, minio.GetObjectTaggingOptions{VersionID: it.version})
		if err == nil {
			f.tags = found.ToMap()
		}
		return err
	})
	return f, err
}

// carry gives the facts to a request that makes the copy.
func (f *facts) carry(opts *minio.PutObjectOptions) {
	h := f.header
	opts.ContentType, opts.ContentEncoding, opts.ContentLanguage = h.Get("Content-Type"), h.Get("Content-Encoding"), h.Get("Content-Language")
	opts.ContentDisposition, opts.CacheControl = h.Get("Content-Disposition"), h.Get("Cache-Control")
	opts.Expires, _ = http.ParseTime(h.Get("Expires"))
	opts.UserTags, opts.StorageClass = f.tags, f.class
	if opts.UserMetadata == nil {
		opts.UserMetadata = map[string]string{}
	}
	for name, value := range f.metadata {
		opts.UserMetadata[metadataPrefix+name] = value
	}
}

// metadataPrefix makes a header of the name of metadata. minio-go sends a name without it as a header by itself
// where it looks like one, and metadata that somebody called "x-amz-acl" would open the copy to others.
const metadataPrefix = "X-Amz-Meta-"

// sameContent reports whether the servers say of two objects that they are the same.
func sameContent(a, b minio.ObjectInfo) bool {
	if a.Size != b.Size {
		return false
	}
	for _, kind := range preferred {
		if sum := a.Checksum(kind); sum != "" && sum == b.Checksum(kind) {
			return true
		}
	}
	return a.ETag != "" && a.ETag == b.ETag
}

// maybeOne reports whether what was told of objects by one key may have been told of one and the same, by a server
// that two connections lead to: it was written at one time, and no versions tell them apart.
func maybeOne(a, b minio.ObjectInfo) bool {
	return a.LastModified.Equal(b.LastModified) && (a.VersionID == "" || b.VersionID == "" || a.VersionID == b.VersionID)
}
