package gateway

import (
	"context"
	"errors"
	"sync"
)

// errRevoked is the cause for which the requests of a client end that is revoked.
var errRevoked = errors.New("the client was revoked")

// requests are those that are being forwarded, by client.
type requests struct {
	mu  sync.Mutex
	all map[string]*running
}

type running struct {
	next int
	stop map[int]context.CancelCauseFunc
}

// begin adds a request of a client, and returns its context. It fails where the client has too many already. leave
// must be called.
func (r *requests) begin(ctx context.Context, client string) (_ context.Context, leave func(), ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.all == nil {
		r.all = map[string]*running{}
	}
	own := r.all[client]
	if own == nil {
		own = &running{stop: map[int]context.CancelCauseFunc{}}
		r.all[client] = own
	}
	if len(own.stop) >= maxRequests {
		return nil, nil, false
	}
	ctx, stop := context.WithCancelCause(ctx)
	own.next++
	id := own.next
	own.stop[id] = stop
	return ctx, func() { stop(nil); r.leave(client, own, id) }, true
}

func (r *requests) leave(client string, own *running, id int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(own.stop, id)
	if len(own.stop) == 0 && r.all[client] == own {
		delete(r.all, client)
	}
}

// end ends all requests of a client.
func (r *requests) end(client string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if own := r.all[client]; own != nil {
		for _, stop := range own.stop {
			stop(errRevoked)
		}
	}
}
