package app

import (
	"context"

	"daypass/app/session"
	"daypass/auth"
)

// DeviceSignIn is the part of a Core that signs in by a code on another device.
type DeviceSignIn interface {
	// SignInByDevice is SignIn without a browser on this machine: SignInLink is then the address to
	// open anywhere, and Session.UserCode the code to type there. It is a person's choice: a code can
	// be passed on by somebody who wants to be signed in as another.
	SignInByDevice(ctx context.Context, id string) error
}

// SignInByDevice implements Core.
func (a *App) SignInByDevice(_ context.Context, id string) error {
	return a.post(id, session.SignIn{Device: true})
}

// signInByDevice is signIn by a code.
func (j job) signInByDevice(ctx context.Context) session.Event {
	tokens, err := j.parts.login.SignInByDevice(ctx, func(c auth.DeviceCode) {
		ready := session.LinkReady{Attempt: j.attempt, Deadline: c.ExpiresAt, UserCode: c.UserCode}
		j.post(message{link: c.VerificationURI, event: ready})
	})
	return j.signedIn(tokens, err)
}
