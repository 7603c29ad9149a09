package broker

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/schedule"
	"daypass/app/session"
)

// ErrTokenExpired means that the token of a session has expired, and must be renewed before an exchange.
var ErrTokenExpired = errors.New("the ID token of the session has expired")

// errRenewal is for a renewal whose problem is known.
var errRenewal = errors.New("the session could not be renewed")

// Limited are new credentials and when they were issued.
type Limited struct {
	app.Credentials
	IssuedAt time.Time
}

// limitedCredentials are the credentials of clients that get limited ones. Each client has a goroutine that
// renews them before they expire, so that they are given out from memory.
type limitedCredentials struct {
	broker *Broker
	mu     sync.Mutex
	all    map[string]*limited
	closed bool
	// renewed is closed, and replaced, when one of the clients gets new credentials.
	renewed chan struct{}
}

type limited struct {
	credentials app.Credentials
	stop        context.CancelFunc
}

func newLimitedCredentials(b *Broker) *limitedCredentials {
	return &limitedCredentials{broker: b, all: map[string]*limited{}, renewed: make(chan struct{})}
}

// begin returns the first credentials of a client and has them renewed until drop.
func (l *limitedCredentials) begin(ctx context.Context, c clients.Client) (app.Credentials, error) {
	first, err := l.exchange(ctx, c)
	if err != nil {
		return app.Credentials{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return app.Credentials{}, app.ErrStopped
	}
	l.start(c, first.Credentials, schedule.RenewAt(first.IssuedAt, first.ExpiresAt, rand.Float64()))
	return first.Credentials, nil
}

// resume has the credentials of a client from an earlier agent renewed until drop. There are none until the first
// renewal, which the session may need to be renewed for.
func (l *limitedCredentials) resume(c clients.Client) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.closed {
		l.start(c, app.Credentials{}, schedule.Now())
	}
}

// start has the credentials of a client renewed, from a moment on. The caller holds the lock.
func (l *limitedCredentials) start(c clients.Client, first app.Credentials, next time.Time) {
	ctx, stop := context.WithCancel(context.Background())
	l.all[c.ID] = &limited{first, stop}
	l.broker.work.Go(func() { l.renew(ctx, c, next) })
}

// credentials returns the credentials of a client. app.ErrNoCredentials where they have expired.
func (l *limitedCredentials) credentials(client string) (app.Credentials, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if one := l.all[client]; one != nil && schedule.Now().Before(one.credentials.ExpiresAt) {
		return one.credentials, nil
	}
	return app.Credentials{}, app.ErrNoCredentials
}

// nextRenewal returns a channel that is closed when any client next gets new credentials.
func (l *limitedCredentials) nextRenewal() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.renewed
}

// drop ends the renewal of a client's credentials. On the server they expire by themselves.
func (l *limitedCredentials) drop(client string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if one := l.all[client]; one != nil {
		one.stop()
		delete(l.all, client)
	}
}

// LimitedClients returns how many clients have limited credentials, which are renewed for them.
func (b *Broker) LimitedClients() int {
	b.limited.mu.Lock()
	defer b.limited.mu.Unlock()
	return len(b.limited.all)
}

// close ends all renewals; none begins any more.
func (l *limitedCredentials) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	for client, one := range l.all {
		one.stop()
		delete(l.all, client)
	}
}

// maxFailures bounds the failures that count for the back-off, to some half a minute: few clients have credentials of
// their own, and they are not to wait for as long again once their session is renewed.
const maxFailures = 5

// renew renews a client's credentials, from a moment on, until ctx ends.
func (l *limitedCredentials) renew(ctx context.Context, c clients.Client, next time.Time) {
	for failures := 0; schedule.SleepUntil(ctx, next); {
		fresh, err := l.exchange(ctx, c)
		if err != nil {
			failures++
			l.broker.log.Warn("limited credentials were not renewed", "client", c.Name, "error", err)
			next = schedule.Now().Add(schedule.Backoff(min(failures, maxFailures), rand.Float64()))
			continue
		}
		failures, next = 0, schedule.RenewAt(fresh.IssuedAt, fresh.ExpiresAt, rand.Float64())
		l.mu.Lock()
		if one := l.all[c.ID]; one != nil {
			one.credentials = fresh.Credentials
			close(l.renewed)
			l.renewed = make(chan struct{})
		}
		l.mu.Unlock()
	}
}

// exchange returns new credentials of a client's scope, after having the session renewed where its token has
// expired.
func (l *limitedCredentials) exchange(ctx context.Context, c clients.Client) (Limited, error) {
	got, err := l.broker.sessions.Limited(ctx, c.Connection, *c.Scope)
	if !errors.Is(err, ErrTokenExpired) {
		return got, err
	}
	if err := l.broker.renewed(ctx, c.Connection); err != nil {
		return Limited{}, err
	}
	got, err = l.broker.sessions.Limited(ctx, c.Connection, *c.Scope)
	if errors.Is(err, ErrTokenExpired) {
		err = app.ErrCannotNarrow
	}
	return got, err
}

// renewalTimeout bounds a renewal of a session, retries included.
const renewalTimeout = time.Minute

// renewed has the session renewed, and waits for that.
func (b *Broker) renewed(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, renewalTimeout)
	defer cancel()
	watch := b.sessions.Watch(ctx)
	before, there := (<-watch).Session(id)
	if !there || before.RenewAt.IsZero() {
		return app.ErrCannotNarrow
	}
	if err := b.sessions.RenewNow(ctx, id); err != nil {
		return err
	}
	for snapshot := range watch {
		s, there := snapshot.Session(id)
		switch {
		case !there, s.Phase == session.SignedOut, s.Phase == session.NeedsSignIn:
			return app.ErrCannotNarrow
		case s.Renewals > before.Renewals:
			return nil
		case s.Failures > before.Failures && s.Problem != nil:
			return &app.HandoverError{Problem: *s.Problem, Err: errRenewal}
		}
	}
	return app.ErrCannotNarrow
}
