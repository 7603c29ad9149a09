package clipboard

import (
	"encoding/json"
	"errors"
	"io"
	"os/signal"
	"syscall"
	"time"

	"daypass/app/messages"
)

// board is the system's clipboard, for one text. All of it is called by one goroutine.
type board interface {
	// put makes text what is on the clipboard.
	put(text string) error
	// clear empties the clipboard where text is still on it, no matter who holds it there by now.
	clear() error
	// lost is closed when there is no clipboard any more; nil where that does not happen.
	lost() <-chan struct{}
	// close ends the connection to it.
	close()
}

// Serve is what the child runs: it puts one text on the clipboard, says so, and clears it at
// its time or when in ends.
func Serve(in io.Reader, out io.Writer) error {
	signal.Ignore(syscall.SIGPIPE) // an agent that has ended does not take the answer
	return serve(in, out, open)
}

func serve(in io.Reader, out io.Writer, open func() (board, error)) error {
	lines := json.NewDecoder(in)
	var req request
	if err := lines.Decode(&req); err != nil {
		return errors.New("this command is for the agent's own use")
	}
	b, err := hold(req.Text, open)
	untold := json.NewEncoder(out).Encode(errorAnswer(err))
	if b == nil {
		return untold
	}
	defer b.close()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = io.Copy(io.Discard, in)
	}()
	if untold == nil && !keep(b, req, ended) {
		return nil
	}
	return errors.Join(untold, empty(b, ended))
}

// keep waits until the time of what is on b is over. It is false where b is lost.
func keep(b board, req request, ended <-chan struct{}) bool {
	var after <-chan time.Time
	if req.Clear > 0 {
		after = time.After(time.Duration(req.Clear) * time.Millisecond)
	}
	select {
	case <-b.lost():
		return false
	case <-after:
	case <-ended:
	}
	return true
}

// clearPause is between two attempts to clear the clipboard, exitTimeout how long it is tried
// once the agent has ended.
const (
	clearPause  = time.Second
	exitTimeout = time.Minute
)

// errBroughtBack means that there is no use in trying once more.
var errBroughtBack = errors.New("another program brings the text back to the clipboard")

// empty clears b, which another program may have open for longer.
func empty(b board, ended <-chan struct{}) error {
	var over <-chan time.Time
	for {
		err := b.clear()
		if err == nil || errors.Is(err, errBroughtBack) {
			return err
		}
		select {
		case <-b.lost():
			return nil
		case <-ended:
			ended, over = nil, time.After(exitTimeout)
		case <-over:
			return err
		case <-time.After(clearPause):
		}
	}
}

func hold(text string, open func() (board, error)) (board, error) {
	if len(text) > MaxSize {
		return nil, messages.NewError(nil, "agent.clipboard.too-long")
	}
	b, err := open()
	if err != nil {
		return nil, err
	}
	if err := b.put(text); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func errorAnswer(err error) answer {
	switch {
	case err == nil:
		return answer{}
	case errors.Is(err, ErrNone):
		return answer{None: true}
	}
	a := answer{Failure: err.Error()}
	if known, ok := errors.AsType[*messages.Error](err); ok {
		a.Text = known.Text
		if known.Err != nil {
			a.Cause = known.Err.Error()
		}
	}
	return a
}
