package app

import (
	"context"
	"errors"

	"daypass/app/broker/clients"
	"daypass/app/doctor"
	"daypass/app/tools"
)

// Handover is the part of a Core that serves credentials to other tools.
type Handover interface {
	// Tools lists the ways to use the connection's credentials in other tools.
	Tools(ctx context.Context, id string) ([]tools.Tool, error)
	// PreviewTool says what a step would change in the user's files. Nothing is changed.
	PreviewTool(ctx context.Context, id, tool string, step tools.Step) (tools.Change, error)
	// ApplyTool does the step, if it still is the one that was previewed: ErrFilesChanged when not.
	ApplyTool(ctx context.Context, id, tool string, step tools.Step, digest string) error

	// Clients lists who fetched the connection's credentials and when, the latest first.
	Clients(ctx context.Context, id string) ([]clients.Client, error)
	// AddClient adds a client with a token for the local endpoint. The ClientToken holds secrets.
	AddClient(ctx context.Context, id string, n clients.NewClient) (clients.ClientToken, error)
	// AddGateway adds a client with a key pair for the gateway, which opens with the first one. A program with the name and
	// the limits of an earlier one has its pair. The KeyPair holds a secret.
	AddGateway(ctx context.Context, id string, n clients.NewClient) (clients.KeyPair, error)
	// Fetch returns the current credentials for a program with an endpoint of its own. The first call lists it.
	// ErrNoClient once it was revoked, or the sign-in that it began with has ended; ErrPaused while it is
	// paused; otherwise the errors of ToolCredentials.
	Fetch(ctx context.Context, id string, f clients.Fetcher) (clients.IssuedCredentials, error)
	// PauseClient stops issuing credentials to a client until it is called with paused false.
	PauseClient(ctx context.Context, client string, paused bool) error
	// RevokeClient removes a client; its token or key pair is invalid from then on.
	RevokeClient(ctx context.Context, client string) error

	// ToolCredentials returns credentials for a tool. name is the connection's ID, its handle, or its name. It opens no
	// browser and waits for no user: without valid credentials it fails at once, with ErrNoCredentials or,
	// where a renewal is due, ErrRenewing; and the tool is named in Session.Waiting. They have 16 minutes or more left where a renewal
	// within two seconds can provide that.
	ToolCredentials(ctx context.Context, name, tool string) (tools.Access, error)

	// Diagnose looks into the connection and this machine; it reads the claims of the ID token, never shows
	// a token, and takes a second or two.
	Diagnose(ctx context.Context, id string) (doctor.Report, error)
}

// Errors of a Handover.
var (
	ErrFilesChanged = errors.New("the files have changed since the change was shown: look at it again")
	ErrNoTool       = errors.New("there is no such tool, or nothing to set up for it")
	ErrNoClient     = errors.New("there is no such consumer of keys")
	ErrRenewing     = errors.New("the keys have ended and are being renewed: try again in a moment")
	ErrPaused       = errors.New("keys for this tool are paused in Daypass")
	ErrAmbiguous    = errors.New("several connections have this name: use an ID")
)

// ErrPolicyIgnored means that limited credentials turned out to have no limits.
var ErrPolicyIgnored = errors.New("the server ignores the policy that limits credentials: nothing was handed out")

// ErrLimitsUnchecked means that it could not be seen whether limited credentials are limited.
var ErrLimitsUnchecked = errors.New("whether the credentials are limited could not be checked")

// ErrHasPolicy means that the connection's own policy would be lost by limiting its credentials: the
// STS call takes one policy.
var ErrHasPolicy = errors.New("this connection has a policy of its own, which would be lost: its keys cannot be narrowed further")

// ErrCannotNarrow means that the ID token has expired and nothing renews it.
var ErrCannotNarrow = errors.New("narrower keys need a fresh login: sign in again first")
