package remote

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/app/buckets"
)

// SourceObject is an object that is read in parts, all of it as it was when that began.
type SourceObject struct {
	Bucket *Bucket
	Key    string
	// Version is empty for the latest.
	Version   string
	Operation buckets.Operation
	// Resized is told the size.
	Resized  func(size int64)
	Info     minio.ObjectInfo
	Checksum Checksum
	Parts    []Part
}

// Changed is the error of an object that is no longer the one whose reading began.
func Changed(err error) error {
	return &Failure{Code: "transfer-changed", err: err}
}

// MaxObject is the largest size that is believed: no server stores larger objects.
const MaxObject = 50 << 40

// CheckSize refuses what cannot be the size of an object.
func CheckSize(size int64) error {
	switch {
	case size < 0:
		return ErrNoLength
	case size > MaxObject:
		return &Failure{Code: "transfer-impossible-size", Params: map[string]string{"Bytes": strconv.FormatInt(size, 10)}}
	}
	return nil
}

var errParts = &Failure{
	Code: "transfer-impossible-parts",
}

// Inspect requests what the object is now, and how it can be checked, and cuts it into parts of size bytes or, where
// these were too many, more, or into those of which the server has a checksum each.
func (o *SourceObject) Inspect(ctx context.Context, size int64) error {
	return o.Bucket.Persist(ctx, o.Operation, func(ctx context.Context) (err error) {
		if o.Info, err = o.Bucket.Core.StatObject(ctx, o.Bucket.Name, o.Key, withChecksums(o.Version)); err != nil {
			return err
		}
		if err := CheckSize(o.Info.Size); err != nil {
			return err
		}
		o.Resized(o.Info.Size)
		o.Checksum = ChecksumOf(o.Info, o.Info.Metadata)
		o.Parts = Cut(o.Info.Size, max(size, MinPartSize(o.Info.Size)))
		if o.Checksum.Composite {
			return o.askParts(ctx)
		}
		return nil
	})
}

// askParts takes over the parts of which the server has a checksum each. A server that does not say
// leaves the length to go by.
func (o *SourceObject) askParts(ctx context.Context) error {
	var parts []Part
	offset := int64(0)
	opts := minio.ObjectAttributesOptions{VersionID: o.Version, MaxParts: 1000}
	for {
		attrs, err := o.Bucket.Core.GetObjectAttributes(ctx, o.Bucket.Name, o.Key, opts)
		if err == nil && !o.IsSame(attrs.ETag, attrs.VersionID, time.Time{}) {
			return Changed(errOtherObject)
		}
		if err != nil {
			o.Checksum = Checksum{Kind: UploadChecksum}
			if Refused(err, "NotImplemented", "MethodNotAllowed", "AccessDenied") {
				return nil
			}
			return err
		}
		for _, p := range attrs.ObjectParts.Parts {
			if len(parts) == MaxParts || p.Size < 1 || int64(p.Size) > o.Info.Size-offset {
				return errParts
			}
			parts = append(parts, Part{Number: len(parts) + 1, Offset: offset, Size: int64(p.Size), sum: sumIn(p, o.Checksum.Kind)})
			offset += int64(p.Size)
		}
		if !attrs.ObjectParts.IsTruncated || len(attrs.ObjectParts.Parts) == 0 {
			break
		}
		opts.PartNumberMarker = attrs.ObjectParts.NextPartNumberMarker
	}
	if offset == o.Info.Size {
		o.Parts = parts
	} else {
		o.Checksum = Checksum{Kind: UploadChecksum}
	}
	return nil
}

// sumIn returns the sum that the server has of a part; empty where it has none.
func sumIn(p *minio.ObjectAttributePart, kind minio.ChecksumType) string {
	return map[minio.ChecksumType]string{
		minio.ChecksumCRC64NVME: p.ChecksumCRC64NVME, minio.ChecksumCRC32C: p.ChecksumCRC32C, minio.ChecksumCRC32: p.ChecksumCRC32,
		minio.ChecksumSHA256: p.ChecksumSHA256, minio.ChecksumSHA1: p.ChecksumSHA1,
	}[kind]
}

// ReadPart copies one part to w, and returns its sum in the kind of the checksum. What a broken request has brought is
// kept, and the next one goes on behind it. moved gets how much has come, or was thrown away again.
func (o *SourceObject) ReadPart(ctx context.Context, part Part, w io.WriterAt, moved func(n int64)) (sum string, err error) {
	h := o.Checksum.Kind.Hasher()
	got := int64(0)
	for damaged := 0; ; damaged++ {
		err := o.Bucket.Persist(ctx, o.Operation, func(ctx context.Context) error {
			n, err := o.readRange(ctx, part, got, io.NewOffsetWriter(w, got), h, moved)
			got += n
			if err != nil && n > 0 {
				return &partial{n, err}
			}
			return err
		})
		if Refused(err, "PreconditionFailed", "NoSuchKey", "InvalidRange") {
			return "", Changed(err)
		}
		if err != nil {
			return "", err
		}
		if sum := Encode(h); part.sum == "" || sum == part.sum {
			return sum, nil
		}
		if damaged+1 >= maxDamaged {
			return "", ErrDamaged
		}
		moved(-got)
		got = 0
		h.Reset()
	}
}

