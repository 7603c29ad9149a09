package remote

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/minio/minio-go/v7"
)

// SentParts are the parts of an object that are there, all of them.
type SentParts struct {
	Object Object
	Upload string
	Size   int64
	Parts  []Part
	// Sums and Tags are the checksums and the ETags of the parts, by their numbers.
	Sums, Tags map[int]string
	// Same fails when the content is not what it was.
	Same func() error
}

// sums are the checksums of an object that was uploaded in parts.
type sums struct {
	// whole is that of the whole object, and composite that of the checksums of its parts.
	whole, composite string
}

// sumsOf returns the checksums of the whole.
func (b *SentParts) sumsOf() (sums, error) {
	whole, err := merge(UploadChecksum, b.Parts, b.Sums)
	if err != nil {
		return sums{}, err
	}
	h := UploadChecksum.Hasher()
	for _, part := range b.Parts {
		raw, err := base64.StdEncoding.DecodeString(b.Sums[part.Number])
		if err != nil {
			return sums{}, err
		}
		h.Write(raw)
	}
	return sums{whole: whole, composite: Encode(h)}, nil
}

// Complete makes an object of its parts.
func (w *Writer) Complete(ctx context.Context, b *SentParts) error {
	s, err := b.sumsOf()
	if err != nil {
		return err
	}
	tries := 0
	err = w.Persist(ctx, w.act(b.Object.Key), func(ctx context.Context) error {
		tries++
		return w.completeOnce(ctx, b, s)
	})
	if tries > 1 && Refused(err, "NoSuchUpload", "PreconditionFailed") && w.completed(ctx, b, s) {
		return nil // the answer to the first try was lost, the object was not
	}
	return err
}

// completeOnce makes one try to complete an upload. Older servers compare the checksum of the whole with that of the
// checksums of the parts; they get the latter. Each part was verified by its own when it was sent.
func (w *Writer) completeOnce(ctx context.Context, b *SentParts, s sums) error {
	if !w.Client.TakesWholeChecksums() {
		return w.completeWith(ctx, b, map[string]string{UploadChecksum.Key(): s.composite})
	}
	err := w.completeWith(ctx, b, map[string]string{UploadChecksum.Key(): s.whole, "x-amz-checksum-type": minio.ChecksumFullObjectMode.String()})
	if !errors.Is(err, ErrDamaged) {
		return err
	}
	if w.completeWith(ctx, b, map[string]string{UploadChecksum.Key(): s.composite}) != nil {
		return err
	}
	w.Client.RefusesWholeChecksums()
	return nil
}

// completeWith completes an upload with the headers of a checksum, or without any where the server refuses those.
func (w *Writer) completeWith(ctx context.Context, b *SentParts, checksum map[string]string) error {
	conditional := false
	err := w.checked(func(modern bool) error {
		headers := map[string]string{}
		parts := make([]minio.CompletePart, len(b.Parts))
		for i, part := range b.Parts {
			parts[i] = minio.CompletePart{PartNumber: part.Number, ETag: b.Tags[part.Number]}
			if modern {
				parts[i].ChecksumCRC32C = b.Sums[part.Number]
			}
		}
		for name, value := range checksum {
			if modern {
				headers[name] = value
			}
		}
		var opts minio.PutObjectOptions
		opts, conditional = w.options(b.Object, headers)
		_, err := w.Core.CompleteMultipartUpload(ctx, w.Name, b.Object.Key, b.Upload, parts, opts)
		return err
	})
	return w.noteUnconditional(conditional, damagedOr(err, b.Same))
}

// completed reports whether the object is there with the checksum of the content.
func (w *Writer) completed(ctx context.Context, b *SentParts, s sums) bool {
	there, err := w.Stat(ctx, b.Object.Key)
	if err != nil || there == nil || there.Size != b.Size {
		return false
	}
	sum, _, _ := strings.Cut(there.Checksum(UploadChecksum), "-")
	return sum == s.whole || sum == s.composite
}
