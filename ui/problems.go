package ui

import (
	"errors"
	"strings"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/preview"
)

var (
	errAgentGone = errors.New("the agent has gone")
	errNoFolder  = errors.New("the folder could not be opened")
	errNoProgram = errors.New("no program could be started for this file")
)

// agentProblem says that there is no agent, in a person's words.
func agentProblem(err error) *app.Problem {
	if errors.Is(err, errAgentGone) {
		return &app.Problem{
			Code: "agent-gone", Title: "Daypass in the background has stopped",
			Detail:   "This window shows what the background part does, and that part has ended.",
			NextStep: "It is started again by itself. Your sessions come back where they were kept.",
		}
	}
	return &app.Problem{
		Code: "agent-unreachable", Title: "Daypass could not be started",
		Detail:   "The part that keeps your sessions does not answer: " + sentence(err.Error()),
		NextStep: "Try again. If it stays like this, start “daypass agent” in a terminal and read what it says.",
	}
}

// intentProblem says that what a person asked for came to nothing.
func intentProblem(err error) *app.Problem {
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
	p := &app.Problem{Code: "intent-failed", Title: "That did not work", Detail: sentence(err.Error())}
	switch {
	case errors.Is(err, app.ErrNoConnection):
		p.Detail = "This connection is no longer there."
	case errors.Is(err, app.ErrNoLink):
		p.Detail = "The sign-in has ended, so there is no link any more. Sign in again."
	case errors.Is(err, app.ErrStopped):
		p.Detail = "Daypass in the background has stopped."
	case errors.Is(err, errNoFolder):
		p.Detail = "The folder could not be opened."
	case errors.Is(err, errNoBrowser):
		p.Detail = "No browser could be opened. Copy the link instead."
	}
	return p
}

// sentence ends a text with one full stop.
func sentence(s string) string { return strings.TrimRight(s, ".") + "." }
