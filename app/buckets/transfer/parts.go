package transfer

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"

	"daypass/app/buckets/transfer/disk"
	"daypass/app/buckets/transfer/journal"
)

// partSize is the size of the parts in which a large file moves, where nothing else asks for another.
const partSize = 16 << 20

// bigDownload is one object on its way in parts.
type bigDownload struct {
	*download
	*original
	to   *placing
	file *os.File

	mu   sync.Mutex
	sums map[int]string
}

// inParts fetches a large file: several ranges at once, all of the object with one ETag.
func (d *download) inParts(ctx context.Context, to *placing) error {
	b := &bigDownload{download: d, original: d.originalOf(to.it), to: to, sums: map[int]string{}}
	if err := b.look(ctx, partSize); err != nil {
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
		to.modified = modifiedOf(b.info)
		return nil
	}
	var void *failure
	if errors.Is(err, errDamaged) || errors.As(err, &void) {
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
			if info, err := b.file.Stat(); err == nil && info.Mode().IsRegular() && info.Size() == b.info.Size {
				return b.recover(earlier)
			}
			_ = b.file.Close()
		}
	}
	if b.file, err = to.folder.NewTemp(to.temp); err != nil {
		return err
	}
	if err := b.file.Truncate(b.info.Size); err != nil {
		return errors.Join(err, b.file.Close())
	}
	b.note(journal.Entry{Item: it.id, Big: &journal.PartedFile{
		ETag: b.info.ETag, Version: b.info.VersionID, Modified: b.info.LastModified, Size: b.info.Size, PartSize: b.parts[0].size, Target: it.local,
	}})
	return nil
}

// continues reports whether an earlier attempt was at the same object, of the same ETag and version (rule 43).
func (b *bigDownload) continues(earlier *journal.PartedFile) bool {
	return earlier.Size == b.info.Size && earlier.PartSize == b.parts[0].size && earlier.ETag == b.info.ETag &&
		(earlier.ETag != "" || !earlier.Modified.IsZero()) && b.isSame(earlier.ETag, earlier.Version, earlier.Modified)
}

// recover takes the parts over that are there as they were noted.
func (b *bigDownload) recover(earlier *journal.PartedFile) error {
	for _, part := range b.parts {
		noted := earlier.Parts[part.number]
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
	b.note(journal.Entry{Item: b.to.it.id, Dropped: true})
}

func (b *bigDownload) fetchAll(ctx context.Context) error {
	var missing []span
	for _, part := range b.parts {
		if b.sums[part.number] == "" {
			missing = append(missing, part)
		}
	}
	return inParallel(ctx, partWorkers, missing, b.fetchPart)
}

// fetchPart fetches one part into the file.
func (b *bigDownload) fetchPart(ctx context.Context, part span) error {
	it := b.to.it
	sum, err := b.read(ctx, part, io.NewOffsetWriter(b.file, part.offset), func(n int64) { it.moved.Add(n) })
	if err != nil {
		return err
	}
	b.mu.Lock()
	b.sums[part.number] = sum
	b.mu.Unlock()
	disk.StartWriting(b.file, part.offset, part.size)
	b.note(journal.Entry{Item: it.id, Part: part.number, Sum: sum})
	return nil
}

// verify checks the whole: by the sums of its parts where they say it, else by reading it again.
func (b *bigDownload) verify() error {
	if b.proof.composite || b.proof.merges() {
		return b.proof.provesParts(b.parts, b.sums)
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
