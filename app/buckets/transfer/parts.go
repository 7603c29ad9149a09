package transfer

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"sync"

	"github.com/minio/minio-go/v7"
)

// partSize is the size of the parts in which a large file moves, where nothing else asks for another.
const partSize = 16 << 20

// bigDownload is one object on its way in parts.
type bigDownload struct {
	*download
	to    *placing
	info  minio.ObjectInfo
	proof proof
	parts []span
	file  *os.File

	mu   sync.Mutex
	sums map[int]string
}

// changed is an object that is no longer the one whose download began.
func changed(err error) error {
	return &failure{
		code: "transfer-changed", title: "The object was changed meanwhile", err: err,
		detail: "Somebody wrote it anew on the server while it was being downloaded. Nothing of the old one was kept.",
		next:   "Resume to download the new one.",
	}
}

// inParts fetches a large file: several ranges at once, all of the object with one ETag.
func (d *download) inParts(ctx context.Context, to *placing) error {
	b := &bigDownload{download: d, to: to, sums: map[int]string{}}
	if err := b.look(ctx); err != nil {
		return err
	}
	if b.info.Size <= bigFrom {
		return d.whole(ctx, to) // it has become smaller since it was listed
	}
	if err := b.openTemp(); err != nil {
		return err
	}
	err := b.fetchAll(ctx)
	if err == nil {
		err = b.verify()
	}
	if err = errors.Join(err, b.file.Close()); err == nil {
		to.modified = b.info.LastModified
		return nil
	}
	var void *failure
	if errors.Is(err, errDamaged) || errors.As(err, &void) {
		b.drop()
	}
	return err
}

// look asks what the object is now, and how it can be checked.
func (b *bigDownload) look(ctx context.Context) error {
	it := b.to.it
	return b.persist(ctx, b.remote, b.act(it), func(ctx context.Context) (err error) {
		if b.info, err = b.remote.core.StatObject(ctx, b.remote.bucket, it.key, withChecksums(it)); err != nil {
			return err
		}
		b.resized(it, b.info.Size)
		b.proof = proofOf(b.info, b.info.Metadata)
		b.parts = cut(b.info.Size, partSize)
		if b.proof.composite {
			return b.askParts(ctx)
		}
		return nil
	})
}

// askParts takes over the parts of which the server has a checksum each. A server that does not tell
// leaves the length to go by.
func (b *bigDownload) askParts(ctx context.Context) error {
	var parts []span
	offset := int64(0)
	opts := minio.ObjectAttributesOptions{VersionID: b.to.it.version, MaxParts: 1000}
	for {
		attrs, err := b.remote.core.GetObjectAttributes(ctx, b.remote.bucket, b.to.it.key, opts)
		if err != nil {
			b.proof = proof{kind: ours}
			if refused(err, "NotImplemented", "MethodNotAllowed", "AccessDenied") {
				return nil
			}
			return err
		}
		for _, p := range attrs.ObjectParts.Parts {
			parts = append(parts, span{number: len(parts) + 1, offset: offset, size: int64(p.Size), want: sumIn(p, b.proof.kind)})
			offset += int64(p.Size)
		}
		if !attrs.ObjectParts.IsTruncated || len(attrs.ObjectParts.Parts) == 0 {
			break
		}
		opts.PartNumberMarker = attrs.ObjectParts.NextPartNumberMarker
	}
	if offset == b.info.Size {
		b.parts = parts
	} else {
		b.proof = proof{kind: ours}
	}
	return nil
}

// sumIn gives the sum that the server has of a part; empty where it has none.
func sumIn(p *minio.ObjectAttributePart, kind minio.ChecksumType) string {
	return map[minio.ChecksumType]string{
		minio.ChecksumCRC64NVME: p.ChecksumCRC64NVME, minio.ChecksumCRC32C: p.ChecksumCRC32C, minio.ChecksumCRC32: p.ChecksumCRC32,
		minio.ChecksumSHA256: p.ChecksumSHA256, minio.ChecksumSHA1: p.ChecksumSHA1,
	}[kind]
}

// openTemp opens the temporary file: the one of an earlier attempt, with the parts in it that are
// right, where it is of the same object.
func (b *bigDownload) openTemp() (err error) {
	it, to := b.to.it, b.to
	b.job.mu.Lock()
	earlier := b.mem.big[it.id]
	b.job.mu.Unlock()
	if earlier != nil && earlier.ETag == b.info.ETag && earlier.Size == b.info.Size && earlier.PartSize == b.parts[0].size {
		if b.file, err = to.folder.OpenFile(to.temp, os.O_RDWR, 0); err == nil {
			if info, err := b.file.Stat(); err == nil && info.Mode().IsRegular() && info.Size() == b.info.Size {
				return b.recover(earlier)
			}
			_ = b.file.Close()
		}
	}
	if b.file, err = to.folder.newTemp(to.temp); err != nil {
		return err
	}
	if err := b.file.Truncate(b.info.Size); err != nil {
		return errors.Join(err, b.file.Close())
	}
	b.note(entry{Item: it.id, Big: &bigFile{ETag: b.info.ETag, Size: b.info.Size, PartSize: b.parts[0].size, Target: it.local}})
	return nil
}

