package ui

import (
	"errors"
	"strings"

	"daypass/app"
	"daypass/app/buckets"
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
	case errors.Is(err, app.ErrFilesChanged):
		p.Title, p.Detail, p.NextStep = "The file has changed meanwhile", "It is no longer as it was when the change was shown, so nothing was done.", "Look at the change again."
	case errors.Is(err, app.ErrNoKeys):
		p.Title, p.Detail, p.NextStep = "There are no keys to hand out", "Nobody is signed in, or the keys have ended.", "Sign in first."
	case errors.Is(err, app.ErrRenewing):
		p.Title, p.Detail, p.NextStep = "The keys are being renewed", "They have ended, and new ones are on their way.", "Try again in a moment."
	case errors.Is(err, app.ErrPaused):
		p.Title, p.Detail, p.NextStep = "Keys for this are paused", "You paused it in the list of who fetched keys.", "Let it go on there, then try again."
	case errors.Is(err, app.ErrNoConsumer):
		p.Title, p.Detail = "It is no longer in the list", "It was revoked, or its program has ended."
	case errors.Is(err, errNoBrowser):
		p.Detail = "No browser could be opened. Copy the link instead."
	}
	return p
}

// sentence ends a text with one full stop.
func sentence(s string) string { return strings.TrimRight(s, ".") + "." }
