package browser

import (
	"context"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/buckets/preview"
	"daypass/app/buckets/search"
	"daypass/app/location"
	"daypass/ui/browser/listing"
)

// Storage is one server, as far as the window uses it.
type Storage interface {
	listing.Source
	search.Source
	preview.Source
	Sharer
	Reader
	Changer
}

// Sharer signs links.
type Sharer interface {
	Share(ctx context.Context, bucket, key, version string, lifetime time.Duration) (buckets.Link, error)
}

// Reader reads what is known of objects.
type Reader interface {
	Stat(ctx context.Context, r objects.Ref) (objects.Info, error)
	Tags(ctx context.Context, r objects.Ref) ([]objects.Tag, error)
	Versions(ctx context.Context, bucket, key string, max int) ([]objects.Version, bool, error)
	Versioned(ctx context.Context, bucket string) (bool, error)
	Count(ctx context.Context, bucket string, entries []buckets.Entry, max int, report func(objects.Sum)) (objects.Sum, error)
	Deleted(ctx context.Context, bucket, prefix string, max int, report func(objects.Scanned)) error
}

// Changer changes what is there.
type Changer interface {
	SetTags(ctx context.Context, r objects.Ref, all []objects.Tag) error
	NewFolder(ctx context.Context, bucket, prefix, name string) error
	NewBucket(ctx context.Context, name string) error
	Rename(ctx context.Context, bucket string, e buckets.Entry, name string, o objects.CopyOptions) (objects.Result, error)
	CopyInto(ctx context.Context, from location.Location, entries []buckets.Entry, to location.Location, o objects.CopyOptions) (objects.Result, error)
	Delete(ctx context.Context, bucket string, entries []buckets.Entry, report func(objects.Result)) (objects.Result, error)
	DeleteForever(ctx context.Context, bucket string, entries []buckets.Entry, report func(objects.Result)) (objects.Result, error)
	DeleteBucket(ctx context.Context, name string) error
	DeleteVersion(ctx context.Context, r objects.Ref) error
	Restore(ctx context.Context, r objects.Ref) error
	UndeleteAll(ctx context.Context, bucket string, keys []string, report func(objects.Result)) (objects.Result, error)
}

// server is a Storage over the network.
type server struct {
	*buckets.Client
	*objects.Store
}

// OpenStorage opens the storage of a session; it asks nothing of the network yet.
func OpenStorage(s app.Session, keys buckets.CredentialSource) (Storage, error) {
	c, err := buckets.Open(buckets.Server{Endpoint: s.Endpoint, Region: s.Region, CAFile: s.CAFile}, keys)
	if err != nil {
		return nil, err
	}
	return server{c, objects.New(c)}, nil
}
