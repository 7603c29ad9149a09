package session

// Phase is where a session stands. The words are the field's, and go over the socket and into
// `daypass status --json` as they are.
type Phase string

// The phases.
const (
	// SignedOut: nobody is signed in, and nothing is wrong.
	SignedOut Phase = "signed-out"
	// SigningIn: the browser is open and Daypass waits for the provider's answer.
	SigningIn Phase = "signing-in"
	// Exchanging: the user has signed in, and the ID token is exchanged for credentials.
	Exchanging Phase = "exchanging"
	// Active: there are keys that work.
	Active Phase = "active"
	// Renewing: there are keys that work, and new ones are on their way.
	Renewing Phase = "renewing"
	// NeedsSignIn: only the user can go on. Keys may still live until they expire.
	NeedsSignIn Phase = "needs-sign-in"
	// Expired: the keys have ended; Daypass keeps trying to renew them by itself.
	Expired Phase = "expired"
	// Trouble: signing in failed, and there are no keys.
	SignInFailed Phase = "trouble"
)