// readRange makes one request for what is missing of a part behind its first got bytes.
func (o *SourceObject) readRange(ctx context.Context, part Part, got int64, w io.Writer, h hash.Hash, moved func(int64)) (n int64, err error) {
	ctx, passed, release := o.Bucket.guard(ctx)
	defer release()
	opts := minio.GetObjectOptions{VersionID: o.Version}
	from, to := part.Offset+got, part.Offset+part.Size-1
	if err := opts.SetRange(from, to); err != nil {
		return 0, err
	}
	if o.Info.ETag != "" {
		if err := opts.SetMatchETag(o.Info.ETag); err != nil {
			return 0, err
		}
	}
	body, info, header, err := o.Bucket.Core.GetObject(ctx, o.Bucket.Name, o.Key, opts)
	if err != nil {
		return 0, stalledOr(ctx, err)
	}
	defer body.Close()
	if !o.IsSame(info.ETag, info.VersionID, info.LastModified) {
		return 0, Changed(errOtherObject)
	}
	if want := fmt.Sprintf("bytes %d-%d/%d", from, to, o.Info.Size); header.Get("Content-Range") != want {
		return 0, &Failure{Code: "transfer-no-ranges", Params: map[string]string{"Range": want}, err: io.ErrNoProgress}
	}
	limited := io.LimitReader(body, part.Size-got)
	n, err = copyBody(w, limited, h, func(n int) { moved(int64(n)); passed(int64(n), false) })
	if err == nil && n < part.Size-got {
		err = io.ErrUnexpectedEOF
	}
	return n, stalledOr(ctx, err)
}

// errOtherObject is an answer of a server that does not obey If-Match.
var errOtherObject = errors.New("the answer is of another object")

// IsSame reports whether an answer is of the object whose reading began (rule 43). What an answer does not say, it does
// not deny; where there is no ETag, the time of the object stands for it, unless a checksum verifies the whole.
func (o *SourceObject) IsSame(etag, version string, modified time.Time) bool {
	etag = strings.Trim(etag, `"`)
	switch {
	case etag != "" && o.Info.ETag != "" && etag != o.Info.ETag, version != "" && o.Info.VersionID != "" && version != o.Info.VersionID:
		return false
	case etag == "" && o.Info.ETag != "" && o.Checksum.offered():
		return true
	case etag == "" || o.Info.ETag == "":
		return modified.IsZero() || o.Info.LastModified.IsZero() || modified.Equal(o.Info.LastModified)
	}
	return true
}

// ErrNoLength is an answer that does not say how long the object is.
var ErrNoLength = &Failure{
	Code: "transfer-no-length",
}

// withChecksums asks for an object, or one version of it, with what there is to check it by.
func withChecksums(version string) minio.GetObjectOptions {
	opts := minio.GetObjectOptions{VersionID: version}
	opts.Set("x-amz-checksum-mode", "ENABLED")
	return opts
}

// WholeHash returns the hash that verifies the whole where the sums of parts do not; nil where they do, or where nothing
// does.
func (o *SourceObject) WholeHash() hash.Hash {
	if o.Checksum.Composite || o.Checksum.Merges() {
		return nil
	}
	return o.Checksum.Hash()
}

// Recut cuts the object into parts of size bytes or, where these were too many, more, whatever the parts are of which
// the server has a checksum each.
func (o *SourceObject) Recut(size int64) {
	if o.Checksum.Composite { // the sums of other parts
		o.Checksum = Checksum{Kind: UploadChecksum, md5: o.Checksum.md5}
	}
	o.Parts = Cut(o.Info.Size, max(size, MinPartSize(o.Info.Size)))
}

// ReadWhole makes one try to read an object in one request, and checks it. begin returns where its content goes, once
// the server has said what it is; moved gets how much has come.
func (r *Bucket) ReadWhole(ctx context.Context, key, version string, begin func(minio.ObjectInfo) (io.Writer, error), moved func(n int)) error {
	ctx, passed, release := r.guard(ctx)
	defer release()
	body, info, header, err := r.Core.GetObject(ctx, r.Name, key, withChecksums(version))
	if err != nil {
		return stalledOr(ctx, err)
	}
	defer body.Close()
	w, err := begin(info)
	if err != nil {
		return err
	}
	sum := ChecksumOf(info, header)
	h := sum.Hash()
	n, err := copyBody(w, body, h, func(n int) { moved(n); passed(int64(n), false) })
	switch {
	case err != nil:
		return stalledOr(ctx, err)
	case n != info.Size:
		return io.ErrUnexpectedEOF
	case !sum.Matches(h):
		return ErrDamaged
	}
	return nil
}
