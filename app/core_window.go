package app

import (
	"context"
	"errors"
)

// WindowSlot is the part of Core that knows whether a window is open, so that there is one.
type WindowSlot interface {
	// AttendWindow makes the caller the one window. Each value that comes asks it to come to the
	// front and show something, which it confirms with WindowRaised; the channel is closed when ctx ends, the
	// core stops or another window takes over. Where a window is open already and answers, that one is brought to
	// the front and AttendWindow fails with ErrWindowOpen.
	AttendWindow(ctx context.Context) (<-chan WindowTarget, error)
	// WindowRaised confirms that the window has come to the front.
	WindowRaised(ctx context.Context) error
	// RaiseWindow brings the window to the front and has it show a target; of several that come at the same time, the
	// last. ErrNoWindow when none is open, or the one that is does not answer within two seconds: the caller may then
	// open another.
	RaiseWindow(ctx context.Context, target WindowTarget) error
}

// WindowTarget is what a window is asked to show. The zero value is the window as it is.
type WindowTarget struct {
	// Import is a link to a connection, or the absolute path of a file with one. It is shown for review and nothing else.
	Import string `json:"import,omitempty"`
	// Connection is the ID of a connection, and Location where in its storage, as an s3:// URL; empty for where the user
	// was last.
	Connection string `json:"connection,omitempty"`
	Location   string `json:"location,omitempty"`
}

// PutTarget puts a target into a channel of one slot that nobody else sends to: to be asked twice is to be asked, and
// of several targets the last counts.
func PutTarget(calls chan WindowTarget, t WindowTarget) {
	select {
	case calls <- t:
		return
	default:
	}
	if t == (WindowTarget{}) {
		return
	}
	select {
	case <-calls:
	default:
	}
	calls <- t
}

// Quitter is a Core in another process, which ends for all its clients when the user quits Daypass.
type Quitter interface {
	// Quit ends Daypass: the agent and its window. It returns when the agent has ended.
	Quit(ctx context.Context) error
	// HasQuit reports whether the agent said to the window that the user has quit. It says so before
	// AttendWindow's channel is closed; an agent that has crashed or makes way for another says nothing.
	HasQuit() bool
}

// Errors of a WindowSlot.
var (
	ErrNoWindow   = errors.New("no Daypass window is open")
	ErrWindowOpen = errors.New("a Daypass window is open already")
)
