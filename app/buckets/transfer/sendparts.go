package transfer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/transfer/disk"
	"daypass/app/buckets/transfer/journal"
)

const (
	// maxParts is how many parts an upload may have.
	maxParts = 10_000
	mib      = 1 << 20
	// abortTimeout bounds the good-bye to an upload that is given up.
	abortTimeout = 15 * time.Second
)

// content is what a large object is made of.
type content interface {
	// begin says what the content is, and how it is cut.
	begin() (journal.PartedFile, []span)
	// part gives one part and its sum; done lets go of it.
	part(ctx context.Context, part span) (body io.ReaderAt, sum string, done func(), err error)
	// again gives the sum of a part that an earlier attempt has sent, by what was noted then; empty where the part
	// must be sent again.
	again(part span, noted *journal.PartedFile) string
	// same fails where the content is not what it was; whole, when all parts were given, also where together they are
	// not what they should be.
	same() error
	whole() error
	// atOnce is how many parts may be on their way at once.
	atOnce() int
}

// bigUpload is one object on its way in parts.
type bigUpload struct {
	*sender
	it      *item
	content content
	state   *journal.PartedFile
	parts   []span

	mu   sync.Mutex
	sums map[int]string
	tags map[int]string // the ETag of each part that is there
}

// partSizeOf is the size of the parts of a file of size bytes.
func partSizeOf(size int64) int64 { return max(partSize, leastPart(size)) }

// leastPart is the least size of parts, of which there may not be too many.
func leastPart(size int64) int64 { return ((size+maxParts-1)/maxParts + mib - 1) / mib * mib }

// sendParts makes a large object: several parts at once, each with its checksum, and at the end the
// checksum of the whole.
func (u *sender) sendParts(ctx context.Context, it *item, key string, c content) error {
	b := &bigUpload{sender: u, it: it, content: c, sums: map[int]string{}, tags: map[int]string{}}
	if err := b.take(ctx, key); err != nil {
		return err
	}
	err := inParallel(ctx, c.atOnce(), b.missing(), b.sendPart)
	if err == nil {
		err = c.whole()
	}
	if err == nil {
		err = b.complete(ctx)
	}
	if void := new(failure); errors.As(err, &void) || errors.Is(err, errDamaged) || refused(err, "NoSuchUpload", "InvalidPart", "PreconditionFailed") {
		u.abort(context.WithoutCancel(ctx), b.state)
		u.note(journal.Entry{Item: it.id, Dropped: true})
	}
	return err
}

// take takes an earlier attempt's upload up where the content is still the same, else begins one.
func (b *bigUpload) take(ctx context.Context, key string) error {
	u, it := b.sender, b.it
	begun, parts := b.content.begin()
	begun.Target = key
	b.state, b.parts = &begun, parts
	u.job.mu.Lock()
	earlier := u.record.Big[it.id]
	u.job.mu.Unlock()
	if earlier != nil {
		if earlier.Same(begun) && b.recover(ctx, earlier) {
			return nil
		}
		u.abort(ctx, earlier)
	}
	clear(b.tags)
	it.moved.Store(0)
	err := u.persist(ctx, u.remote, u.act(key), func(ctx context.Context) error { return b.begin(ctx, key) })
	if err == nil {
		u.note(journal.Entry{Item: it.id, Big: b.state})
	}
	return err
}

// begin begins an upload: where the server takes it, one whose parts and whole have checksums.
func (b *bigUpload) begin(ctx context.Context, key string) error {
	conditional := false
	err := b.checked(func(modern bool) (err error) {
		headers := map[string]string{}
		if modern {
			headers["x-amz-checksum-algorithm"] = ours.String()
		}
		if modern && b.remote.client.TakesWholeChecksums() {
			headers["x-amz-checksum-type"] = minio.ChecksumFullObjectMode.String()
		}
		var opts minio.PutObjectOptions
		opts, conditional = b.options(b.it, headers)
		b.state.Upload, err = b.remote.core.NewMultipartUpload(ctx, b.remote.bucket, key, opts)
		return err
	})
	return b.noteUnconditional(conditional, err)
}

