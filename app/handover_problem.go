package app

import (
	"errors"
	"time"
)

// HandoverError is what keeps a tool from being set up, or a program from getting credentials, with its
// problem.
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
	is   error
	code string
}{
	{is: ErrFilesChanged, code: "files-changed"},
	{is: ErrRenewing, code: "renewing"},
	{is: ErrPaused, code: "paused"},
	{is: ErrNoClient, code: "no-consumer"},
	{is: ErrNoCredentials, code: "no-keys"},
	{is: ErrHasPolicy, code: "policy-taken"},
	{is: ErrCannotNarrow, code: "cannot-narrow"},
	{is: ErrPolicyIgnored, code: "policy-ignored"},
	{is: ErrLimitsUnchecked, code: "limits-unchecked"},
}

// HandoverProblem returns the problem for an error of handing credentials to other tools; known is false for one that is not of
// these. Errors that came over the agent's socket are known as well as those of this process.
func HandoverProblem(err error) (p Problem, known bool) {
	for _, e := range handoverProblems {
		if errors.Is(err, e.is) {
			return Problem{Code: e.code, At: time.Now().Round(0)}, true
		}
	}
	return Problem{}, false
}
