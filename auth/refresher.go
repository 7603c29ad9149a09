package auth

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// refreshTimeout bounds a shared refresh, storing included.
const refreshTimeout = 2 * time.Minute

// Refresher renews one session, one request at a time: callers that come while a refresh is under
// way share its result, so that a refresh token that may be used once is used once. It does so
// within one process; across processes Daypass's single agent is what owns the sessions.
type Refresher struct {
	client *Client
	save   func(context.Context, Tokens) error
	flight singleflight.Group

	mu      sync.Mutex
	current Tokens
}

// NewRefresher makes a Refresher for the tokens of a sign-in. save stores the tokens durably. It is
// called before any caller gets them, also when only the refresh token is new because the rest of
// the provider's answer failed a check.
func NewRefresher(client *Client, tokens Tokens, save func(context.Context, Tokens) error) *Refresher {
	return &Refresher{client: client, save: save, current: tokens}
}

// Refresh renews the tokens, or waits for the refresh under way. A caller whose ctx ends leaves with
// ErrCancelled or ErrIssuerUnreachable; the refresh itself goes on, because its answer may hold the
// only refresh token that still works.
//
// Errors are those of Client.Refresh, and *SaveError with good Tokens beside it.
func (r *Refresher) Refresh(ctx context.Context) (Tokens, error) {
	shared := r.flight.DoChan("", func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), refreshTimeout)
		defer cancel()
		return r.refresh(ctx)
	})
	select {
	case result := <-shared:
		return result.Val.(Tokens), result.Err
	case <-ctx.Done():
		return Tokens{}, networkError(ctx, "refresh", "The login", ctx.Err())
	}
}

func (r *Refresher) refresh(ctx context.Context) (Tokens, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	tokens, err := r.client.Refresh(ctx, r.current.RefreshRequest())
	if tokens.RefreshToken.IsZero() {
		return Tokens{}, err
	}
	if err == nil {
		r.current = tokens
	}
	r.current.RefreshToken = tokens.RefreshToken
	if failed := r.save(ctx, r.current); failed != nil {
		err = errors.Join(err, &SaveError{Err: failed})
	}
	return tokens, err
}
