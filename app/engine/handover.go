package engine

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"

	"daypass/app"
	"daypass/app/handover"
	"daypass/app/handover/authorities"
	"daypass/app/handover/consumers"
	"daypass/app/handover/endpoint"
	"daypass/app/handover/tools"
	"daypass/app/inbox"
	"daypass/app/schedule"
	"daypass/app/session"
)

// counter is where other tools get keys: who fetches them, the endpoint, and who asked in vain.
type counter struct {
	list     *consumers.List
	endpoint *endpoint.Endpoint
	scoped   *scopedKeys
	waiting  *waiting
	// left are the connections that somebody has signed out of, whose credentials are to be removed from other
	// tools' files.
	left *inbox.Inbox[string]
	// program is the daypass that other tools are told to run, places their files.
	program string
	places  tools.Places
	log     *slog.Logger
	// authoritiesDir and grantsDir are as in Options.
	authoritiesDir, grantsDir string
	// files are those of the clients with a token for the endpoint, by client.
	files grantFiles
}

func newCounter(a *Engine, opts Options) *counter {
	c := &counter{
		list: consumers.New(), waiting: a.runner.waiting, left: inbox.New[string](), program: opts.Program, places: opts.Places, log: opts.Log,
		authoritiesDir: opts.AuthoritiesDir, grantsDir: opts.GrantsDir,
	}
	c.scoped = newScopedKeys(a, opts.Log)
	c.sweep()
	c.endpoint = endpoint.New(c.list, a.keysOf, opts.Log)
	a.runner.onSessionEnded = func(id string, signedOut bool) {
		c.forget(id)
		if signedOut {
			c.left.Put(id)
		}
	}
	return c
}

// run works until ctx ends, on what follows from changes of the sessions.
func (c *counter) run(ctx context.Context, a *Engine) {
	defer c.scoped.close()
	defer c.files.closeAll()
	defer c.endpoint.Close()
	before, snapshots := map[string]app.Session{}, a.Watch(ctx)
	for {
		select {
		case <-c.left.Ready():
			c.left.TakeAll()
			c.clearFiles(a)
		case snapshot, open := <-snapshots:
			if !open {
				return
			}
			before = c.follow(a, before, snapshot)
		}
	}
}

// follow does what changes of the sessions ask for, and gives the sessions as they are now.
func (c *counter) follow(a *Engine, before map[string]app.Session, snapshot app.Snapshot) (now map[string]app.Session) {
	now = map[string]app.Session{}
	if len(before) == 0 {
		c.clearFiles(a) // of what an agent that was killed has left
	}
	for _, s := range snapshot.Sessions {
		now[s.ID] = s
		if !s.ExpiresAt.Equal(before[s.ID].ExpiresAt) {
			if err := c.renewFiles(a, s.ID); err != nil {
				c.log.Warn("new keys did not get into mc's file", "error", err)
			}
		}
	}
	for id := range before {
		if _, there := now[id]; !there {
			c.forget(id)
			c.takeOut(a, id)
		}
	}
	return now
}

// forget takes back what was given out of a connection to whoever is no longer signed in to it. The runner
// calls it for each end of a session; whoever follows the snapshots may never see one that was short.
func (c *counter) forget(id string) {
	for _, consumer := range c.list.RevokeAll(id) {
		c.scoped.drop(consumer)
		c.files.close(consumer)
	}
	c.endpoint.CloseUnused()
}

// take takes back what one consumer was given, and reports whether it was there.
func (c *counter) take(consumer string) bool {
	known := c.list.Revoke(consumer) == nil
	c.scoped.drop(consumer)
	c.files.close(consumer)
	c.endpoint.CloseUnused()
	return known
}

// named finds the session that a tool means: by ID, by handle, or by name.
func (a *Engine) named(name string) (app.Session, error) {
	if err := a.running(); err != nil {
		return app.Session{}, err
	}
	found := app.Named(a.store.current().Sessions, name)
	switch len(found) {
	case 0:
		return app.Session{}, app.ErrNoConnection
	case 1:
		return found[0], nil
	}
	return app.Session{}, app.ErrAmbiguous
}

// HandOut implements Core.
func (a *Engine) HandOut(ctx context.Context, name, tool string) (handover.Access, error) {
	s, err := a.named(name)
	if err != nil {
		return handover.Access{}, err
	}
	c := a.counter.list.Command(s.ID, handover.ToolName(tool))
	if c.Paused {
		a.counter.list.Fetched(c.ID, false)
		return handover.Access{}, app.ErrPaused
	}
	a.freshen(ctx, s)
	access, err := a.keysOf(c)
	a.counter.list.Fetched(c.ID, err == nil)
	return access, err
}

// keysOf gives the keys for a consumer, from memory. Who gets none is noted as waiting.
func (a *Engine) keysOf(c handover.Consumer) (handover.Access, error) {
	keys, err := a.Keys(context.Background(), c.Connection)
	if err == nil && c.Scope != nil {
		keys, err = a.counter.scoped.keys(c.ID)
	}
	if errors.Is(err, app.ErrNoKeys) {
		a.counter.asked(a, c)
		if s, there := a.store.current().Session(c.Connection); there && s.Phase == session.Expired {
			err = renewing(s)
		}
	}
	if err != nil {
		return handover.Access{}, err
	}
	return a.access(c.Connection, keys)
}

