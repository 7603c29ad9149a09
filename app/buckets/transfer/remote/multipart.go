package remote

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/app/buckets"
)

// abortTimeout bounds the good-bye to an upload that is given up.
const abortTimeout = 15 * time.Second

// Begin begins an upload in parts, and returns its ID: where the server takes it, one whose parts and whole have
// checksums.
func (w *Writer) Begin(ctx context.Context, o Object) (upload string, err error) {
	err = w.Persist(ctx, w.act(o.Key), func(ctx context.Context) error {
		conditional := false
		err := w.checked(func(modern bool) (err error) {
			headers := map[string]string{}
			if modern {
				headers["x-amz-checksum-algorithm"] = UploadChecksum.String()
			}
			if modern && w.Client.TakesWholeChecksums() {
				headers["x-amz-checksum-type"] = minio.ChecksumFullObjectMode.String()
			}
			var opts minio.PutObjectOptions
			opts, conditional = w.options(o, headers)
			upload, err = w.Core.NewMultipartUpload(ctx, w.Name, o.Key, opts)
			return err
		})
		return w.noteUnconditional(conditional, err)
	})
	return upload, err
}

// EachPart takes the parts that the server has of an upload.
func (w *Writer) EachPart(ctx context.Context, key, upload string, take func(minio.ObjectPart)) error {
	for walk := new(buckets.Walk); walk.More(); {
		marker, _ := strconv.Atoi(walk.Token())
		var page minio.ListObjectPartsResult
		err := w.Persist(ctx, w.act(key), func(ctx context.Context) (err error) {
			page, err = w.Core.ListObjectParts(ctx, w.Name, key, upload, marker, 1000)
			return err
		})
		if err != nil {
			return err
		}
		for _, there := range page.ObjectParts {
			take(there)
		}
		if err := walk.Step(partMarkers(page)); err != nil {
			return err
		}
	}
	return nil
}

// partMarkers returns a page of a list of parts as a step of a walk.
func partMarkers(page minio.ListObjectPartsResult) (markers []buckets.Marker, next string) {
	for _, part := range page.ObjectParts {
		markers = append(markers, buckets.Marker{Key: fmt.Sprintf("%05d", part.PartNumber)})
	}
	if page.IsTruncated {
		next = strconv.Itoa(page.NextPartNumberMarker)
	}
	return markers, next
}

// SendPart sends one part with its checksum in front, and returns its ETag. same fails when the content is not what it was.
func (w *Writer) SendPart(ctx context.Context, o Object, upload string, part Part, data io.ReaderAt, sum string, same func() error) (tag string, err error) {
	err = w.Persist(ctx, w.act(o.Key), func(ctx context.Context) (err error) {
		ctx, passed, release := w.guard(ctx)
		defer release()
		err = w.checked(func(modern bool) (err error) {
			opts := minio.PutObjectPartOptions{DisableContentSha256: true, CustomHeader: http.Header{}}
			if modern {
				opts.CustomHeader.Set(UploadChecksum.Key(), sum)
			} else if opts.Md5Base64, err = md5Of(data, part.Size); err != nil {
				return err
			}
			body := meterOf(o.Moved, data, part.Size, passed)
			sent, err := w.Core.PutObjectPart(ctx, w.Name, o.Key, upload, part.Number, body, part.Size, opts)
			if err != nil {
				body.takeBack()
			}
			tag = sent.ETag
			return err
		})
		return damagedOr(stalledOr(ctx, err), same)
	})
	return tag, err
}

// Abort has the server throw away the parts of an upload; the empty ID is none.
func (w *Writer) Abort(ctx context.Context, key, upload string) {
	if upload == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, abortTimeout)
	defer cancel()
	_ = w.Core.AbortMultipartUpload(ctx, w.Name, key, upload)
}
