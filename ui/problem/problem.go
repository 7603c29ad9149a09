// Package problem turns errors into what the user is shown: a title, a cause and a next step.
package problem

import (
	"errors"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/preview"
	"daypass/app/messages"
	"daypass/app/session"
)

// Errors of the window itself.
var (
	// ErrAgentGone is for an agent that has stopped answering.
	ErrAgentGone = errors.New("the agent has gone")
	// ErrNoFolder is for a folder that no file manager could be opened for.
	ErrNoFolder = errors.New("the folder could not be opened")
	// ErrNoProgram is for a file that no program could be started for.
	ErrNoProgram = errors.New("no program could be started for this file")
	// ErrNoBrowser is for a system that opens no browser.
	ErrNoBrowser = errors.New("no browser could be opened")
)

// OfAgent returns why there is no agent.
func OfAgent(err error) *app.Problem {
	if errors.Is(err, ErrAgentGone) {
		return &app.Problem{Code: "agent-gone"}
	}
	return &app.Problem{Code: "agent-unreachable", Reasons: session.ReasonsOf(err)}
}

// failures are the errors that have texts of their own, by the variant of the problem.
var failures = []struct {
	is      error
	variant string
}{
	{app.ErrNoConnection, "no-connection"},
	{app.ErrNoLink, "no-link"},
	{app.ErrStopped, "stopped"},
	{ErrNoFolder, "no-folder"},
	{ErrNoProgram, "no-program"},
	{ErrNoBrowser, "no-browser"},
}

// Of returns why what the user asked for failed.
func Of(err error) *app.Problem {
	if e, ok := errors.AsType[*buckets.Error](err); ok {
		problem := e.Problem
		return &problem
	}
	if e, ok := errors.AsType[*app.HandoverError](err); ok {
		problem := e.Problem
		return &problem
	}
	if p, known := app.HandoverProblem(err); known {
		return &p
	}
	if errors.Is(err, preview.ErrTooCostly) {
		return &app.Problem{Code: "preview-too-costly"}
	}
	for _, f := range failures {
		if errors.Is(err, f.is) {
			return &app.Problem{Code: "intent-failed", Variant: f.variant}
		}
	}
	return &app.Problem{Code: "intent-failed", Reasons: session.ReasonsOf(err)}
}

// Text returns what an error says of itself, in sentences in the language of this process.
func Text(err error) string { return messages.Current().Sentences(session.ReasonsOf(err)) }
