// Package location names what is in a storage: a bucket, and a prefix or a key within it. It is pure.
package location

import "strings"

// Location is a bucket, or the part of one whose keys begin with a prefix. The zero Location is the whole storage, which
// is the list of its buckets.
type Location struct {
	Bucket string `json:"bucket"`
	// Prefix is empty for the whole bucket. That of a folder ends in "/".
	Prefix string `json:"prefix,omitempty"`
}

// Scheme begins a location as it is shown.
const Scheme = "s3://"

// URL returns the location as it is shown and as Parse reads it, such as "s3://bucket/prefix".
func (l Location) URL() string {
	if l.Root() {
		return Scheme
	}
	return Scheme + l.Bucket + "/" + l.Prefix
}

// Path returns the location without the scheme, such as "bucket/prefix", or "bucket" for a whole one. Parse reads it too.
func (l Location) Path() string {
	if l.Prefix == "" {
		return l.Bucket
	}
	return l.Bucket + "/" + l.Prefix
}

// Root reports whether l is the whole storage.
func (l Location) Root() bool { return l.Bucket == "" }

// Parent returns the folder or the bucket that l is in; that of a bucket is the whole storage.
func (l Location) Parent() Location {
	if l.Prefix == "" {
		return Location{}
	}
	above := strings.TrimSuffix(l.Prefix, "/")
	return Location{Bucket: l.Bucket, Prefix: above[:strings.LastIndex(above, "/")+1]}
}
