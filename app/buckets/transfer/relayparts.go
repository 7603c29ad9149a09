package transfer

import (
	"bytes"
	"context"
	"errors"
	"hash"
	"io"
	"sync"

	"daypass/app/buckets/transfer/journal"
)

// mostPart is the largest part that is held in memory, which only objects of many TB need.
const mostPart = 1 << 30

var errTooLarge = &failure{
	code: "transfer-too-large", title: "The object is too large to be copied",
	detail: "A copy between two connections goes through the memory of this computer in at most 10,000 parts, and these would be too large for it.",
	next:   "Download it, and upload it from there.",
}

// inParts copies a large object: several pieces at once, each with its checksum, all of the object as it was when
// it was looked at.
func (r *relay) inParts(ctx context.Context, it *item, key string) error {
	o := r.originalOf(it)
	if err := o.look(ctx, piece); err != nil {
		return err
	}
	if o.info.Size <= piece { // it has become smaller since it was listed
		err := r.whole(ctx, it, key)
		if errors.Is(err, errBig) {
			return changed(err)
		}
		return err
	}
	if !o.fits() {
		if o.proof.composite { // the sums of other parts
			o.proof = proof{kind: ours, md5: o.proof.md5}
		}
		o.parts = cut(o.info.Size, max(piece, leastPart(o.info.Size)))
	}
	if o.parts[0].size > mostPart {
		return errTooLarge
	}
	var err error
	if it.facts, err = r.factsOf(ctx, it, o.info); err != nil {
		return err
	}
	return r.sendParts(ctx, it, key, &objectContent{original: o, relay: r, h: o.inOrder(), sums: map[int]string{}})
}

// fits reports whether the parts can be held in memory, and are not too many.
func (o *original) fits() bool {
	for _, part := range o.parts {
		if part.size > mostHeld {
			return false
		}
	}
	return len(o.parts) <= maxParts
}

// inOrder returns the hash that proves the whole where the sums of parts do not; nil where they do, or where nothing
// proves it.
func (o *original) inOrder() hash.Hash {
	if o.proof.composite || o.proof.merges() {
		return nil
	}
	return o.proof.streamHash()
}

// objectContent is an object of another server that is sent in parts.
type objectContent struct {
	*original
	relay *relay
	// h is the hash of the whole, for which the parts come one after the other; nil for none.
	h hash.Hash

	mu   sync.Mutex
	sums map[int]string // in the kind of the proof
}

// begin implements content.
func (c *objectContent) begin() (journal.PartedFile, []span) {
	return journal.PartedFile{
		ETag: c.info.ETag, Version: c.info.VersionID, Modified: c.info.LastModified, Size: c.info.Size, PartSize: c.parts[0].size,
	}, c.parts
}

// part implements content.
func (c *objectContent) part(ctx context.Context, part span) (body io.ReaderAt, sum string, done func(), err error) {
	release, err := c.relay.hold(ctx, part.size)
	if err != nil {
		return nil, "", nil, err
	}
	data := make(held, part.size)
	proof, err := c.read(ctx, part, data, func(int64) {})
	if err != nil {
		release()
		return nil, "", nil, err
	}
	if c.h != nil {
		c.h.Write(data)
	}
	noted := journal.Entry{Item: c.it.id, Part: part.number, Sum: proof}
	if c.proof.kind != ours {
		h := ours.Hasher()
		h.Write(data)
		noted.Sum, noted.ObjectSum = encode(h), proof
	}
	c.mu.Lock()
	c.sums[part.number] = proof
	c.mu.Unlock()
	c.j.note(noted)
	return bytes.NewReader(data), noted.Sum, release, nil
}

// again implements content.
func (c *objectContent) again(part span, noted *journal.PartedFile) string {
	sum, proof := noted.Parts[part.number], noted.ObjectSums[part.number]
	if c.proof.kind == ours {
		proof = sum
	}
	if c.h != nil || proof == "" {
		return ""
	}
	c.sums[part.number] = proof
	return sum
}

// same implements content: what was fetched does not change.
func (c *objectContent) same() error { return nil }

// whole implements content.
func (c *objectContent) whole() error {
	if c.h != nil && !c.proof.proves(c.h) {
		return errDamaged
	}
	if c.h != nil {
		return nil
	}
	return c.proof.provesParts(c.parts, c.sums)
}

// atOnce implements content.
func (c *objectContent) atOnce() int {
	if c.h != nil {
		return 1
	}
	return partWorkers
}
