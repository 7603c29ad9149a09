package remote

import (
	"context"
	"sync"
)

const (
	// PartSize is the size of the parts in which a large file moves, where nothing else asks for another.
	PartSize = 16 << 20
	// MaxParts is how many parts an upload may have.
	MaxParts = 10_000
	mib      = 1 << 20
)

// Part is one part of a file.
type Part struct {
	Number       int // from 1
	Offset, Size int64
	// sum is the checksum that the server has of just this part; empty where it has none.
	sum string
}

// Cut divides size bytes into parts.
func Cut(size, partSize int64) []Part {
	parts := make([]Part, 0, size/partSize+1)
	for at := int64(0); at < size; at += partSize {
		parts = append(parts, Part{Number: len(parts) + 1, Offset: at, Size: min(partSize, size-at)})
	}
	return parts
}

// PartSizeFor returns the size of the parts of a file of size bytes.
func PartSizeFor(size int64) int64 { return max(PartSize, MinPartSize(size)) }

// MinPartSize returns the smallest size of parts, of which there may not be too many.
func MinPartSize(size int64) int64 { return ((size+MaxParts-1)/MaxParts + mib - 1) / mib * mib }

// InParallel does something with each part, some at once, and stops at the first error.
func InParallel(ctx context.Context, atOnce int, parts []Part, do func(context.Context, Part) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan Part)
	var all sync.WaitGroup
	for range min(atOnce, len(parts)) {
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
