package app

import (
	"context"
)

// DeviceSignIn is the part of a Core that signs in by a code on another device.
type DeviceSignIn interface {
	// SignInByDevice is SignIn without a browser on this machine: SignInLink is then the address to
	// open anywhere, and Session.UserCode the code to type there. It is a user's choice: a code can
	// be passed on by somebody who wants to be signed in as another.
	SignInByDevice(ctx context.Context, id string) error
}
