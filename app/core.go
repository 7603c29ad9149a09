// Package app is the contract between the agent and its clients: what they may ask, and the one description of
// connections, sessions and transfers that they see. It starts no goroutine and does no I/O.
package app

import (
	"context"
	"errors"
	"time"

	"daypass/app/connection"
)

// Core is all that a window or a command line may ask of Daypass. It has two implementations:
// engine.Engine, in the agent, and agent.Client, over the agent's socket.
//
// The intents (SignIn, CancelSignIn, SignOut, RenewNow) enqueue and return; what becomes of them
// is seen in the snapshots. They fail with ErrNoConnection where there is no such connection and
// with ErrStopped when the core has ended.
type Core interface {
	// Watch returns the current snapshot at once and then the latest one after each change; a slow
	// reader misses those in between. The channel is closed when ctx ends or the core stops.
	Watch(ctx context.Context) <-chan Snapshot

	// SignIn opens the system's browser at the provider of the connection. It is a user's act:
	// nothing in Daypass calls it by itself.
	SignIn(ctx context.Context, id string) error
	// CancelSignIn ends a sign-in that waits. Nothing happens where none does.
	CancelSignIn(ctx context.Context, id string) error
	// AnswerQuestion answers the question with which a sign-in waits, by its ID. ErrNoQuestion where it is not
	// the present one. A yes about hosts is remembered with the connection.
	AnswerQuestion(ctx context.Context, id string, question uint64, yes bool) error
	// SignOut ends the session here and, where they can, at the provider and the server.
	SignOut(ctx context.Context, id string) error
	// RenewNow renews the credentials before their time.
	RenewNow(ctx context.Context, id string) error
	// LimitSession sets when the session ends at the latest: it is then signed out, as by SignOut, though it could be renewed.
	// The zero time removes that. It counts for a sign-in that is under way too, and is nothing where nobody is signed in.
	LimitSession(ctx context.Context, id string, until time.Time) error
	// SignInLink is the link a waiting sign-in opened in the browser. ErrNoLink when none waits.
	SignInLink(ctx context.Context, id string) (string, error)

	// Credentials returns the current credentials. ErrNoCredentials when there are none that work.
	Credentials(ctx context.Context, id string) (Credentials, error)

	// Connection returns the definition of a connection.
	Connection(ctx context.Context, id string) (connection.Definition, error)
	// SaveConnection adds a connection, or replaces the one with the same ID, and returns its ID.
	// An error of the definition is a *connection.FieldError.
	SaveConnection(ctx context.Context, def connection.Definition) (string, error)
	// RemoveConnection signs out and deletes the definition.
	RemoveConnection(ctx context.Context, id string) error

	SettingsStore
	Clipboard
	WindowSlot
	Transfers
	Handover
	DeviceSignIn
}

// Errors of a Core.
var (
	ErrNoConnection  = errors.New("there is no such connection")
	ErrNoLink        = errors.New("no sign-in is waiting for the browser")
	ErrNoCredentials = errors.New("there are no keys that work: sign in first")
	ErrStopped       = errors.New("daypass has stopped")
)
