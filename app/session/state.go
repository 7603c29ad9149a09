// Package session is the state machine of one session, a pure function: Step takes a state and an event
// at a moment and returns the next state and the effects to perform. It does no I/O, starts no
// goroutine and never asks for the time.
package session

import (
	"time"

	"daypass/app/credentials"
	"daypass/app/keypairs"
	"daypass/auth"
)

// State is all there is to know of one session. New returns the first one.
type State struct {
	// Phase is derived from the rest after each step.
	Phase Phase
	// Attempt numbers the work started for this session; a result of an older attempt is dropped.
	Attempt uint64
	// Work is what is under way in the current attempt.
	Work Work
	// Tokens are the last ones the provider issued. Zero when nobody is signed in.
	Tokens auth.Tokens
	// Credentials are the last ones the server issued, valid or expired. Nil when there never were any.
	Credentials *Credentials
	// RevokeType distinguishes this session's credentials from all others of the same user, so that signing out here
	// revokes the credentials of no other computer. It is no secret.
	RevokeType string
	// KeyPairs are those for the gateway that were made from this session; nil for none. They end with it.
	KeyPairs *keypairs.Set
	// Began is when the present attempt began.
	Began time.Time
	// EndsAt is when the session ends whatever could renew it, because the user has set that. Zero: never. EndsSoon is true
	// once that is near.
	EndsAt   time.Time
	EndsSoon bool
	// MustSignIn is true once the provider has said that only the user can go on.
	MustSignIn bool
	// RenewAt is when to renew next, or to try again. Zero: never by itself.
	RenewAt time.Time
	// Renewals counts since signing in, Failures since the last success.
	Renewals, Failures int
	// Denials counts the refreshes that the provider has refused one after the other.
	Denials int
	// LinkReady is true while a sign-in waits for its browser, until Deadline.
	LinkReady bool
	// UserCode is to be typed where the link leads, in a sign-in on another device.
	UserCode string
	Deadline time.Time
	// SigningOut is true after a sign-out until provider and server have been told, or could not be.
	SigningOut bool
	// Device is true where the present sign-in is on another device.
	Device bool
	// Question is what the user must answer before the present sign-in goes on, until Deadline.
	Question *Question
	// held are the tokens of a sign-in while the user is asked about them.
	held *GotTokens
	// TokenReused is true while a renewal exchanges a token that an earlier one has already used.
	TokenReused bool
	// Problem is what went wrong last, while it still matters.
	Problem *Problem
}

// New is a session that nobody has signed in to.
func New() State { return State{Phase: SignedOut} }

// Work is the kind of work an attempt does.
type Work string

// The kinds of work.
const (
	Idle             Work = ""
	AskUser          Work = "ask-user"      // a sign-in, until the user has answered a question
	WaitBrowser      Work = "wait-browser"  // a sign-in, until the provider's answer
	ExchangeCode     Work = "exchange-code" // a sign-in, between the answer and the tokens
	FirstCredentials Work = "first-keys"    // exchanging the ID token for the first credentials
	RefreshToken     Work = "refresh-token" // a renewal, at the provider
	NextCredentials  Work = "next-keys"     // a renewal, at the server
)

// Credentials are the credentials of a session and what the server said of them.
type Credentials struct {
	credentials.Credentials
	// IssuedAt is by this machine's clock.
	IssuedAt time.Time
	// RequestedDuration is the lifetime requested, zero when it was left to the server.
	RequestedDuration time.Duration
	// ClockSkew is the server's clock minus ours.
	ClockSkew time.Duration
	// Warnings are codes about these credentials.
	Warnings []string
}

// HasCredentials reports whether there are valid credentials at now.
func (s State) HasCredentials(now time.Time) bool {
	return s.Credentials != nil && now.Before(s.Credentials.ExpiresAt)
}

// CanRenew reports whether new credentials can be had at now without the user: by the refresh token,
// or by an ID token that outlives the credentials.
func (s State) CanRenew(now time.Time) bool {
	return !s.MustSignIn && (s.canRefresh() || s.canExchange(now))
}

// canRefresh reports whether a refresh can bring a token to exchange.
func (s State) canRefresh() bool {
	return !s.Tokens.RefreshToken.IsZero() && !s.Tokens.NoIDTokenOnRefresh
}

// exchangeMargin is the remaining lifetime that a token must have to be worth sending.
const exchangeMargin = 5 * time.Second

// canExchange reports whether the token at hand can be exchanged again for credentials that expire later than the current ones.
func (s State) canExchange(now time.Time) bool {
	end := s.Tokens.WebIdentityExpiry
	return !s.Tokens.WebIdentity.IsZero() && end.After(now.Add(exchangeMargin)) &&
		(s.Credentials == nil || end.After(s.Credentials.ExpiresAt))
}

// NextWake is the next moment at which time alone changes the session. Zero: none.
func (s State) NextWake(now time.Time) time.Time {
	var next time.Time
	consider := func(t time.Time) {
		if !t.IsZero() && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	if s.Work == Idle {
		consider(s.RenewAt)
	}
	if s.Work == AskUser {
		consider(s.Deadline)
	}
	if s.HasCredentials(now) {
		consider(s.Credentials.ExpiresAt)
	}
	consider(s.reminderAt())
	consider(s.EndsAt)
	return next
}

// phase derives the phase from the rest.
func (s State) phase(now time.Time) Phase {
	switch s.Work {
	case WaitBrowser, AskUser:
		return SigningIn
	case ExchangeCode, FirstCredentials:
		return Exchanging
	case RefreshToken, NextCredentials:
		if s.HasCredentials(now) {
			return Renewing
		}
		if s.Credentials == nil {
			return Exchanging
		}
		return Expired
	}
	return s.restingPhase(now)
}

func (s State) restingPhase(now time.Time) Phase {
	switch {
	case s.MustSignIn:
		return NeedsSignIn
	case s.HasCredentials(now):
		return Active
	case s.Credentials != nil:
		return Expired
	case s.Problem != nil && !isFarewell(s.Problem):
		return SignInFailed
	}
	return SignedOut
}
