package objects

import (
	"context"
	"iter"

	"github.com/minio/minio-go/v7"

	"daypass/app/buckets"
)

// Delete deletes entries, and all that is below folders among them. In a bucket with versions what was
// there stays below a delete marker; without versions it is gone. report, which may be nil, is called as it
// goes on, from one goroutine at a time. What did not work is in the result; the error is why the rest
// was not tried.
func (s *Store) Delete(ctx context.Context, bucket string, entries []buckets.Entry, report func(Result)) (Result, error) {
	return s.remove(ctx, bucket, report, func(yield func(minio.ObjectInfo) bool) error {
		return s.each(ctx, bucket, entries, func(e buckets.Entry) bool {
			return yield(minio.ObjectInfo{Key: e.Key, Size: e.Size})
		})
	})
}

// DeleteForever deletes entries, and all that is below folders among them, with every version.
func (s *Store) DeleteForever(ctx context.Context, bucket string, entries []buckets.Entry, report func(Result)) (Result, error) {
	return s.remove(ctx, bucket, report, func(yield func(minio.ObjectInfo) bool) error {
		for _, e := range entries {
			if err := s.eachVersion(ctx, bucket, e, yield); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) eachVersion(ctx context.Context, bucket string, e buckets.Entry, yield func(minio.ObjectInfo) bool) error {
	for o := range s.client.Core().ListObjectsIter(ctx, bucket, minio.ListObjectsOptions{Prefix: e.Key, Recursive: true, WithVersions: true}) {
		if o.Err != nil {
			return s.client.Explain(o.Err, buckets.Act{Doing: "see the versions in " + bucket, Action: "s3:ListBucketVersions", Bucket: bucket})
		}
		if !e.Folder && o.Key != e.Key {
			if o.Key > e.Key {
				break
			}
			continue
		}
		if !yield(minio.ObjectInfo{Key: o.Key, VersionID: o.VersionID}) {
			break
		}
	}
	return ctx.Err()
}

// remove deletes what list gives, a thousand a request.
func (s *Store) remove(ctx context.Context, bucket string, report func(Result), list func(func(minio.ObjectInfo) bool) error) (Result, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	b := &batch{store: s, report: report}
	var listing error
	results, err := s.client.Core().RemoveObjectsWithIter(ctx, bucket, iter.Seq[minio.ObjectInfo](func(yield func(minio.ObjectInfo) bool) {
		listing = list(yield)
	}), minio.RemoveObjectsOptions{})
	if err != nil {
		return b.result, s.client.Explain(err, buckets.Act{Doing: "delete in " + bucket, Action: "s3:DeleteObject", Bucket: bucket})
	}
	for r := range results {
		if r.Err == nil {
			if r.DeleteMarker && r.ObjectVersionID == "" {
				b.covered(r.ObjectName)
			}
			b.done(0)
			continue
		}
		b.failed(ctx, r.Err, Ref{Bucket: bucket, Key: r.ObjectName}.act("delete", "s3:DeleteObject"))
	}
	if listing == nil {
		listing = ctx.Err()
	}
	return b.result, listing
}

// NewFolder makes an empty folder in a folder: an empty object whose name ends in "/".
func (s *Store) NewFolder(ctx context.Context, bucket, prefix, name string) error {
	r := Ref{Bucket: bucket, Key: prefix + name + "/"}
	act := r.act("make the folder", "s3:PutObject")
	if fault := nameFault(name); fault != "" {
		return s.refusal("XMinioInvalidObjectName", fault, act)
	}
	if s.anything(ctx, bucket, r.Key) {
		return s.refusal("BucketAlreadyExists", "", act)
	}
	_, err := s.client.Core().Client.PutObject(ctx, bucket, r.Key, nil, 0, minio.PutObjectOptions{ContentType: "application/x-directory"})
	return s.client.Explain(err, act)
}

// anything reports whether there is certainly something below a prefix, its own object counted.
func (s *Store) anything(ctx context.Context, bucket, prefix string) bool {
	page, _, err := s.client.Below(ctx, bucket, prefix, "", "")
	return err == nil && len(page) > 0
}

// NewBucket makes a bucket.
func (s *Store) NewBucket(ctx context.Context, name string) error {
	err := s.client.Core().MakeBucket(ctx, name, minio.MakeBucketOptions{})
	return s.client.Explain(bucketName(err), buckets.Act{Doing: "make the bucket " + buckets.EscapeName(name), Action: "s3:CreateBucket", Bucket: name})
}

// DeleteBucket deletes an empty bucket. NotEmpty where it is not.
func (s *Store) DeleteBucket(ctx context.Context, name string) error {
	err := s.client.Core().RemoveBucket(ctx, name)
	return s.client.Explain(bucketName(err), buckets.Act{Doing: "delete the bucket " + buckets.EscapeName(name), Action: "s3:DeleteBucket", Bucket: name})
}
