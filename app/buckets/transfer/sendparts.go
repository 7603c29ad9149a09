package transfer

import (
	"context"
	"errors"
	"io"
	"sync"

	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/buckets/transfer/disk"
	"daypass/app/buckets/transfer/journal"
	"daypass/app/buckets/transfer/remote"
)

// content is what a large object is made of.
type content interface {
	// begin says what the content is, and how it is cut.
	begin() (journal.PartedFile, []remote.Part)
	// part returns one part and its checksum; done lets go of it.
	part(ctx context.Context, part remote.Part) (body io.ReaderAt, sum string, done func(), err error)
	// again returns the checksum of a part that an earlier attempt has sent, by what was noted then; empty where the part
	// must be sent again.
	again(part remote.Part, noted *journal.PartedFile) string
	// same fails where the content is not what it was; whole, when all parts were given, also where together they are
	// not what they should be.
	same() error
	whole() error
	// atOnce is how many parts may be on their way at once.
	atOnce() int
}

// bigUpload is one object on its way in parts.
type bigUpload struct {
	out     *sender
	it      *item
	content content
	state   *journal.PartedFile
	parts   []remote.Part

	mu   sync.Mutex
	sums map[int]string
	tags map[int]string // the ETag of each part that is there
}

// sendParts makes a large object: several parts at once, each with its checksum, and at the end the
// checksum of the whole.
func (u *sender) sendParts(ctx context.Context, it *item, key string, c content) error {
	b := &bigUpload{out: u, it: it, content: c, sums: map[int]string{}, tags: map[int]string{}}
	if err := b.take(ctx, key); err != nil {
		return err
	}
	err := remote.InParallel(ctx, c.atOnce(), b.missing(), b.sendPart)
	if err == nil {
		err = c.whole()
	}
	if err == nil {
		err = u.writer.Complete(ctx, &remote.SentParts{
			Object: u.object(it, key), Upload: b.state.Upload, Size: it.size,
			Parts: b.parts, Sums: b.sums, Tags: b.tags, Same: c.same,
		})
	}
	if void := new(remote.Failure); errors.As(err, &void) || errors.Is(err, remote.ErrDamaged) || remote.Refused(err, "NoSuchUpload", "InvalidPart", "PreconditionFailed") {
		u.writer.Abort(context.WithoutCancel(ctx), b.state.Target, b.state.Upload)
		u.job.note(journal.Entry{Item: it.id, Dropped: true})
	}
	return err
}

// take takes an earlier attempt's upload up where the content is still the same, else begins one.
func (b *bigUpload) take(ctx context.Context, key string) error {
	u, it := b.out, b.it
	begun, parts := b.content.begin()
	begun.Target = key
	b.state, b.parts = &begun, parts
	u.job.mu.Lock()
	earlier := u.job.record.Big[it.id]
	u.job.mu.Unlock()
	if earlier != nil {
		if earlier.Same(begun) && b.recover(ctx, earlier) {
			return nil
		}
		u.writer.Abort(ctx, earlier.Target, earlier.Upload)
	}
	clear(b.tags)
	it.moved.Store(0)
	var err error
	if b.state.Upload, err = u.writer.Begin(ctx, u.object(it, key)); err == nil {
		u.job.note(journal.Entry{Item: it.id, Big: b.state})
	}
	return err
}

// recover asks the server which parts it has, and takes those over that are what the content has.
func (b *bigUpload) recover(ctx context.Context, earlier *journal.PartedFile) bool {
	b.state.Upload = earlier.Upload
	return b.out.writer.EachPart(ctx, earlier.Target, earlier.Upload, func(there minio.ObjectPart) {
		if n := there.PartNumber; n >= 1 && n <= len(b.parts) && there.Size == b.parts[n-1].Size {
			b.check(b.parts[n-1], there, earlier)
		}
	}) == nil
}

// check takes a part over where the server has for it the sum that the content has.
func (b *bigUpload) check(part remote.Part, there minio.ObjectPart, earlier *journal.PartedFile) {
	if sum := b.content.again(part, earlier); sum != "" && sum == there.ChecksumCRC32C {
		b.sums[part.Number], b.tags[part.Number] = sum, there.ETag
		b.it.moved.Add(part.Size)
	}
}

func (b *bigUpload) missing() []remote.Part {
	var out []remote.Part
	for _, part := range b.parts {
		if b.tags[part.Number] == "" {
			out = append(out, part)
		}
	}
	return out
}

// sendPart sends one part with its sum in front.
func (b *bigUpload) sendPart(ctx context.Context, part remote.Part) error {
	data, sum, done, err := b.content.part(ctx, part)
	if err != nil {
		return err
	}
	defer done()
	tag, err := b.out.writer.SendPart(ctx, b.out.object(b.it, b.state.Target), b.state.Upload, part, data, sum, b.content.same)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sums[part.Number], b.tags[part.Number] = sum, tag
	return nil
}

// tidy removes what a transfer that is forgotten has left half-way.
func (j *job) tidy(ctx context.Context) {
	if j.record.Request.Direction == app.Download {
		j.tidyFolder()
		return
	}
	if len(j.record.Big) == 0 {
		return
	}
	r, err := j.openRemote(ctx, j.target())
	if err != nil {
		return
	}
	w := remote.NewWriter(r, "")
	for _, big := range j.record.Big {
		w.Abort(ctx, big.Target, big.Upload)
	}
	r.Close()
}

func (j *job) tidyFolder() {
	if len(j.record.Folders) == 0 {
		return
	}
	t, err := disk.OpenExisting(j.record.Request.Folder)
	if err != nil {
		return
	}
	defer t.Close()
	for dir := range j.record.Folders {
		t.Sweep(dir, j.id)
	}
}
