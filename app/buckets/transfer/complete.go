package transfer

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/minio/minio-go/v7"
)

// sums are the checksums of an object that was uploaded in parts.
type sums struct {
	// whole is that of the whole object, and composite that of the checksums of its parts.
	whole, composite string
}

func (b *bigUpload) sumsOf() (sums, error) {
	whole, err := merge(ours, b.parts, b.sums)
	if err != nil {
		return sums{}, err
	}
	h := ours.Hasher()
	for _, part := range b.parts {
		raw, err := base64.StdEncoding.DecodeString(b.sums[part.number])
		if err != nil {
			return sums{}, err
		}
		h.Write(raw)
	}
	return sums{whole: whole, composite: encode(h)}, nil
}

// complete makes the object of its parts.
func (b *bigUpload) complete(ctx context.Context) error {
	s, err := b.sumsOf()
	if err != nil {
		return err
	}
	tries := 0
	err = b.persist(ctx, b.remote, b.act(b.state.Target), func(ctx context.Context) error {
		tries++
		return b.completeOnce(ctx, s)
	})
	if tries > 1 && refused(err, "NoSuchUpload", "PreconditionFailed") && b.completed(ctx, s) {
		return nil // the answer to the first try was lost, the object was not
	}
	return err
}

// completeOnce makes one try to complete an upload. Older servers compare the checksum of the whole with that of the
// checksums of the parts; they get the latter. Each part was verified by its own when it was sent.
func (b *bigUpload) completeOnce(ctx context.Context, s sums) error {
	client := b.remote.client
	if !client.TakesWholeChecksums() {
		return b.completeWith(ctx, map[string]string{ours.Key(): s.composite})
	}
	err := b.completeWith(ctx, map[string]string{ours.Key(): s.whole, "x-amz-checksum-type": minio.ChecksumFullObjectMode.String()})
	if !errors.Is(err, errDamaged) {
		return err
	}
	if b.completeWith(ctx, map[string]string{ours.Key(): s.composite}) != nil {
		return err
	}
	client.RefusesWholeChecksums()
	return nil
}

// completeWith completes an upload with the headers of a checksum, or without any where the server refuses those.
func (b *bigUpload) completeWith(ctx context.Context, checksum map[string]string) error {
	conditional := false
	err := b.checked(func(modern bool) error {
		headers := map[string]string{}
		parts := make([]minio.CompletePart, len(b.parts))
		for i, part := range b.parts {
			parts[i] = minio.CompletePart{PartNumber: part.number, ETag: b.tags[part.number]}
			if modern {
				parts[i].ChecksumCRC32C = b.sums[part.number]
			}
		}
		for name, value := range checksum {
			if modern {
				headers[name] = value
			}
		}
		var opts minio.PutObjectOptions
		opts, conditional = b.options(b.it, headers)
		_, err := b.remote.core.CompleteMultipartUpload(ctx, b.remote.bucket, b.state.Target, b.state.Upload, parts, opts)
		return err
	})
	return b.noteUnconditional(conditional, damagedOr(err, b.content.same))
}

// completed reports whether the object is there with the sum of the file.
func (b *bigUpload) completed(ctx context.Context, s sums) bool {
	there, err := b.stat(ctx, b.state.Target)
	if err != nil || there == nil || there.Size != b.it.size {
		return false
	}
	sum, _, _ := strings.Cut(there.Checksum(ours), "-")
	return sum == s.whole || sum == s.composite
}
