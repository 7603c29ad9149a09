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
	// Active: there are valid credentials.
	Active Phase = "active"
	// Renewing: there are valid credentials, and new ones are requested.
	Renewing Phase = "renewing"
	// NeedsSignIn: only the user can go on. Credentials may still be valid until they expire.
	NeedsSignIn Phase = "needs-sign-in"
	// Expired: the credentials have expired; Daypass retries to renew them by itself.
	Expired Phase = "expired"
	// SignInFailed: signing in failed, and there are no credentials.
	SignInFailed Phase = "trouble"
)
