package engine

import (
	"context"

	"daypass/app"
	"daypass/app/session"
)

// sessionView is what the runner knows of a session, for work beside it.
type sessionView struct {
	job
	state       session.State
	lastRequest *stsRequest
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
