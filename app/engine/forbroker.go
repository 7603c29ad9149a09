package engine

import (
	"context"
	"errors"

	"daypass/app"
	"daypass/app/broker"
	"daypass/app/connection"
	"daypass/app/failure"
	"daypass/app/limits"
	"daypass/stsclient"
)

// brokerSessions are the sessions as the broker sees them.
type brokerSessions struct{ *Engine }

var _ broker.Sessions = brokerSessions{}

// Snapshot implements broker.Sessions.
func (b brokerSessions) Snapshot() (app.Snapshot, error) { return b.store.current(), b.running() }

// SignInID implements broker.Sessions.
func (b brokerSessions) SignInID(ctx context.Context, id string) (string, error) {
	view, err := b.inspect(ctx, id)
	return view.state.RevokeType, err
}

// Limited implements broker.Sessions.
func (b brokerSessions) Limited(ctx context.Context, id string, scope limits.Scope) (broker.Limited, error) {
	view, err := b.inspect(ctx, id)
	if err != nil {
		return broker.Limited{}, err
	}
	if !view.state.HasCredentials(now()) || view.deps.sts == nil {
		return broker.Limited{}, app.ErrNoCredentials
	}
	return view.limited(ctx, view.state.Tokens, scope)
}

// NoteWaiting implements broker.Sessions.
func (b brokerSessions) NoteWaiting(id, client string) {
	if b.runner.waiting.add(id, client) {
		b.runner.post(publishAgain{})
	}
}

// KeyPairsChanged implements broker.Sessions.
func (b brokerSessions) KeyPairsChanged(id string) { b.runner.post(storeKeyPairs{id}) }

// ShowProblem implements broker.Sessions.
func (b brokerSessions) ShowProblem(p app.Problem) { b.runner.post(setProblem{p}) }

// Explain implements broker.Sessions: what the storage server answers to a call with a policy, and all the rest.
func (b brokerSessions) Explain(id string, err error) app.Problem {
	_, refused := errors.AsType[*stsclient.Error](err)
	_, outside := errors.AsType[*stsclient.LimitError](err)
	if !refused && !outside {
		return failure.Unexpected(err)
	}
	var def connection.Definition
	if saved, missing := b.files.Get(id); missing == nil {
		def = saved
	}
	p := failure.Of(err, def).Problem
	if outside {
		p.Variant = "requested"
	}
	return p
}
