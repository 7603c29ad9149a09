package session

import (
	"time"

	"daypass/app/keypairs"
	"daypass/auth"
	"daypass/auth/secret"
)

// Event is something that happened: a user's wish, a result of an effect, or the passing of time.
type Event interface{ event() }

// The wishes of a user.
type (
	// SignIn starts a sign-in: in the browser, or on another device by a code.
	SignIn struct{ Device bool }
	// Cancel ends a sign-in that waits.
	Cancel struct{}
	// SignOut ends the session. Because says why, where the user has not asked for it; nil otherwise.
	SignOut struct{ Because *Problem }
	// Answer is the answer to the question of the same attempt.
	Answer struct {
		Attempt uint64
		Yes     bool
	}
	// Limit sets when the session ends at the latest; the zero time removes that.
	Limit struct{ Until time.Time }
	// Renew renews before its time; credentials that are seconds old are new enough.
	Renew struct{}
)

// The results, each with the attempt it belongs to.
type (
	// LinkReady: the sign-in link is known, and the browser was asked to open it; with a UserCode it
	// is for another device.
	LinkReady struct {
		Attempt  uint64
		Deadline time.Time
		UserCode string
	}
	// NeedsAnswer: the sign-in cannot go on before the user has answered a question.
	NeedsAnswer struct {
		Attempt  uint64
		Question Question
		Deadline time.Time
	}
	// Answered: the browser came back with the right answer.
	Answered struct{ Attempt uint64 }
	// GotTokens: the provider issued tokens, on a sign-in or on a refresh.
	GotTokens struct {
		Attempt uint64
		Tokens  auth.Tokens
		// RevokeType is a new session's; see State.RevokeType. It is used after a sign-in alone.
		RevokeType string
	}
	// GotCredentials: the server issued credentials.
	GotCredentials struct {
		Attempt     uint64
		Credentials Credentials
	}
	// Failed: the work of the attempt came to nothing.
	Failed struct {
		Attempt uint64
		Failure Failure
	}
	// Rotated: the provider replaced the refresh token Spent. It belongs to the session that had
	// that one and not to an attempt, since Spent is of no use whatever becomes of the attempt.
	Rotated struct{ Spent, RefreshToken secret.Secret }
	// SignedOutRemotely: provider and server were told, or the disk was wiped. Problem is nil when all
	// went well.
	SignedOutRemotely struct {
		Attempt uint64
		// Revoked is true where it was at provider and server.
		Revoked bool
		Problem *Problem
	}
)

// KeyPairsChanged has the key pairs for the gateway that were made from the session; nil for none.
type KeyPairsChanged struct{ Set *keypairs.Set }

// Woke: time has passed. Back is true when the clock was set back, which makes every expiry known
// so far doubtful.
type Woke struct{ Back bool }

// Restored: the session as it was stored when the program ended, or was killed. Doubtful is true
// when the clock has been set back in the meantime.
type Restored struct {
	Record
	Doubtful bool
}

func (SignIn) event()            {}
func (Cancel) event()            {}
func (SignOut) event()           {}
func (Renew) event()             {}
func (Limit) event()             {}
func (Answer) event()            {}
func (NeedsAnswer) event()       {}
func (LinkReady) event()         {}
func (Answered) event()          {}
func (GotTokens) event()         {}
func (GotCredentials) event()    {}
func (Failed) event()            {}
func (Rotated) event()           {}
func (KeyPairsChanged) event()   {}
func (SignedOutRemotely) event() {}
func (Woke) event()              {}
func (Restored) event()          {}

// Failure is a failed attempt: what it means for the session, and the words for the user.
type Failure struct {
	Class   Class
	Problem Problem
	// TokenWorks is true where the refresh token is accepted though it is of no use: it is kept to be
	// revoked at sign-out.
	TokenWorks bool
	// RetryAfter is how long the other side asked to wait; zero when it did not say.
	RetryAfter time.Duration
	// NotSent is true where the request went no further than this computer: trying again is no load on anybody.
	NotSent bool
}

// Class says what a failure means for the session.
type Class string

// The classes.
const (
	// Transient: the same request may succeed later; everything is kept.
	Transient Class = "transient"
	// Refused: the same request will be refused again until somebody changes something.
	Refused Class = "refused"
	// SignInAgain: the provider will issue no more tokens without the user.
	SignInAgain Class = "sign-in-again"
	// RenewalRefused: the provider refused a refresh and does not say that the refresh token has ended. It is
	// Refused once, and SignInAgain the second time.
	RenewalRefused Class = "renewal-refused"
	// RenewalDoubted: the provider, or somebody in between, refused a refresh without a reason. It is Transient a few
	// times, and then SignInAgain.
	RenewalDoubted Class = "renewal-doubted"
	// Disturbed: somebody else than the server may have answered. It is Refused where nothing has
	// worked yet, and Transient for a renewal.
	Disturbed Class = "disturbed"
	// WrongUser: the provider now names somebody else; the session must end.
	WrongUser Class = "wrong-user"
	// Canceled: the user, or Daypass itself, ended the attempt.
	Canceled Class = "cancelled"
)

// Effect is work for the runner. Each is performed in a goroutine of its own, and its result comes
// back as an event with the same attempt.
type Effect interface{ effect() }

// The effects.
type (
	// OpenBrowser signs in, on another device where Device says so: results LinkReady, Answered,
	// GotTokens, Asked or Failed.
	OpenBrowser struct {
		Attempt uint64
		Device  bool
	}
	// Refresh asks the provider for new tokens: results GotTokens or Failed.
	Refresh struct {
		Attempt uint64
		Tokens  auth.Tokens
	}
	// Exchange asks the server for credentials: results GotCredentials or Failed. Where the tokens are of a new sign-in,
	// they are the ones to refresh from now on.
	Exchange struct {
		Attempt   uint64
		Tokens    auth.Tokens
		NewSignIn bool
	}
	// Abort ends the work of an attempt; nothing is expected back.
	Abort struct{ Attempt uint64 }
	// Revoke revokes a refresh token at the provider, and credentials at the server:
	// result SignedOutRemotely. Either may be missing.
	Revoke struct {
		Attempt      uint64
		RefreshToken secret.Secret
		Credentials  *Credentials
	}
	// Persist stores what must outlive the agent, or removes what is stored where Record is zero. Ask is true
	// where the user has just signed in, and may be asked to unlock a keyring. Result SignedOutRemotely where
	// a removal failed.
	Persist struct {
		Attempt uint64
		Record  Record
		Ask     bool
	}
	// Ended means that the session of a user has ended, by signing out or because another user has signed in:
	// what was issued from it is to be revoked. No result.
	Ended struct{ SignedOut bool }
)

func (OpenBrowser) effect() {}
func (Refresh) effect()     {}
func (Exchange) effect()    {}
func (Abort) effect()       {}
func (Revoke) effect()      {}
func (Persist) effect()     {}
func (Ended) effect()       {}

// Codes of the problems that the session itself finds.
const (
	CodeSessionEnded      = "session-ended"
	CodeAlreadyExpired    = "keys-already-ended"
	CodeSignOutIncomplete = "sign-out-incomplete"
	// CodeConnectionChanged: the connection was changed so that what the session held was no longer of use.
	CodeConnectionChanged = "connection-changed"
	// CodeTimeLimit: the session has ended at the time that the user had set.
	CodeTimeLimit = "time-limit"
)
