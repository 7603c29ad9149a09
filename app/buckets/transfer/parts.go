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
	*download
	*remote.SourceObject
	to   *placing
	file *os.File

	mu   sync.Mutex
	sums map[int]string
}

// inParts fetches a large file: several ranges at once, all of the object with one ETag.
func (d *download) inParts(ctx context.Context, to *placing) error {
	b := &bigDownload{download: d, SourceObject: d.originalOf(to.it), to: to, sums: map[int]string{}}
	if err := b.Inspect(ctx, remote.PartSize); err != nil {
		return err
	}
	if b.Info.Size <= bigFrom {
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
		to.modified = remote.ModifiedOf(b.Info)
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
	earlier := b.record.Big[it.id]
	b.job.mu.Unlock()
	if earlier != nil && b.continues(earlier) {
		if b.file, err = to.folder.OpenFile(to.temp, os.O_RDWR, 0); err == nil {
			if info, err := b.file.Stat(); err == nil && info.Mode().IsRegular() && info.Size() == b.Info.Size {
				return b.recover(earlier)
			}
			_ = b.file.Close()
		}
	}
	if b.file, err = to.folder.NewTemp(to.temp); err != nil {
		return err
	}
	if err := b.file.Truncate(b.Info.Size); err != nil {
		return errors.Join(err, b.file.Close())
	}
	b.note(journal.Entry{Item: it.id, Big: &journal.PartedFile{
		ETag: b.Info.ETag, Version: b.Info.VersionID, Modified: b.Info.LastModified, Size: b.Info.Size, PartSize: b.Parts[0].Size, Target: it.local,
	}})
	return nil
}

// continues reports whether an earlier attempt was at the same object, of the same ETag and version (rule 43).
func (b *bigDownload) continues(earlier *journal.PartedFile) bool {
	return earlier.Size == b.Info.Size && earlier.PartSize == b.Parts[0].Size && earlier.ETag == b.Info.ETag &&
		(earlier.ETag != "" || !earlier.Modified.IsZero()) && b.IsSame(earlier.ETag, earlier.Version, earlier.Modified)
}

// recover takes the parts over that are there as they were noted.
func (b *bigDownload) recover(earlier *journal.PartedFile) error {
	for _, part := range b.Parts {
		noted := earlier.Parts[part.Number]
		if noted == "" {
			continue
		}
		sum, err := remote.SumOf(b.file, part, b.Checksum.Kind)
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
	b.note(journal.Entry{Item: b.to.it.id, Dropped: true})
}

func (b *bigDownload) fetchAll(ctx context.Context) error {
	var missing []remote.Part
	for _, part := range b.Parts {
		if b.sums[part.Number] == "" {
			missing = append(missing, part)
		}
	}
	return remote.InParallel(ctx, partWorkers, missing, b.fetchPart)
}

// fetchPart fetches one part into the file.
func (b *bigDownload) fetchPart(ctx context.Context, part remote.Part) error {
	it := b.to.it
	sum, err := b.ReadPart(ctx, part, io.NewOffsetWriter(b.file, part.Offset), func(n int64) { it.moved.Add(n) })
	if err != nil {
		return err
	}
	b.mu.Lock()
	b.sums[part.Number] = sum
	b.mu.Unlock()
	disk.StartWriting(b.file, part.Offset, part.Size)
	b.note(journal.Entry{Item: it.id, Part: part.Number, Sum: sum})
	return nil
}

// verify checks the whole: by the sums of its parts where they say it, else by reading it again.
func (b *bigDownload) verify() error {
	if b.Checksum.Composite || b.Checksum.Merges() {
		return b.Checksum.MatchesParts(b.Parts, b.sums)
	}
	h := b.Checksum.Hash()
	if h == nil {
		return nil
	}
	if _, err := remote.HashInto(h, b.file, 0, b.Info.Size); err != nil {
		return err
	}
	if !b.Checksum.Matches(h) {
		return remote.ErrDamaged
	}
	return nil
}
