package engine

import (
	"context"

	"daypass/app/session"
	"daypass/auth"
)

// SignInByDevice implements Core.
func (a *Engine) SignInByDevice(_ context.Context, id string) error {
	return a.post(id, session.SignIn{Device: true})
}

// signInByDevice is signIn by a code.
func (j job) signInByDevice(ctx context.Context) session.Event {
	tokens, err := j.deps.provider.SignInByDevice(ctx, func(c auth.DeviceCode) {
		ready := session.LinkReady{Attempt: j.attempt, Deadline: c.ExpiresAt, UserCode: c.UserCode}
		j.runner.post(handleLink{j.id, c.VerificationURI, ready})
	})
	return j.signedIn(tokens, err)
}
