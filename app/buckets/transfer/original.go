package transfer

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/app/buckets"
)

// original is an object that is read in parts, all of it as it was when that began.
type original struct {
	j      *job
	remote *remote
	key    string
	it     *item
	act    buckets.Act
	info   minio.ObjectInfo
	proof  proof
	parts  []span
}

// changed is an object that is no longer the one whose reading began.
func changed(err error) error {
	return &failure{
		code: "transfer-changed", title: "The object was changed meanwhile", err: err,
		detail: "Somebody wrote it anew on the server while it was being read. Nothing of the old one was kept.",
		next:   "Resume to fetch the new one.",
	}
}

// maxObject is the largest size that is believed: no server stores larger objects.
const maxObject = 50 << 40

// checkSize refuses what cannot be the size of an object.
func checkSize(size int64) error {
	switch {
	case size < 0:
		return errNoLength
	case size > maxObject:
		return &failure{
			code: "transfer-impossible-size", title: "The storage server says an impossible size",
			detail: fmt.Sprintf("It says that the object has %d bytes; no object is that large.", size), next: "Give this message to your administrator.",
		}
	}
	return nil
}

var errParts = &failure{
	code: "transfer-impossible-parts", title: "The storage server says impossible parts",
	detail: "The object's parts that it tells of are empty, too many, or more than the object.", next: "Try again. If it stays, give this message to your administrator.",
}

// look asks what the object is now, and how it can be checked, and cuts it into parts of size bytes or, where
// these were too many, more, or into those of which the server has a checksum each.
func (o *original) look(ctx context.Context, size int64) error {
	return o.j.persist(ctx, o.remote, o.act, func(ctx context.Context) (err error) {
		if o.info, err = o.remote.core.StatObject(ctx, o.remote.bucket, o.key, withChecksums(o.it)); err != nil {
			return err
		}
		if err := checkSize(o.info.Size); err != nil {
			return err
		}
		o.j.resized(o.it, o.info.Size)
		o.proof = proofOf(o.info, o.info.Metadata)
		o.parts = cut(o.info.Size, max(size, leastPart(o.info.Size)))
		if o.proof.composite {
			return o.askParts(ctx)
		}
		return nil
	})
}