// recover asks the server which parts it has, and takes those over that are what the content has.
func (b *bigUpload) recover(ctx context.Context, earlier *journal.PartedFile) bool {
	b.state.Upload = earlier.Upload
	for w := new(buckets.Walk); w.More(); {
		marker, _ := strconv.Atoi(w.Token())
		var page minio.ListObjectPartsResult
		err := b.persist(ctx, b.remote, b.act(earlier.Target), func(ctx context.Context) (err error) {
			page, err = b.remote.core.ListObjectParts(ctx, b.remote.bucket, earlier.Target, earlier.Upload, marker, 1000)
			return err
		})
		if err != nil {
			return false
		}
		for _, there := range page.ObjectParts {
			if n := there.PartNumber; n >= 1 && n <= len(b.parts) && there.Size == b.parts[n-1].size {
				b.check(b.parts[n-1], there, earlier)
			}
		}
		if w.Step(partMarks(page)) != nil {
			return false
		}
	}
	return true
}

// partMarks returns a page of a list of parts as a step of a walk.
func partMarks(page minio.ListObjectPartsResult) (marks []buckets.Mark, next string) {
	for _, part := range page.ObjectParts {
		marks = append(marks, buckets.Mark{Key: fmt.Sprintf("%05d", part.PartNumber)})
	}
	if page.IsTruncated {
		next = strconv.Itoa(page.NextPartNumberMarker)
	}
	return marks, next
}

// check takes a part over where the server has for it the sum that the content has.
func (b *bigUpload) check(part span, there minio.ObjectPart, earlier *journal.PartedFile) {
	if sum := b.content.again(part, earlier); sum != "" && sum == there.ChecksumCRC32C {
		b.sums[part.number], b.tags[part.number] = sum, there.ETag
		b.it.moved.Add(part.size)
	}
}

func (b *bigUpload) missing() []span {
	var out []span
	for _, part := range b.parts {
		if b.tags[part.number] == "" {
			out = append(out, part)
		}
	}
	return out
}

// sendPart sends one part with its sum in front.
func (b *bigUpload) sendPart(ctx context.Context, part span) error {
	data, sum, done, err := b.content.part(ctx, part)
	if err != nil {
		return err
	}
	defer done()
	var sent minio.ObjectPart
	err = b.persist(ctx, b.remote, b.act(b.state.Target), func(ctx context.Context) (err error) {
		ctx, touch, release := guard(ctx)
		defer release()
		err = b.checked(func(modern bool) (err error) {
			opts := minio.PutObjectPartOptions{DisableContentSha256: true, CustomHeader: http.Header{}}
			if modern {
				opts.CustomHeader.Set(ours.Key(), sum)
			} else if opts.Md5Base64, err = md5Of(data, part.size); err != nil {
				return err
			}
			body := meterOf(b.it, data, part.size, touch)
			sent, err = b.remote.core.PutObjectPart(ctx, b.remote.bucket, b.state.Target, b.state.Upload, part.number, body, part.size, opts)
			if err != nil {
				body.takeBack()
			}
			return err
		})
		return damagedOr(stalledOr(ctx, err), b.content.same)
	})
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sums[part.number], b.tags[part.number] = sum, sent.ETag
	return nil
}

// abort has the server throw away the parts of an upload.
func (u *sender) abort(ctx context.Context, big *journal.PartedFile) {
	if big == nil || big.Upload == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, abortTimeout)
	defer cancel()
	_ = u.remote.core.AbortMultipartUpload(ctx, u.remote.bucket, big.Target, big.Upload)
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
	u := &sender{job: j, remote: r}
	for _, big := range j.record.Big {
		u.abort(ctx, big)
	}
	r.close()
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
