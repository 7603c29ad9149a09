package engine

import (
	"context"
	"errors"

	"daypass/app"
	"daypass/app/handover"
	"daypass/app/handover/consumers"
)

// minFetcherID is the length of a fetcher's ID in characters, of 32 possible ones each.
const minFetcherID = 26

// Fetch implements Core.
func (a *Engine) Fetch(ctx context.Context, id string, f handover.Fetcher) (handover.Fetched, error) {
	fetched, err := a.fetch(ctx, id, f)
	if errors.Is(err, consumers.ErrUnknown) {
		err = app.ErrNoConsumer
	}
	return fetched, a.handoverError(id, err)
}

func (a *Engine) fetch(ctx context.Context, id string, f handover.Fetcher) (handover.Fetched, error) {
	if len(f.ID) < minFetcherID {
		return handover.Fetched{}, app.ErrNoConsumer
	}
	l, err := a.inspect(ctx, id)
	if err != nil {
		return handover.Fetched{}, err
	}
	if f.Session != "" && l.state.Mark != "" && f.Session != l.state.Mark {
		return handover.Fetched{}, app.ErrNoConsumer
	}
	f.Name = handover.ToolName(f.Name)
	c, err := a.join(ctx, id, f)
	if err != nil {
		return handover.Fetched{}, err
	}
	if c.Paused {
		a.counter.list.Fetched(c.ID, false)
		return handover.Fetched{}, app.ErrPaused
	}
	access, err := a.keysOf(c)
	a.counter.list.Fetched(c.ID, err == nil)
	return handover.Fetched{Access: access, Session: l.state.Mark}, err
}

// join lists a fetcher that is not listed yet, as by an agent that has been started again, and makes the
// limited credentials that it is to get.
func (a *Engine) join(ctx context.Context, id string, f handover.Fetcher) (handover.Consumer, error) {
	if c, err := a.counter.list.Fetcher(id, f.ID); err == nil || errors.Is(err, consumers.ErrRevoked) {
		return c, asUnknown(err)
	}
	if _, err := a.Keys(ctx, id); err != nil {
		a.counter.asked(a, handover.Consumer{Connection: id, Name: f.Name})
		return handover.Consumer{}, err
	}
	c, err := a.counter.list.Join(id, f)
	if err != nil {
		return c, asUnknown(err)
	}
	if c.Scope != nil {
		_, err = a.counter.scoped.begin(ctx, c)
	}
	if err == nil {
		err = a.stillGiven(ctx, c)
	}
	if err != nil {
		a.counter.list.Leave(c.ID)
		a.counter.scoped.drop(c.ID)
	}
	return c, err
}

// asUnknown has a client that was revoked be one that is not there.
func asUnknown(err error) error {
	if errors.Is(err, consumers.ErrRevoked) {
		return consumers.ErrUnknown
	}
	return err
}
