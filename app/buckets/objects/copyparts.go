package objects

import (
	"context"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/s3utils"
	"golang.org/x/sync/errgroup"
)

// abortTimeout bounds how long the parts of a failed copy are cleaned up.
const abortTimeout = 15 * time.Second

// copyInParts copies a large object. Parts take over neither metadata nor tags, so both are set. The object appears only
// when all parts are of the object that is there at the beginning (rule 43): not every server obeys If-Match.
func (s *Store) copyInParts(ctx context.Context, o minio.ObjectInfo, from, to Ref, held lock) (err error) {
	core := s.client.Core()
	opts := minio.PutObjectOptions{
		UserMetadata: carried(o, metadataPrefix), Mode: held.mode, RetainUntilDate: held.until, LegalHold: held.hold,
	}
	if o.UserTagCount > 0 {
		found, err := core.GetObjectTagging(ctx, from.Bucket, from.Key, minio.GetObjectTaggingOptions{VersionID: from.Version})
		if err != nil {
			return err
		}
		opts.UserTags = found.ToMap()
	}
	upload, err := core.NewMultipartUpload(ctx, to.Bucket, to.Key, opts)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), abortTimeout)
			defer cancel()
			_ = core.AbortMultipartUpload(ctx, to.Bucket, to.Key, upload)
		}
	}()
	parts, err := s.copyParts(ctx, o, from, to, upload)
	if err != nil {
		return err
	}
	now, err := core.StatObject(ctx, from.Bucket, from.Key, minio.StatObjectOptions{VersionID: from.Version})
	if err != nil {
		return err
	}
	if !sameObject(o, now) {
		return errChanged
	}
	_, err = core.CompleteMultipartUpload(ctx, to.Bucket, to.Key, upload, parts, minio.PutObjectOptions{})
	return err
}

// copyParts copies the parts of a large object, several at a time.
func (s *Store) copyParts(ctx context.Context, o minio.ObjectInfo, from, to Ref, upload string) ([]minio.CompletePart, error) {
	source := s3utils.EncodePath(from.Bucket + "/" + from.Key)
	if from.Version != "" {
		source += "?versionId=" + from.Version
	}
	headers := map[string]string{"X-Amz-Copy-Source": source, "X-Amz-Copy-Source-If-Match": o.ETag}
	parts := make([]minio.CompletePart, (o.Size+copyPart-1)/copyPart)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(copies)
	for i := range parts {
		group.Go(func() (err error) {
			at := int64(i) * copyPart
			parts[i], err = s.client.Core().CopyObjectPart(ctx, from.Bucket, from.Key, to.Bucket, to.Key, upload, i+1, at, min(copyPart, o.Size-at), headers)
			return err
		})
	}
	return parts, group.Wait()
}
