package remote

import (
	"context"
	"net/http"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/app/buckets"
)

// Metadata is what goes along with the content of an object that is copied.
type Metadata struct {
	ETag     string
	Modified time.Time
	header   http.Header
	metadata map[string]string
	Tags     map[string]string
	Class    string
}

// MetadataOf returns what a server says of an object besides its content and its tags.
func MetadataOf(info minio.ObjectInfo) *Metadata {
	return &Metadata{ETag: info.ETag, Modified: info.LastModified, header: info.Headers, metadata: info.UserMetadata, Class: info.Headers.Get("X-Amz-Storage-Class")}
}

// Tags returns the tags of an object.
func (r *Bucket) Tags(ctx context.Context, key, version string) (tags map[string]string, err error) {
	op := buckets.Operation{Name: "tags", Action: "s3:GetObjectTagging", Bucket: r.Name, Key: key}
	err = r.Persist(ctx, op, func(ctx context.Context) error {
		found, err := r.Core.GetObjectTagging(ctx, r.Name, key, minio.GetObjectTaggingOptions{VersionID: version})
		if err == nil {
			tags = found.ToMap()
		}
		return err
	})
	return tags, err
}

// carry adds the metadata to a request that makes the copy.
func (f *Metadata) carry(opts *minio.PutObjectOptions) {
	h := f.header
	opts.ContentType, opts.ContentEncoding, opts.ContentLanguage = h.Get("Content-Type"), h.Get("Content-Encoding"), h.Get("Content-Language")
	opts.ContentDisposition, opts.CacheControl = h.Get("Content-Disposition"), h.Get("Cache-Control")
	opts.Expires, _ = http.ParseTime(h.Get("Expires"))
	opts.UserTags, opts.StorageClass = f.Tags, f.Class
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

// SameContent reports whether the servers say of two objects that they are the same.
func SameContent(a, b minio.ObjectInfo) bool {
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

// MaybeOne reports whether what was said of objects by one key may have been said of one and the same, by a server
// that two connections lead to: it was written at one time, and no versions tell them apart.
func MaybeOne(a, b minio.ObjectInfo) bool {
	return a.LastModified.Equal(b.LastModified) && (a.VersionID == "" || b.VersionID == "" || a.VersionID == b.VersionID)
}
