package transfer

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"

	"daypass/app/buckets/transfer/disk"
	"daypass/app/buckets/transfer/journal"
	"daypass/app/buckets/transfer/remote"
)

// bigDownload is one object on its way in parts.
type bigDownload struct {
	job    *job
	source *remote.SourceObject
	to     *finishedFile
	file   *os.File

	mu   sync.Mutex
	sums map[int]string
}

// inParts fetches a large file: several ranges at once, all of the object with one ETag.
func (d *download) inParts(ctx context.Context, to *finishedFile) error {
	b := &bigDownload{job: d.job, source: d.sourceOf(to.it), to: to, sums: map[int]string{}}
	if err := b.source.Inspect(ctx, remote.PartSize); err != nil {
		return err
	}
	if b.source.Info.Size <= bigFrom {
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
		to.modified = remote.ModifiedOf(b.source.Info)
		return nil
	}
	var void *remote.Failure
	if errors.Is(err, remote.ErrDamaged) || errors.As(err, &void) {
		b.drop()
	}
	return err
}

// openTemp opens the temporary file: the one of an earlier attempt, with the parts in it that are
// right, where it is of the same object.
func (b *bigDownload) openTemp() (err error) {
	it, to := b.to.it, b.to
	b.job.mu.Lock()
	earlier := b.job.record.Big[it.id]
	b.job.mu.Unlock()
	if earlier != nil && b.continues(earlier) {
		if b.file, err = to.folder.OpenFile(to.temp, os.O_RDWR, 0); err == nil {
			if info, err := b.file.Stat(); err == nil && info.Mode().IsRegular() && info.Size() == b.source.Info.Size {
				return b.recover(earlier)
			}
			_ = b.file.Close()
		}
	}
	if b.file, err = to.folder.NewTemp(to.temp); err != nil {
		return err
	}
	if err := b.file.Truncate(b.source.Info.Size); err != nil {
		return errors.Join(err, b.file.Close())
	}
	b.job.note(journal.Entry{Item: it.id, Big: &journal.PartedFile{
		ETag: b.source.Info.ETag, Version: b.source.Info.VersionID, Modified: b.source.Info.LastModified, Size: b.source.Info.Size, PartSize: b.source.Parts[0].Size, Target: it.local,
	}})
	return nil
}

// continues reports whether an earlier attempt was at the same object, of the same ETag and version (rule 43).
func (b *bigDownload) continues(earlier *journal.PartedFile) bool {
	return earlier.Size == b.source.Info.Size && earlier.PartSize == b.source.Parts[0].Size && earlier.ETag == b.source.Info.ETag &&
		(earlier.ETag != "" || !earlier.Modified.IsZero()) && b.source.IsSame(earlier.ETag, earlier.Version, earlier.Modified)
}

// recover takes the parts over that are there as they were noted.
func (b *bigDownload) recover(earlier *journal.PartedFile) error {
	for _, part := range b.source.Parts {
		noted := earlier.Parts[part.Number]
		if noted == "" {
			continue
		}
		sum, err := remote.SumOf(b.file, part, b.source.Checksum.Kind)
		if err != nil {
			return errors.Join(err, b.file.Close())
		}
		if sum == noted {
			b.sums[part.Number] = sum
			b.to.it.moved.Add(part.Size)
		}
	}
	return nil
}

// drop throws away what is there of the object.
func (b *bigDownload) drop() {
	_ = b.to.folder.Remove(b.to.temp)
	b.job.note(journal.Entry{Item: b.to.it.id, Dropped: true})
}

func (b *bigDownload) fetchAll(ctx context.Context) error {
	var missing []remote.Part
	for _, part := range b.source.Parts {
		if b.sums[part.Number] == "" {
			missing = append(missing, part)
		}
	}
	return remote.InParallel(ctx, b.source.Bucket.PartsAtOnce(), missing, b.fetchPart)
}

// fetchPart fetches one part into the file.
func (b *bigDownload) fetchPart(ctx context.Context, part remote.Part) error {
	it := b.to.it
	sum, err := b.source.ReadPart(ctx, part, io.NewOffsetWriter(b.file, part.Offset), func(n int64) { it.moved.Add(n) })
	if err != nil {
		return err
	}
	b.mu.Lock()
	b.sums[part.Number] = sum
	b.mu.Unlock()
	disk.StartWriting(b.file, part.Offset, part.Size)
	b.job.note(journal.Entry{Item: it.id, Part: part.Number, Sum: sum})
	return nil
}

// verify checks the whole: by the sums of its parts where they say it, else by reading it again.
func (b *bigDownload) verify() error {
	if b.source.Checksum.Composite || b.source.Checksum.Merges() {
		return b.source.Checksum.MatchesParts(b.source.Parts, b.sums)
	}
	h := b.source.Checksum.Hash()
	if h == nil {
		return nil
	}
	if _, err := remote.HashInto(h, b.file, 0, b.source.Info.Size); err != nil {
		return err
	}
	if !b.source.Checksum.Matches(h) {
		return remote.ErrDamaged
	}
	return nil
}
