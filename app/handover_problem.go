package app

import (
	"errors"
	"time"
)

// HandoverError is what keeps a tool from being set up, or a program from getting credentials, in a user's
// words.
type HandoverError struct {
	// Problem holds no secret.
	Problem Problem
	// Err is what happened.
	Err error
}

// Error implements error.
func (e *HandoverError) Error() string { return e.Err.Error() }

// Unwrap returns what happened.
func (e *HandoverError) Unwrap() error { return e.Err }

// handoverProblems is the table of what else can go wrong in issuing credentials to other tools.
var handoverProblems = []struct {
	is                               error
	code, title, detail, next, admin string
}{
	{
		is: ErrFilesChanged, code: "files-changed", title: "The file has changed meanwhile",
		detail: "It is no longer as it was when the change was shown, so nothing was done.", next: "Look at the change again.",
	},
	{
		is: ErrRenewing, code: "renewing", title: "The keys are being renewed",
		detail: "They have ended, and new ones are on their way.", next: "Try again in a moment.",
	},
	{
		is: ErrPaused, code: "paused", title: "Keys for this are paused",
		detail: "You paused it in the list of who fetched keys.", next: "Let it go on there, then try again.",
	},
	{
		is: ErrNoClient, code: "no-consumer", title: "It is no longer in the list",
		detail: "It was revoked, or its program has ended.", next: "Give it keys anew where it still needs some.",
	},
	{
		is: ErrNoCredentials, code: "no-keys", title: "There are no keys to hand out",
		detail: "Nobody is signed in, or the keys have ended.", next: "Sign in first.",
	},
	{
		is: ErrHasPolicy, code: "policy-taken", title: "The keys of this connection cannot be limited further",
		detail: "The connection has a policy of its own, and a call for keys takes one policy: another would take its place and might allow more.",
		next:   "Ask for a connection without a policy, or put the limit into the connection itself.",
	},
	{
		is: ErrCannotNarrow, code: "cannot-narrow", title: "Limited keys need a fresh login",
		detail: "They are had for the login's token, and it has ended; nothing renews it here.", next: "Sign in again first.",
	},
	{
		is: ErrPolicyIgnored, code: "policy-ignored", title: "The server ignores limits",
		detail: "It gave credentials for a limited place, and these could reach beyond it, so they were not handed out.",
		next:   "Use a connection whose own permissions are small enough, or ask your administrator.",
		admin:  "The server, or a proxy in front of it, ignores the Policy parameter of AssumeRoleWithWebIdentity. It must apply it as a session policy.",
	},
	{
		is: ErrLimitsUnchecked, code: "limits-unchecked", title: "The limits could not be checked",
		detail: "Limited credentials are handed out only after the storage server has refused them something outside their limits, and it gave no usable answer.",
		next:   "Check that the storage server can be reached, then try again.",
	},
}

// HandoverProblem returns the words for an error of handing credentials to other tools; known is false for one that is not of
// these. Errors that came over the agent's socket are known as well as those of this process.
func HandoverProblem(err error) (p Problem, known bool) {
	for _, e := range handoverProblems {
		if errors.Is(err, e.is) {
			return Problem{Code: e.code, Title: e.title, Detail: e.detail, NextStep: e.next, Admin: e.admin, At: time.Now().Round(0)}, true
		}
	}
	return Problem{}, false
}
