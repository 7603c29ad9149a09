// Package objects is what can be seen of objects, and done to them, besides listing and transferring:
// their facts, tags and versions, copies, renames, deletions, new folders and buckets.
//
// Every error is a *buckets.Error, or the context's own.
package objects

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/app/buckets"
	"daypass/app/location"
)

// Store is the objects of one server.
type Store struct{ client *buckets.Client }

// New makes the store of a client.
func New(c *buckets.Client) *Store { return &Store{c} }

// Ref names an object, or one version of it where Version is not empty.
type Ref struct{ Bucket, Key, Version string }

func (r Ref) operation(name, action string) buckets.Operation {
	return buckets.Operation{Name: name, Action: action, Bucket: r.Bucket, Key: r.Key}
}

// Info is the facts of an object.
type Info struct {
	Ref
	Size     int64
	Modified time.Time
	// ETag is the server's fingerprint of the content; an MD5 sum only for some objects.
	ETag string
	// ContentType and StorageClass as the server tells; "STANDARD" where it does not.
	ContentType, StorageClass string
	// Checksums are the sums that were stored with the object.
	Checksums []Field
	// Metadata is what the writer of the object noted on it, by name.
	Metadata []Field
	// Headers are the other metadata from the server: encoding, cache, lock, lifetime.
	Headers []Field
	// Tags is how many tags there are.
	Tags int
	// DeleteMarker is true for a version that says that the object was deleted; it has no content.
	DeleteMarker bool
}

// Field is a name and its value, as they came from the server.
type Field struct {
	Name, Value string
	// Composite is true for a checksum of the checksums of an object's parts.
	Composite bool
}

// Stat asks for the facts of an object.
func (s *Store) Stat(ctx context.Context, r Ref) (Info, error) {
	o, err := s.client.Core().StatObject(ctx, r.Bucket, r.Key, minio.StatObjectOptions{VersionID: r.Version, Checksum: true})
	if err != nil && o.IsDeleteMarker && r.Version != "" {
		return Info{Ref: r, DeleteMarker: true}, nil
	}
	if err != nil {
		return Info{}, s.client.Explain(err, r.operation("info", "s3:GetObject"))
	}
	i := Info{
		Ref: Ref{r.Bucket, r.Key, o.VersionID}, Size: o.Size, Modified: o.LastModified, ETag: o.ETag,
		ContentType: o.ContentType, StorageClass: o.Headers.Get(storageClass), Checksums: checksums(o), Tags: o.UserTagCount,
	}
	if i.StorageClass == "" {
		i.StorageClass = "STANDARD"
	}
	for name, value := range o.UserMetadata {
		i.Metadata = append(i.Metadata, Field{Name: name, Value: value})
	}
	i.Headers = telling(o.Headers)
	byName(i.Metadata)
	byName(i.Headers)
	return i, nil
}

func byName(fields []Field) {
	slices.SortFunc(fields, func(x, y Field) int { return strings.Compare(x.Name, y.Name) })
}

func checksums(o minio.ObjectInfo) (sums []Field) {
	for _, f := range []Field{
		{Name: "SHA-256", Value: o.ChecksumSHA256},
		{Name: "SHA-512", Value: o.ChecksumSHA512},
		{Name: "SHA-1", Value: o.ChecksumSHA1},
		{Name: "MD5", Value: o.ChecksumMD5},
		{Name: "CRC-64/NVME", Value: o.ChecksumCRC64NVME},
		{Name: "CRC-32C", Value: o.ChecksumCRC32C},
		{Name: "CRC-32", Value: o.ChecksumCRC32},
	} {
		if f.Value == "" {
			continue
		}
		f.Composite = o.ChecksumMode == "COMPOSITE" || strings.Contains(f.Value, "-")
		sums = append(sums, f)
	}
	return sums
}

// worthTelling are the headers of an answer that say something of the object.
var worthTelling = []string{
	"Content-Encoding", "Content-Language", "Content-Disposition", "Cache-Control", "Expires", "X-Amz-Expiration", "X-Amz-Restore",
	"X-Amz-Replication-Status", "X-Amz-Server-Side-Encryption", "X-Amz-Object-Lock-Mode", "X-Amz-Object-Lock-Retain-Until-Date",
	"X-Amz-Object-Lock-Legal-Hold", "X-Amz-Website-Redirect-Location", "X-Amz-Mp-Parts-Count",
}

func telling(h http.Header) (fields []Field) {
	for _, name := range worthTelling {
		if value := h.Get(name); value != "" {
			fields = append(fields, Field{Name: name, Value: value})
		}
	}
	return fields
}

// Open returns the content of an object from a place on, at most most bytes of it, and the whole size.
// The caller closes it. etag, where it is not empty, is what the object must still be: Changed
// otherwise.
func (s *Store) Open(ctx context.Context, r Ref, etag string, from, limit int64) (*Content, error) {
	opts := minio.GetObjectOptions{VersionID: r.Version}
	op := r.operation("read", "s3:GetObject")
	if err := opts.SetRange(from, from+limit-1); err != nil {
		return nil, s.client.Explain(err, op)
	}
	if etag != "" {
		if err := opts.SetMatchETag(etag); err != nil {
			return nil, s.client.Explain(err, op)
		}
	}
	body, o, header, err := s.client.Core().GetObject(ctx, r.Bucket, r.Key, opts)
	if err != nil {
		return nil, s.client.Explain(err, op)
	}
	if err := stillIs(etag, from, o, header); err != nil {
		_ = body.Close()
		return nil, s.client.Explain(err, op)
	}
	c := &Content{ReadCloser: body, Size: o.Size, ETag: o.ETag, ContentType: o.ContentType, explain: func(err error) error { return s.client.Explain(err, op) }}
	if _, total, found := strings.Cut(header.Get("Content-Range"), "/"); found {
		if n, err := parseSize(total); err == nil {
			c.Size = n
		}
	}
	return c, nil
}

// stillIs fails where an answer is not of the object with that ETag, or does not begin at from: not every server obeys
// If-Match and Range (rule 43).
func stillIs(etag string, from int64, o minio.ObjectInfo, header http.Header) error {
	begins := strings.HasPrefix(header.Get("Content-Range"), "bytes "+strconv.FormatInt(from, 10)+"-")
	switch {
	case etag != "" && o.ETag != etag:
		return minio.ErrorResponse{Code: "PreconditionFailed", StatusCode: http.StatusPreconditionFailed}
	case from > 0 && !begins:
		return minio.ErrorResponse{Code: "NotImplemented", StatusCode: http.StatusNotImplemented, Message: "Range not supported"}
	}
	return nil
}

// URL is the address of the object as s3://bucket/key, for copying.
func (r Ref) URL() string {
	u := location.Location{Bucket: r.Bucket, Prefix: r.Key}.URL()
	if r.Version != "" {
		u += "?versionId=" + url.QueryEscape(r.Version)
	}
	return u
}