// renewing is why a session whose keys have expired has no new ones yet.
func renewing(s app.Session) error {
	if s.Problem == nil {
		return app.ErrRenewing
	}
	return &app.HandoverError{Problem: *s.Problem, Err: app.ErrRenewing}
}

// access adds to keys where they are good for.
func (a *Engine) access(id string, keys app.Keys) (handover.Access, error) {
	s, there := a.store.current().Session(id)
	if !there {
		return handover.Access{}, app.ErrNoConnection
	}
	return handover.Access{
		Connection: id, Endpoint: s.Endpoint, STSEndpoint: s.STSEndpoint, Region: s.Region, CAFile: s.CAFile, CABundle: a.counter.bundle(s),
		AccessKeyID: keys.AccessKeyID, SecretAccessKey: keys.SecretAccessKey,
		SessionToken: keys.SessionToken, ExpiresAt: toldEnd(keys.ExpiresAt, now()),
	}, nil
}

// bundle is the file of all authorities to trust for a connection; empty where it needs none, or none can be
// made.
func (c *counter) bundle(s app.Session) string {
	if s.CAFile == "" || c.authoritiesDir == "" {
		return ""
	}
	path, err := authorities.Write(os.Getenv, c.authoritiesDir, s.ID, s.CAFile)
	if err != nil {
		c.log.Warn("tools get the connection's certificate authorities alone", "error", err)
	}
	return path
}

// earlier is how much before the end of keys a tool is told that they end.
const earlier = 30 * time.Second

// toldEnd is the end that a tool is told. Many a tool uses keys to their last second, so that a
// request which it then signs arrives too late; there are new ones long before.
func toldEnd(end, now time.Time) time.Time { return end.Add(-min(earlier, end.Sub(now)/10)) }

func (c *counter) asked(a *Engine, who handover.Consumer) {
	if c.waiting.add(who.Connection, who.Name) {
		a.runner.post(publishAgain{})
	}
}

// freshenPatience is how long a command waits for a renewal that is overdue, as after a suspend.
const freshenPatience = 2 * time.Second

// freshen has keys renewed that are nearer to their end than they need be: below the floor, though
// their life allows more and the last renewal did not fail.
func (a *Engine) freshen(ctx context.Context, s app.Session) {
	short := func(s app.Session) bool {
		return s.Live(now()) && s.ExpiresAt.Sub(now()) < schedule.Floor && s.Granted.Duration() >= 2*schedule.Floor &&
			!s.RenewAt.IsZero() && s.Failures == 0
	}
	if !short(s) || a.RenewNow(ctx, s.ID) != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, freshenPatience)
	defer cancel()
	for snapshot := range a.Watch(ctx) {
		next, there := snapshot.Session(s.ID)
		if !there || next.ExpiresAt.After(s.ExpiresAt) || next.Failures > 0 {
			return
		}
	}
}

// Consumers implements Core.
func (a *Engine) Consumers(_ context.Context, id string) ([]handover.Consumer, error) {
	if err := a.known(id); err != nil {
		return nil, err
	}
	return a.counter.list.Of(id), nil
}

// AddConsumer implements Core.
func (a *Engine) AddConsumer(ctx context.Context, id string, n handover.NewConsumer) (handover.Grant, error) {
	grant, err := a.addConsumer(ctx, id, n)
	return grant, a.handoverError(id, err)
}

func (a *Engine) addConsumer(ctx context.Context, id string, n handover.NewConsumer) (handover.Grant, error) {
	keys, err := a.Keys(ctx, id)
	if err != nil {
		return handover.Grant{}, err
	}
	n.Name = handover.ToolName(n.Name)
	c, token, err := a.counter.list.Add(id, n)
	if err != nil {
		return handover.Grant{}, err
	}
	if n.Scope != nil {
		keys, err = a.counter.scoped.begin(ctx, c)
	}
	if err == nil {
		err = a.stillGiven(ctx, c)
	}
	grant := handover.Grant{Consumer: c.ID, Token: token}
	if err == nil {
		grant.Access, err = a.access(id, keys)
	}
	if err == nil {
		grant.URL, err = a.counter.endpoint.Open()
	}
	if err == nil {
		grant.TokenFile, err = a.counter.writeToken(c.ID, token)
	}
	if err != nil {
		a.counter.take(c.ID)
		return handover.Grant{}, err
	}
	return grant, nil
}

// stillGiven fails where the session ended while a consumer was being added: see runner.reportEndings.
func (a *Engine) stillGiven(ctx context.Context, c handover.Consumer) error {
	if _, err := a.Keys(ctx, c.Connection); err != nil {
		return err
	}
	if !a.counter.list.Has(c.ID) {
		return app.ErrNoKeys
	}
	return nil
}

// PauseConsumer implements Core.
func (a *Engine) PauseConsumer(_ context.Context, consumer string, paused bool) error {
	if a.counter.list.Pause(consumer, paused) != nil {
		return app.ErrNoConsumer
	}
	return nil
}

// RevokeConsumer implements Core.
func (a *Engine) RevokeConsumer(_ context.Context, consumer string) error {
	if !a.counter.take(consumer) {
		return app.ErrNoConsumer
	}
	return nil
}
