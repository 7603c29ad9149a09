package objects

import (
	"bytes"
	"context"

	"github.com/minio/minio-go/v7"

	"daypass/app/buckets"
	"daypass/app/location"
)

// Delete deletes entries, and all that is below folders among them. In a bucket with versions what was
// there stays below a delete marker; without versions it is gone. report, which may be nil, is called as it
// goes on, from one goroutine at a time. What did not work is in the result; the error is why the rest
// was not tried.
func (s *Store) Delete(ctx context.Context, bucket string, entries []buckets.Entry, report func(Result)) (Result, error) {
	result, err := s.remove(ctx, bucket, report, func(yield func(minio.ObjectInfo) bool) error {
		return s.each(ctx, bucket, entries, func(e buckets.Entry) bool {
			return yield(minio.ObjectInfo{Key: e.Key, Size: e.Size})
		})
	})
	if err == nil && result.Failures == 0 {
		s.clearFolders(ctx, bucket, entries)
	}
	return result, err
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
	for o, err := range s.client.AllVersions(ctx, bucket, e.Key, scannedReport) {
		if buckets.RefusesOption(err) { // a server without versions
			return s.each(ctx, bucket, []buckets.Entry{e}, func(e buckets.Entry) bool { return yield(minio.ObjectInfo{Key: e.Key}) })
		}
		if err != nil {
			return err
		}
		if !e.Folder && o.Key != e.Key {
			if o.Key > e.Key {
				break
			}
			continue
		}
		if !yield(minio.ObjectInfo{Key: o.Key, VersionID: o.Version}) {
			break
		}
	}
	return ctx.Err()
}

// NewFolder makes an empty folder in a folder: an empty object whose name ends in "/".
func (s *Store) NewFolder(ctx context.Context, bucket, prefix, name string) error {
	r := Ref{Bucket: bucket, Key: prefix + name + "/"}
	op := r.operation("create-folder", "s3:PutObject")
	if fault := nameFault(name); fault != "" {
		return s.client.Explain(buckets.InvalidNameError(fault), op)
	}
	if s.anything(ctx, bucket, r.Key) || s.isFile(ctx, bucket, prefix+name) {
		return s.taken("", op)
	}
	return s.client.Explain(s.putEmpty(ctx, r), op)
}

// putEmpty makes the marker of a folder. It carries no hash of its content: an empty body that is signed piece by piece is
// what some servers refuse.
func (s *Store) putEmpty(ctx context.Context, r Ref) error {
	opts := minio.PutObjectOptions{ContentType: "application/x-directory", DisableContentSha256: true}
	_, err := s.client.Core().PutObject(ctx, r.Bucket, r.Key, bytes.NewReader(nil), 0, "", "", opts)
	return err
}

// anything reports whether there is certainly something below a prefix, its own object counted.
func (s *Store) anything(ctx context.Context, bucket, prefix string) bool {
	found, err := s.client.Anything(ctx, bucket, prefix)
	return err == nil && found
}

// isFile reports whether there is certainly an object of a key. On some servers it hides a folder of the same name.
func (s *Store) isFile(ctx context.Context, bucket, key string) bool {
	_, err := s.client.Core().StatObject(ctx, bucket, key, minio.StatObjectOptions{})
	return err == nil
}

// NewBucket makes a bucket.
func (s *Store) NewBucket(ctx context.Context, name string) error {
	op := buckets.Operation{Name: "create-bucket", Action: "s3:CreateBucket", Bucket: name}
	if fault := location.BucketFault(name); fault != "" {
		return s.client.Explain(buckets.InvalidNameError(fault), op)
	}
	err := s.client.Core().MakeBucket(ctx, name, minio.MakeBucketOptions{})
	return s.client.Explain(bucketName(err), op)
}

// DeleteBucket deletes an empty bucket. NotEmpty where it is not.
func (s *Store) DeleteBucket(ctx context.Context, name string) error {
	err := s.client.Core().RemoveBucket(ctx, name)
	return s.client.Explain(bucketName(err), buckets.Operation{Name: "delete-bucket", Action: "s3:DeleteBucket", Bucket: name})
}
