// Package clipboard puts a secret on the user's clipboard, keeps it out of the histories of
// clipboards where it can, and takes it off again after a set time and at the end.
//
// On X11 and Wayland what is on the clipboard is a promise of a running program. The agent makes it
// in a child process, which ends with it: connections to displays can hang, and are of no use to the
// agent otherwise.
package clipboard

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"daypass/app/messages"
	"daypass/auth/secret"
)

// MaxSize is the length in bytes of the longest text that is taken.
const MaxSize = 64 << 10

// ErrNone means that there is no clipboard here that a program without a window can use.
var ErrNone = errors.New("this desktop has no clipboard that Daypass can use without a window")

// startTimeout is how long a child may take to put the text on the clipboard, endTimeout to take it off
// where no other program prevents that for long.
const (
	startTimeout = 5 * time.Second
	endTimeout   = 6 * time.Second
)

// Process is the clipboard in a child process. It holds one secret at a time.
type Process struct {
	// Command is the program and its arguments that run Serve.
	Command []string

	mu   sync.Mutex
	held *child
}

// child is a process that has a secret on the clipboard. It takes it off when its stdin ends.
type child struct {
	stdin io.Closer
	ended chan struct{}
	kill  func()
}

// request is what the child reads, a line of JSON, and answer what it writes once the text is there.
type (
	request struct {
		Text string `json:"text"`
		// Clear is after how many milliseconds the text is taken off; zero: at the end of the stdin.
		Clear int64 `json:"clear_ms"`
	}
	answer struct {
		// Failure is an error in English, Text its words by their ID, and Cause what another program said.
		Failure string           `json:"failure,omitempty"`
		Text    messages.Message `json:"text,omitzero"`
		Cause   string           `json:"cause,omitempty"`
		None    bool             `json:"none,omitempty"`
	}
)

// Put puts text on the clipboard in place of what was put there before, until it has been there for
// as long as after says, or, where that is zero, until Close. It returns when the text is there.
func (p *Process) Put(ctx context.Context, text secret.Secret, after time.Duration) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.take()
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	held, err := p.start(ctx, request{Text: text.Reveal(), Clear: after.Milliseconds()})
	p.held = held
	switch {
	case err == nil, errors.Is(err, ErrNone):
		return err
	case errors.Is(err, context.DeadlineExceeded):
		err = messages.NewError(err, "agent.clipboard.silent")
	}
	return messages.NewError(err, "agent.clipboard.failed")
}

// Close takes what is there off the clipboard.
func (p *Process) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.take()
}

// take ends the child, which takes its text off the clipboard. One that is prevented goes on alone.
func (p *Process) take() {
	if p.held != nil {
		p.held.end()
	}
	p.held = nil
}

// end has the child clear the clipboard, and reports whether it has ended.
func (c *child) end() bool {
	_ = c.stdin.Close()
	select {
	case <-c.ended:
		return true
	case <-time.After(endTimeout):
		return false
	}
}

// giveUp ends a child whose answer was not taken. It may have put its text on the clipboard all the same.
func (c *child) giveUp(done <-chan error) {
	if c.end() {
		return
	}
	select {
	case err := <-done:
		if err == nil {
			return // it goes on alone, as above
		}
	default:
	}
	c.kill()
}

// start starts a child and waits for its answer. With an error it returns a child that is about to end, if any.
func (p *Process) start(ctx context.Context, req request) (*child, error) {
	cmd := exec.Command(p.Command[0], p.Command[1:]...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1") // it mostly waits
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	c := &child{stdin: stdin, ended: make(chan struct{}), kill: func() { _ = cmd.Process.Kill() }}
	done := make(chan error, 1)
	go func() {
		done <- ask(stdin, stdout, req)
		_ = cmd.Wait()
		close(c.ended)
	}()
	select {
	case err = <-done:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil {
		go c.giveUp(done)
	}
	return c, err
}

// ask sends req to the child, and returns its answer.
func ask(stdin io.Writer, stdout io.Reader, req request) error {
	if err := json.NewEncoder(stdin).Encode(req); err != nil {
		return err
	}
	var a answer
	if err := json.NewDecoder(stdout).Decode(&a); err != nil {
		return messages.NewError(nil, "agent.clipboard.silent")
	}
	return a.err()
}

// err returns what errorAnswer was made of; nil for a text that is on the clipboard.
func (a answer) err() error {
	switch {
	case a.None:
		return ErrNone
	case a.Failure == "":
		return nil
	case !messages.Has(a.Text.ID):
		return errors.New(a.Failure)
	}
	failed := &messages.Error{Text: a.Text}
	if a.Cause != "" {
		failed.Err = errors.New(a.Cause)
	}
	return failed
}
