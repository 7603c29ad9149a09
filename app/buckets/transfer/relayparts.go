package transfer

import (
	"bytes"
	"context"
	"errors"
	"hash"
	"io"
	"sync"

	"daypass/app/buckets/transfer/journal"
	"daypass/app/buckets/transfer/remote"
)

// maxHeldPart is the largest part that is held in memory, which only objects of many TB need.
const maxHeldPart = 1 << 30

var errTooLarge = &remote.Failure{
	Code: "transfer-too-large",
}

// inParts copies a large object: several pieces at once, each with its checksum, all of the object as it was when
// it was looked at.
func (r *relay) inParts(ctx context.Context, it *item, key string) error {
	o := r.sourceOf(it)
	if err := o.Inspect(ctx, piece); err != nil {
		return err
	}
	if o.Info.Size <= piece { // it has become smaller since it was listed
		err := r.whole(ctx, it, key)
		if errors.Is(err, errBig) {
			return remote.Changed(err)
		}
		return err
	}
	if !fit(o.Parts) {
		o.Recut(piece)
	}
	if o.Parts[0].Size > maxHeldPart {
		return errTooLarge
	}
	var err error
	if it.metadata, err = r.metadataOf(ctx, it, o.Info); err != nil {
		return err
	}
	return r.out.sendParts(ctx, it, key, &objectContent{source: o, relay: r, it: it, h: o.WholeHash(), sums: map[int]string{}})
}

// fit reports whether parts can be held in memory, and are not too many.
func fit(parts []remote.Part) bool {
	for _, part := range parts {
		if part.Size > maxHeld {
			return false
		}
	}
	return len(parts) <= remote.MaxParts
}

// objectContent is an object of another server that is sent in parts.
type objectContent struct {
	source *remote.SourceObject
	relay  *relay
	it     *item
	// h is the hash of the whole, for which the parts come one after the other; nil for none.
	h hash.Hash

	mu   sync.Mutex
	sums map[int]string // in the kind of the checksum
}

// begin implements content.
func (c *objectContent) begin() (journal.PartedFile, []remote.Part) {
	return journal.PartedFile{
		ETag: c.source.Info.ETag, Version: c.source.Info.VersionID, Modified: c.source.Info.LastModified, Size: c.source.Info.Size, PartSize: c.source.Parts[0].Size,
	}, c.source.Parts
}

// part implements content.
func (c *objectContent) part(ctx context.Context, part remote.Part) (body io.ReaderAt, sum string, done func(), err error) {
	release, err := c.relay.hold(ctx, part.Size)
	if err != nil {
		return nil, "", nil, err
	}
	data := make(held, part.Size)
	objectSum, err := c.source.ReadPart(ctx, part, data, func(int64) {})
	if err != nil {
		release()
		return nil, "", nil, err
	}
	if c.h != nil {
		c.h.Write(data)
	}
	noted := journal.Entry{Item: c.it.id, Part: part.Number, Sum: objectSum}
	if c.source.Checksum.Kind != remote.UploadChecksum {
		h := remote.UploadChecksum.Hasher()
		h.Write(data)
		noted.Sum, noted.ObjectSum = remote.Encode(h), objectSum
	}
	c.mu.Lock()
	c.sums[part.Number] = objectSum
	c.mu.Unlock()
	c.relay.job.note(noted)
	return bytes.NewReader(data), noted.Sum, release, nil
}

// again implements content.
func (c *objectContent) again(part remote.Part, noted *journal.PartedFile) string {
	sum, objectSum := noted.Parts[part.Number], noted.ObjectSums[part.Number]
	if c.source.Checksum.Kind == remote.UploadChecksum {
		objectSum = sum
	}
	if c.h != nil || objectSum == "" {
		return ""
	}
	c.sums[part.Number] = objectSum
	return sum
}

// same implements content: what was fetched does not change.
func (c *objectContent) same() error { return nil }

// whole implements content.
func (c *objectContent) whole() error {
	if c.h != nil && !c.source.Checksum.Matches(c.h) {
		return remote.ErrDamaged
	}
	if c.h != nil {
		return nil
	}
	return c.source.Checksum.MatchesParts(c.source.Parts, c.sums)
}

// atOnce implements content.
func (c *objectContent) atOnce() int {
	if c.h != nil {
		return 1
	}
	return heldParts
}
