package transfer

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
	// errStalled is a request in which nothing moved for too long.
	errStalled = errors.New("nothing moved for too long")
	// errDamaged is data that is not what its checksum says.
	errDamaged = errors.New("the data was damaged on the way")
)

// persist makes a request, again and again while it may yet succeed: through outages of the server
// and the network, and until there are keys. Waiting is shown; try is called without a wait first.
func (j *job) persist(ctx context.Context, r *remote, act buckets.Act, try func(context.Context) error) error {
	var failing time.Time // since when
	backoff := retry.Backoff{First: firstPause, Max: lastPause}
	damaged := 0
	for {
		used := r.keys.current() // or newer ones, if they came just now: then the next try fails, too
		err := r.once(ctx, try)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if errors.Is(err, errDamaged) {
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
		err = r.explain(err, act)
		switch next := again(err); {
		case next == whenKeys:
			err = j.awaitKeys(ctx, r, err, used)
			failing = time.Time{}
		case next == soon && time.Since(failing) < timeout:
			err = j.sleep(ctx, err, backoff.Next())
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
	soon
	whenKeys
)

func again(err error) attempt {
	var e *buckets.Error
	switch {
	case errors.Is(err, errStalled), errors.Is(err, errDamaged), errors.Is(err, io.ErrUnexpectedEOF):
		return soon
	case errors.Is(err, errOtherServer), errors.Is(err, app.ErrNoConnection):
		return never
	case errors.Is(err, errOtherPerson), errors.Is(err, app.ErrNoKeys):
		return whenKeys
	case !errors.As(err, &e):
		return never
	case e.Kind == buckets.Unreachable, e.Kind == buckets.Busy:
		return soon
	case e.Kind == buckets.KeysEnded:
		return whenKeys
	}
	return never
}

// sleep waits before the next try, and shows why.
func (j *job) sleep(ctx context.Context, why error, pause time.Duration) error {
	defer j.waits(j.problemOf(why))()
	return retry.Sleep(ctx, pause/2+rand.N(pause))
}

// awaitKeys waits until there are keys other than the ones that were refused, and shows why.
func (j *job) awaitKeys(ctx context.Context, r *remote, why error, used string) error {
	defer j.waits(j.problemOf(why))()
	if errors.Is(why, app.ErrNoKeys) || errors.Is(why, errOtherPerson) {
		used = "" // none were refused
	}
	return r.keys.await(ctx, used)
}

// guard gives ctx an end of its own when touch is not called for too long. The last call says that
// everything has been handed to the network, which may still be busy with it for a while.
func guard(ctx context.Context) (guarded context.Context, touch func(last bool), release func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(stall, func() { cancel(errStalled) })
	touch = func(last bool) {
		if last {
			timer.Reset(lastStall)
		} else {
			timer.Reset(stall)
		}
	}
	return ctx, touch, func() { timer.Stop(); cancel(nil) }
}
