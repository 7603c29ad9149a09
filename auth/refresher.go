package auth

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"daypass/auth/secret"
)

// refreshTimeout bounds a shared refresh, storing included.
const refreshTimeout = 2 * time.Minute

// Refresher renews one session, one request at a time: callers that come while a refresh is under
// way share its result, so that a refresh token that may be used once is used once. It does so
// within one process; across processes Daypass's single agent is what owns the sessions.
type Refresher struct {
	client *Client
	save   SaveFunc
	flight singleflight.Group

	mu      sync.Mutex
	current Tokens
}

// SaveFunc stores a rotated refresh token durably in place of the one that is now spent.
type SaveFunc func(ctx context.Context, spent, fresh secret.Secret) error

// NewRefresher makes a Refresher for the tokens of a sign-in or of a refresh. save is called with
// each rotated refresh token before anything else is done with the provider's answer, also when the
// rest of it then fails a check.
func NewRefresher(client *Client, tokens Tokens, save SaveFunc) *Refresher {
	return &Refresher{client: client, save: save, current: tokens}
}

// Refresh renews the tokens, or waits for the refresh under way. A caller whose ctx ends leaves with
// ErrCanceled or ErrIssuerUnreachable; the refresh itself goes on, because its answer may hold the
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
		return Tokens{}, networkError(ctx, "refresh", hostOf(r.client.cfg.Issuer), ctx.Err())
	}
}

func (r *Refresher) refresh(ctx context.Context) (Tokens, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var unsaved error
	req := r.current.RefreshRequest()
	req.Rotated = func(fresh secret.Secret) {
		spent := r.current.RefreshToken
		r.current.RefreshToken = fresh
		if err := r.save(ctx, spent, fresh); err != nil {
			unsaved = &SaveError{Err: err}
		}
	}
	tokens, err := r.client.Refresh(ctx, req)
	if err == nil {
		r.current = tokens
	}
	return tokens, errors.Join(err, unsaved)
}
