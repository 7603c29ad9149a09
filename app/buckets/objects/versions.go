package objects

import (
	"context"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/app/buckets"
)

// Version is one version of an object.
type Version struct {
	Ref
	Size     int64
	Modified time.Time
	ETag     string
	// Latest is the version that one gets without asking for any.
	Latest bool
	// DeleteMarker is a version that says that the object was deleted then.
	DeleteMarker bool
}

// Versions lists the versions of an object, the latest first, most of them at most; more says that
// there are others. A bucket without versions gives one, by the name "null".
func (s *Store) Versions(ctx context.Context, bucket, key string, limit int) (all []Version, more bool, err error) {
	for o, err := range s.client.AllVersions(ctx, bucket, key, limit+1) {
		switch {
		case err != nil:
			return nil, false, err
		case o.Key > key:
			return all, false, nil
		case o.Key != key:
			continue
		case len(all) == limit:
			return all, true, nil
		}
		all = append(all, Version{
			Ref: Ref{bucket, key, o.Version}, Size: o.Size, Modified: o.Modified, ETag: o.ETag,
			Latest: o.Latest, DeleteMarker: o.DeleteMarker,
		})
	}
	return all, false, ctx.Err()
}

// Restore makes an earlier version the latest again: a copy of it goes on top, and nothing is lost.
func (s *Store) Restore(ctx context.Context, r Ref) error {
	_, err := s.copyObject(ctx, r, Ref{Bucket: r.Bucket, Key: r.Key}, ignoreProtection)
	return s.client.Explain(err, r.operation("restore", "s3:PutObject"))
}

// Undelete takes away the delete markers that lie on top of an object, so that the version below is
// the latest again; where that is not allowed, it puts a copy of that version on top. NotFound where there is
// none below.
func (s *Store) Undelete(ctx context.Context, bucket, key string) error {
	op := Ref{Bucket: bucket, Key: key}.operation("undelete", "s3:DeleteObjectVersion")
	versions, _, err := s.Versions(ctx, bucket, key, 1000)
	if err != nil {
		return err
	}
	top := 0
	for top < len(versions) && versions[top].DeleteMarker {
		top++
	}
	if top == len(versions) {
		return s.client.Explain(minio.ErrorResponse{Code: "NoSuchVersion"}, op)
	}
	return s.uncover(ctx, versions[:top], versions[top].Ref)
}

// DeleteVersion deletes one version forever.
func (s *Store) DeleteVersion(ctx context.Context, r Ref) error {
	err := s.client.Core().RemoveObject(ctx, r.Bucket, r.Key, minio.RemoveObjectOptions{VersionID: r.Version})
	return s.client.Explain(err, r.operation("delete-version", "s3:DeleteObjectVersion"))
}

// Versioned says whether deleting in a bucket keeps what was there as an earlier version.
func (s *Store) Versioned(ctx context.Context, bucket string) (bool, error) {
	v, err := s.client.Core().GetBucketVersioning(ctx, bucket)
	if err != nil {
		return false, s.client.Explain(err, buckets.Operation{Name: "see-versioning", Action: "s3:GetBucketVersioning", Bucket: bucket})
	}
	return v.Enabled(), nil
}