// askParts takes over the parts of which the server has a checksum each. A server that does not tell
// leaves the length to go by.
func (o *original) askParts(ctx context.Context) error {
	var parts []span
	offset := int64(0)
	opts := minio.ObjectAttributesOptions{VersionID: o.it.version, MaxParts: 1000}
	for {
		attrs, err := o.remote.core.GetObjectAttributes(ctx, o.remote.bucket, o.key, opts)
		if err == nil && !o.isSame(attrs.ETag, attrs.VersionID, time.Time{}) {
			return changed(errOtherObject)
		}
		if err != nil {
			o.proof = proof{kind: ours}
			if refused(err, "NotImplemented", "MethodNotAllowed", "AccessDenied") {
				return nil
			}
			return err
		}
		for _, p := range attrs.ObjectParts.Parts {
			if len(parts) == maxParts || p.Size < 1 || int64(p.Size) > o.info.Size-offset {
				return errParts
			}
			parts = append(parts, span{number: len(parts) + 1, offset: offset, size: int64(p.Size), want: sumIn(p, o.proof.kind)})
			offset += int64(p.Size)
		}
		if !attrs.ObjectParts.IsTruncated || len(attrs.ObjectParts.Parts) == 0 {
			break
		}
		opts.PartNumberMarker = attrs.ObjectParts.NextPartNumberMarker
	}
	if offset == o.info.Size {
		o.parts = parts
	} else {
		o.proof = proof{kind: ours}
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

// read brings one part to w, and gives its sum in the kind of the proof. What a broken request has brought is
// kept, and the next one goes on behind it. moved gets how much has come, or was thrown away again.
func (o *original) read(ctx context.Context, part span, w io.WriterAt, moved func(n int64)) (sum string, err error) {
	h := o.proof.kind.Hasher()
	got := int64(0)
	for damaged := 0; ; damaged++ {
		err := o.j.persist(ctx, o.remote, o.act, func(ctx context.Context) error {
			n, err := o.readRange(ctx, part, got, io.NewOffsetWriter(w, got), h, moved)
			got += n
			if err != nil && n > 0 {
				return &partial{n, err}
			}
			return err
		})
		if refused(err, "PreconditionFailed", "NoSuchKey", "InvalidRange") {
			return "", changed(err)
		}
		if err != nil {
			return "", err
		}
		if sum := encode(h); part.want == "" || sum == part.want {
			return sum, nil
		}
		if damaged+1 >= maxDamaged {
			return "", errDamaged
		}
		moved(-got)
		got = 0
		h.Reset()
	}
}

// readRange makes one request for what is missing of a part behind its first got bytes.
func (o *original) readRange(ctx context.Context, part span, got int64, w io.Writer, h hash.Hash, moved func(int64)) (n int64, err error) {
	ctx, touch, release := guard(ctx)
	defer release()
	opts := minio.GetObjectOptions{VersionID: o.it.version}
	from, to := part.offset+got, part.offset+part.size-1
	if err := opts.SetRange(from, to); err != nil {
		return 0, err
	}
	if o.info.ETag != "" {
		if err := opts.SetMatchETag(o.info.ETag); err != nil {
			return 0, err
		}
	}
	body, info, header, err := o.remote.core.GetObject(ctx, o.remote.bucket, o.key, opts)
	if err != nil {
		return 0, stalledOr(ctx, err)
	}
	defer body.Close()
	if !o.isSame(info.ETag, info.VersionID, info.LastModified) {
		return 0, changed(errOtherObject)
	}
	if want := fmt.Sprintf("bytes %d-%d/%d", from, to, o.info.Size); header.Get("Content-Range") != want {
		return 0, &failure{
			code: "transfer-no-ranges", title: "The storage server does not send parts of objects", err: io.ErrNoProgress,
			detail: "It was asked for " + want + " and sent something else.", next: "Give this message to your administrator.",
		}
	}
	limited := io.LimitReader(body, part.size-got)
	n, err = pour(w, limited, h, func(n int) { moved(int64(n)); touch(false) })
	if err == nil && n < part.size-got {
		err = io.ErrUnexpectedEOF
	}
	return n, stalledOr(ctx, err)
}

// errOtherObject is an answer of a server that does not obey If-Match.
var errOtherObject = errors.New("the answer is of another object")

// isSame reports whether an answer is of the object whose reading began (rule 43). What an answer does not say, it does
// not deny; where there is no ETag, the time of the object stands for it, unless a checksum proves the whole.
func (o *original) isSame(etag, version string, modified time.Time) bool {
	etag = strings.Trim(etag, `"`)
	switch {
	case etag != "" && o.info.ETag != "" && etag != o.info.ETag, version != "" && o.info.VersionID != "" && version != o.info.VersionID:
		return false
	case etag == "" && o.info.ETag != "" && o.proof.offered():
		return true
	case etag == "" || o.info.ETag == "":
		return modified.IsZero() || o.info.LastModified.IsZero() || modified.Equal(o.info.LastModified)
	}
	return true
}

// inParallel does something with each part, some at once, and stops at the first error.
func inParallel(ctx context.Context, atOnce int, parts []span, do func(context.Context, span) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan span)
	var all sync.WaitGroup
	for range min(atOnce, len(parts)) {
		all.Go(func() {
			for part := range next {
				if err := do(ctx, part); err != nil {
					cancel(err)
				}
			}
		})
	}
feeding:
	for _, part := range parts {
		select {
		case next <- part:
		case <-ctx.Done():
			break feeding
		}
	}
	close(next)
	all.Wait()
	return context.Cause(ctx)
}