// recover takes the parts over that are there as they were noted.
func (b *bigDownload) recover(earlier *bigFile) error {
	for _, part := range b.parts {
		noted := earlier.parts[part.number]
		if noted == "" {
			continue
		}
		sum, err := sumOf(b.file, part, b.proof.kind)
		if err != nil {
			return errors.Join(err, b.file.Close())
		}
		if sum == noted {
			b.sums[part.number] = sum
			b.to.it.moved.Add(part.size)
		}
	}
	return nil
}

// drop throws away what is there of the object.
func (b *bigDownload) drop() {
	_ = b.to.folder.Remove(b.to.temp)
	b.note(entry{Item: b.to.it.id, Dropped: true})
}

func (b *bigDownload) fetchAll(ctx context.Context) error {
	var missing []span
	for _, part := range b.parts {
		if b.sums[part.number] == "" {
			missing = append(missing, part)
		}
	}
	return inParallel(ctx, missing, b.fetchPart)
}

// fetchPart fetches one range. What a broken request has brought is kept, and the next one goes on
// behind it.
func (b *bigDownload) fetchPart(ctx context.Context, part span) error {
	it := b.to.it
	h := b.proof.kind.Hasher()
	got := int64(0)
	for damaged := 0; ; damaged++ {
		err := b.persist(ctx, b.remote, b.act(it), func(ctx context.Context) error {
			n, err := b.fetchRange(ctx, part, got, h)
			got += n
			if err != nil && n > 0 {
				return &partial{n, err}
			}
			return err
		})
		if refused(err, "PreconditionFailed", "NoSuchKey", "InvalidRange") {
			return changed(err)
		}
		if err != nil {
			return err
		}
		sum := encode(h)
		if part.want == "" || sum == part.want {
			b.mu.Lock()
			b.sums[part.number] = sum
			b.mu.Unlock()
			startWriting(b.file, part)
			b.note(entry{Item: it.id, Part: part.number, Sum: sum})
			return nil
		}
		if damaged+1 >= maxDamaged {
			return errDamaged
		}
		it.moved.Add(-got)
		got = 0
		h.Reset()
	}
}

// fetchRange makes one request for what is missing of a part behind its first got bytes.
func (b *bigDownload) fetchRange(ctx context.Context, part span, got int64, h hash.Hash) (n int64, err error) {
	it := b.to.it
	ctx, touch, release := guard(ctx)
	defer release()
	opts := minio.GetObjectOptions{VersionID: it.version}
	from, to := part.offset+got, part.offset+part.size-1
	if err := opts.SetRange(from, to); err != nil {
		return 0, err
	}
	if b.info.ETag != "" {
		if err := opts.SetMatchETag(b.info.ETag); err != nil {
			return 0, err
		}
	}
	body, _, header, err := b.remote.core.GetObject(ctx, b.remote.bucket, it.key, opts)
	if err != nil {
		return 0, stalledOr(ctx, err)
	}
	defer body.Close()
	if want := fmt.Sprintf("bytes %d-%d/%d", from, to, b.info.Size); header.Get("Content-Range") != want {
		return 0, &failure{
			code: "transfer-no-ranges", title: "The storage server does not send parts of objects", err: io.ErrNoProgress,
			detail: "It was asked for " + want + " and sent something else.", next: "Give this message to your administrator.",
		}
	}
	limited := io.LimitReader(body, part.size-got)
	n, err = pour(io.NewOffsetWriter(b.file, from), limited, h, func(n int) { it.moved.Add(int64(n)); touch(false) })
	if err == nil && n < part.size-got {
		err = io.ErrUnexpectedEOF
	}
	return n, stalledOr(ctx, err)
}

// verify checks the whole: by the sums of its parts where they say it, else by reading it again.
func (b *bigDownload) verify() error {
	switch {
	case b.proof.composite:
		return nil // each part was checked by its own
	case b.proof.merges():
		whole, err := merge(b.proof.kind, b.parts, b.sums)
		if err == nil && whole != b.proof.whole {
			err = errDamaged
		}
		return err
	}
	h := b.proof.streamHash()
	if h == nil {
		return nil
	}
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	if _, err := io.CopyBuffer(onlyWriter{h}, io.NewSectionReader(b.file, 0, b.info.Size), *buf); err != nil {
		return err
	}
	if !b.proof.proves(h) {
		return errDamaged
	}
	return nil
}

// inParallel does something with each part, several at once, and stops at the first error.
func inParallel(ctx context.Context, parts []span, do func(context.Context, span) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan span)
	var all sync.WaitGroup
	for range min(partWorkers, len(parts)) {
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
