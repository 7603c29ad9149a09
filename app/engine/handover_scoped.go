package engine

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/handover"
	"daypass/app/schedule"
	"daypass/app/session"
	"daypass/auth"
)

// scopedKeys are the keys of consumers that get narrower ones. Each consumer has a goroutine that
// renews its keys before they end, so that they are given out from memory.
type scopedKeys struct {
	app *Engine
	log *slog.Logger
	mu  sync.Mutex
	all map[string]*scoped
}

type scoped struct {
	keys app.Keys
	stop context.CancelFunc
}

func newScopedKeys(a *Engine, log *slog.Logger) *scopedKeys {
	return &scopedKeys{app: a, log: log, all: map[string]*scoped{}}
}

// begin gets the first keys for a consumer and has them renewed until drop.
func (s *scopedKeys) begin(ctx context.Context, c handover.Consumer) (app.Keys, error) {
	keys, err := s.mint(ctx, c)
	if err != nil {
		return app.Keys{}, err
	}
	ctx, stop := context.WithCancel(context.Background())
	s.mu.Lock()
	s.all[c.ID] = &scoped{keys.Keys, stop}
	s.mu.Unlock()
	s.app.runner.work.Go(func() { s.renew(ctx, c, keys) })
	return keys.Keys, nil
}

// keys gives a consumer's keys. ErrNoKeys where they have ended.
func (s *scopedKeys) keys(consumer string) (app.Keys, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if one := s.all[consumer]; one != nil && now().Before(one.keys.ExpiresAt) {
		return one.keys, nil
	}
	return app.Keys{}, app.ErrNoKeys
}

// drop forgets a consumer's keys. They die on the server by themselves.
func (s *scopedKeys) drop(consumer string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if one := s.all[consumer]; one != nil {
		one.stop()
		delete(s.all, consumer)
	}
}

// close forgets all of them.
func (s *scopedKeys) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, one := range s.all {
		one.stop()
		delete(s.all, id)
	}
}

// minted are new keys and when they were made.
type minted struct {
	app.Keys
	issuedAt time.Time
}

// renew renews a consumer's keys until ctx ends.
func (s *scopedKeys) renew(ctx context.Context, c handover.Consumer, keys minted) {
	next := schedule.RenewAt(keys.issuedAt, keys.ExpiresAt, rand.Float64())
	for failures := 0; sleepUntil(ctx, next); {
		fresh, err := s.mint(ctx, c)
		if err != nil {
			failures++
			s.log.Warn("narrower keys were not renewed", "consumer", c.Name, "error", err)
			next = now().Add(schedule.Backoff(failures, rand.Float64()))
			continue
		}
		failures, next = 0, schedule.RenewAt(fresh.issuedAt, fresh.ExpiresAt, rand.Float64())
		s.mu.Lock()
		if one := s.all[c.ID]; one != nil {
			one.keys = fresh.Keys
		}
		s.mu.Unlock()
	}
}

// longestSleep is how long the wall clock is not looked at; timers do not count a suspend.
const longestSleep = 30 * time.Second

// sleepUntil waits for a moment of the wall clock; false when ctx ended first.
func sleepUntil(ctx context.Context, at time.Time) bool {
	for {
		left := at.Sub(now())
		if left <= 0 {
			return ctx.Err() == nil
		}
		timer := time.NewTimer(min(left, longestSleep))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return false
		}
	}
}

// mint trades the login's token for keys of the consumer's scope, after having it renewed where it
// has ended.
func (s *scopedKeys) mint(ctx context.Context, c handover.Consumer) (minted, error) {
	keys, err := s.app.trade(ctx, c.Connection, *c.Scope)
	if !errors.Is(err, errTokenEnded) {
		return keys, err
	}
	if err := s.app.renewed(ctx, c.Connection); err != nil {
		return minted{}, err
	}
	keys, err = s.app.trade(ctx, c.Connection, *c.Scope)
	if errors.Is(err, errTokenEnded) {
		err = app.ErrCannotNarrow
	}
	return keys, err
}

var errTokenEnded = errors.New("the login's token has ended")

// trade has the runner give out the session's token, and trades it.
func (a *Engine) trade(ctx context.Context, id string, scope handover.Scope) (minted, error) {
	l, err := a.inspect(ctx, id)
	if err != nil {
		return minted{}, err
	}
	if !l.state.Live(now()) || l.parts.keys == nil {
		return minted{}, app.ErrNoKeys
	}
	return l.job.tradeScoped(ctx, l.state.Tokens, scope)
}

// sessionView is what the runner knows of a session, for work beside it.
type sessionView struct {
	job
	state session.State
	asked *asked
}

// inspect returns what the runner knows of a session.
func (a *Engine) inspect(ctx context.Context, id string) (sessionView, error) {
	var found inspection
	if err := a.runner.call(ctx, inspectSession{id, &found}); err != nil {
		return sessionView{}, err // and found may be set later
	}
	if found.view == nil {
		return sessionView{}, app.ErrNoConnection
	}
	return *found.view, nil
}

// spareTokenLife is what a token must have left to be worth sending.
const spareTokenLife = 5 * time.Second

func (j job) tradeScoped(ctx context.Context, tokens auth.Tokens, scope handover.Scope) (minted, error) {
	switch {
	case j.def.Keys.Policy != "":
		return minted{}, app.ErrPolicyTaken
	case tokens.WebIdentity.IsZero(), tokens.WebIdentityExpiry.Before(now().Add(spareTokenLife)):
		return minted{}, errTokenEnded
	}
	ctx, cancel := context.WithTimeout(ctx, attemptTimeout)
	defer cancel()
	answer, err := j.assumeScoped(ctx, tokens, scope)
	if err != nil {
		return minted{}, err
	}
	if err := j.checkLimits(ctx, answer.Credentials, scope); err != nil {
		return minted{}, err
	}
	k := keysFrom(answer)
	return minted{keysOf(k), k.IssuedAt}, nil
}

// renewed has the session renewed, and waits for that.
func (a *Engine) renewed(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, attemptTimeout)
	defer cancel()
	watch := a.Watch(ctx)
	before, there := (<-watch).Session(id)
	if !there || before.RenewAt.IsZero() {
		return app.ErrCannotNarrow
	}
	if err := a.RenewNow(ctx, id); err != nil {
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
			return errors.New(s.Problem.Detail)
		}
	}
	return app.ErrCannotNarrow
}
