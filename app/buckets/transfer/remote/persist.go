package remote

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/retry"
)

const (
	// firstPause and lastPause bound the time between two tries of a request; it doubles each time.
	firstPause = 500 * time.Millisecond
	lastPause  = 15 * time.Second
	// timeout is how long a server may give no answer, or none but faults of its own.
	timeout = 15 * time.Minute
	// maxDamaged is how often data may arrive damaged before it is given up.
	maxDamaged = 3
	// stall is how long a request may move no byte.
	stall = 30 * time.Second
	// lastStall is the same for one that has handed all its bytes to the network.
	lastStall = 2 * time.Minute
)

var (
	// ErrStalled is a request in which nothing moved for too long.
	ErrStalled = errors.New("nothing moved for too long")
	// ErrDamaged is data that is not what its checksum says.
	ErrDamaged = errors.New("the data was damaged on the way")
)

// Persist makes a request, again and again while it may yet succeed: through outages of the server
// and the network, and until there are credentials. Waiting is shown; try is called without a wait first.
func (r *Bucket) Persist(ctx context.Context, op buckets.Operation, try func(context.Context) error) error {
	var failing time.Time // since when
	backoff := retry.Backoff{First: firstPause, Max: lastPause}
	damaged := 0
	for {
		used := r.credentials.lastID() // or newer ones, if they came just now: then the next try fails, too
		err := r.once(ctx, op, try)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if errors.Is(err, ErrDamaged) {
			if damaged++; damaged >= maxDamaged {
				return err
			}
		}
		if progress := new(partial); errors.As(err, &progress) && progress.moved > 0 {
			failing = time.Time{}
			backoff.Reset()
		}
		if failing.IsZero() {
			failing = time.Now()
		}
		err = r.explain(err, op)
		switch next := again(err); {
		case next == whenSignedIn:
			err = r.awaitCredentials(ctx, err, used)
			failing = time.Time{}
		case next == shortDelay && time.Since(failing) < timeout:
			err = r.sleep(ctx, err, backoff.Next())
		}
		if err != nil {
			return err
		}
	}
}

// partial is a request that broke off after it had moved something.
type partial struct {
	moved int64
	err   error
}

// Error implements error.
func (p *partial) Error() string { return p.err.Error() }

// Unwrap returns the cause.
func (p *partial) Unwrap() error { return p.err }

// attempt says when a failed request is worth another attempt.
type attempt int

const (
	never attempt = iota
	shortDelay
	whenSignedIn
)

func again(err error) attempt {
	var e *buckets.Error
	switch {
	case errors.Is(err, ErrStalled), errors.Is(err, ErrDamaged), errors.Is(err, io.ErrUnexpectedEOF):
		return shortDelay
	case errors.Is(err, ErrOtherServer), errors.Is(err, app.ErrNoConnection):
		return never
	case errors.Is(err, errOtherUser), errors.Is(err, app.ErrNoCredentials):
		return whenSignedIn
	case !errors.As(err, &e):
		return never
	case e.Kind == buckets.Unreachable, e.Kind == buckets.Busy:
		return shortDelay
	case e.Kind == buckets.CredentialsExpired:
		return whenSignedIn
	}
	return never
}

// sleep waits before the next try, at least for as long as the server has asked for, and shows why.
func (r *Bucket) sleep(ctx context.Context, why error, pause time.Duration) error {
	defer r.waits(why)()
	return retry.Sleep(ctx, max(pause/2, r.Client.RetryAfter())+rand.N(pause))
}

// awaitCredentials waits until there are credentials other than the ones that were refused, and shows why.
func (r *Bucket) awaitCredentials(ctx context.Context, why error, used string) error {
	defer r.waits(why)()
	if errors.Is(why, app.ErrNoCredentials) || errors.Is(why, errOtherUser) {
		used = "" // none were refused
	}
	return r.credentials.await(ctx, used)
}

// guard cancels ctx when passed is not called for too long, which is told of the bytes that have passed, and waits for as
// long as the bandwidth asks. The last call says that everything has been handed to the network, which may still be busy
// with it for a while.
func (r *Bucket) guard(ctx context.Context) (guarded context.Context, passed func(n int64, last bool), release func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(stall, func() { cancel(ErrStalled) })
	passed = func(n int64, last bool) {
		r.flow.Moved(n)
		timer.Stop()
		r.bandwidth.Wait(ctx, n)
		if last {
			timer.Reset(lastStall)
		} else {
			timer.Reset(stall)
		}
	}
	return ctx, passed, func() { timer.Stop(); cancel(nil) }
}

// stalledOr returns errStalled where ctx ended for that, else err.
func stalledOr(ctx context.Context, err error) error {
	if errors.Is(context.Cause(ctx), ErrStalled) {
		return ErrStalled
	}
	return err
}
