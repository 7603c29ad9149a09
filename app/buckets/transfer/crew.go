package transfer

import (
	"context"
	"sync"
	"sync/atomic"
)

// crew are the workers of one attempt. There are more while the server may have more requests at once, and never fewer than
// the attempt began with.
type crew struct {
	job   *job
	mover mover
	all   *sync.WaitGroup
	count atomic.Int64
}

// begin adds a worker.
func (c *crew) begin(ctx context.Context) {
	c.count.Add(1)
	c.all.Go(func() { c.work(ctx) })
}

// work moves items until there are none, or more workers than there should be.
func (c *crew) work(ctx context.Context) {
	for it := c.job.queue.take(); it != nil && ctx.Err() == nil; it = c.job.queue.take() {
		c.job.started(it)
		c.job.finish(it, c.mover.move(ctx, it))
		count, want := c.count.Load(), int64(max(c.mover.atOnce(), workers))
		switch {
		case count < want:
			c.begin(ctx)
		case count > want && c.count.CompareAndSwap(count, count-1):
			return
		}
	}
}
