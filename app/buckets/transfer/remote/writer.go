package remote

import (
	"context"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/app/buckets"
)

// Writer makes objects in a bucket.
type Writer struct {
	*Bucket
	// operation is the name of what it does, for the words of an error.
	operation string
	// unconditional is true for a server that does not know requests with If-None-Match.
	unconditional atomic.Bool
}

// NewWriter returns what makes objects in a bucket; operation is the name of what it does, for the words of an error.
func NewWriter(r *Bucket, operation string) *Writer {
	return &Writer{Bucket: r, operation: operation}
}

// Object is an object that is made.
type Object struct {
	Key string
	// ContentType and Modified, the zero time for none, are for what is no copy.
	ContentType string
	Modified    time.Time
	// Metadata is that of the source object of a copy; nil for none.
	Metadata *Metadata
	// Replace reports whether it may take the place of another.
	Replace func() bool
	// Moved counts what was sent.
	Moved *atomic.Int64
}

// Stat returns what the server says of an object; nil where there is none, or where it is not for the user to know.
func (w *Writer) Stat(ctx context.Context, key string) (*minio.ObjectInfo, error) {
	var info minio.ObjectInfo
	op := buckets.Operation{Name: "info", Action: "s3:GetObject", Bucket: w.Name, Key: key}
	err := w.Persist(ctx, op, func(ctx context.Context) (err error) {
		info, err = w.Core.StatObject(ctx, w.Name, key, withChecksums(""))
		return err
	})
	switch StatusOf(err) {
	case http.StatusNotFound, http.StatusForbidden, http.StatusMethodNotAllowed:
		return nil, nil // a latest version that is a delete marker is answered with 405
	}
	if err != nil {
		return nil, err
	}
	return &info, nil
}

// act is the making of an object, for the words of an error.
func (w *Writer) act(key string) buckets.Operation {
	return buckets.Operation{Name: w.operation, Action: "s3:PutObject", Bucket: w.Name, Key: key}
}

// Put makes an object of a body. same, where it is not nil, fails when the body is not what it was.
func (w *Writer) Put(ctx context.Context, o Object, same func() error, body io.ReaderAt, size int64, sum string) error {
	return w.Persist(ctx, w.act(o.Key), func(ctx context.Context) error {
		ctx, passed, release := w.guard(ctx)
		defer release()
		conditional := false
		err := w.checked(func(modern bool) (err error) {
			headers, md5sum := map[string]string{}, ""
			if modern {
				headers[UploadChecksum.Key()] = sum
			} else if md5sum, err = md5Of(body, size); err != nil {
				return err
			}
			var opts minio.PutObjectOptions
			opts, conditional = w.options(o, headers)
			o.Moved.Store(0)
			sending := meterOf(o.Moved, body, size, passed)
			_, err = w.Core.PutObject(ctx, w.Name, o.Key, sending, size, md5sum, "", opts)
			if err != nil {
				sending.takeBack()
			}
			return err
		})
		return w.noteUnconditional(conditional, damagedOr(stalledOr(ctx, err), same))
	})
}

// checked makes a request with the checksums that the server verifies, and where it refuses those, once more with the MD5
// sum that every server verifies. A server that takes only the second is not sent the first again.
func (w *Writer) checked(try func(modern bool) error) error {
	client := w.Client
	if !client.TakesChecksums() {
		return try(false)
	}
	err := try(true)
	if !buckets.RefusesOption(err) {
		return err
	}
	again := try(false)
	if again != nil && (buckets.RefusesOption(again) || StatusOf(again) == http.StatusOK) {
		return err
	}
	client.RefusesChecksums()
	return again
}

// options are those of every request that makes an object. conditional is true where it is to make none in place of
// another.
func (w *Writer) options(o Object, headers map[string]string) (opts minio.PutObjectOptions, conditional bool) {
	opts = minio.PutObjectOptions{UserMetadata: headers, DisableContentSha256: true, ContentType: o.ContentType}
	switch {
	case o.Metadata != nil:
		o.Metadata.carry(&opts)
	case !o.Modified.IsZero():
		headers[metadataPrefix+mtimeName] = formatMtime(o.Modified)
	}
	if conditional = !o.Replace() && !w.unconditional.Load(); conditional {
		opts.SetMatchETagExcept("*")
	}
	return opts, conditional
}

// noteUnconditional takes note of a server that does not know conditions, and has a request that had one made
// again without. What is there was looked for before.
func (w *Writer) noteUnconditional(conditional bool, err error) error {
	if !conditional || !Refused(err, "NotImplemented") {
		return err
	}
	w.unconditional.Store(true)
	return &partial{1, ErrStalled}
}

// damagedOr returns why the server has computed another checksum, where it has, and else err. same, where it
// is not nil, fails when what was sent is not what it was.
func damagedOr(err error, same func() error) error {
	if !Refused(err, "BadDigest", "XAmzContentChecksumMismatch", "InvalidDigest") {
		return err
	}
	if same != nil && same() != nil {
		return ErrFileChanged
	}
	return ErrDamaged
}

// ErrFileChanged is a file that was written to while it was uploaded.
var ErrFileChanged = &Failure{
	Code: "file-changed",
}
