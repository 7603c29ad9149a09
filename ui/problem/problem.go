// Package problem turns errors into what the user is shown: a title, a cause and a next step.
package problem

import (
	"errors"
	"strings"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/preview"
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
		return &app.Problem{
			Code: "agent-gone", Title: "Daypass in the background has stopped",
			Detail:   "This window shows what the background part does, and that part has ended.",
			NextStep: "It is started again by itself. Your sessions come back where they were kept.",
		}
	}
	return &app.Problem{
		Code: "agent-unreachable", Title: "Daypass could not be started",
		Detail:   "The part that keeps your sessions does not answer: " + Sentence(err.Error()),
		NextStep: "Try again. If it stays like this, start “daypass agent” in a terminal and read what it says.",
	}
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
		return &app.Problem{
			Code: "preview-too-costly", Title: "No preview",
			Detail:   "A preview of this object would take too much memory or time.",
			NextStep: "Download the object to look at it.",
		}
	}
	p := &app.Problem{Code: "intent-failed", Title: "That did not work", Detail: Sentence(err.Error())}
	switch {
	case errors.Is(err, app.ErrNoConnection):
		p.Detail = "This connection is no longer there."
	case errors.Is(err, app.ErrNoLink):
		p.Detail = "The sign-in has ended, so there is no link any more. Sign in again."
	case errors.Is(err, app.ErrStopped):
		p.Detail = "Daypass in the background has stopped."
	case errors.Is(err, ErrNoFolder):
		p.Detail = "The folder could not be opened."
	case errors.Is(err, ErrNoBrowser):
		p.Detail = "No browser could be opened. Copy the link instead."
	}
	return p
}

// Sentence returns a text with one full stop at its end.
func Sentence(s string) string { return strings.TrimRight(s, ".") + "." }
