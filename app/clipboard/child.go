package clipboard

import (
	"encoding/json"
	"errors"
	"io"
	"time"
)

// board is the system's clipboard, for one text. All of it is called by one goroutine.
type board interface {
	// put makes text what is on the clipboard.
	put(text string) error
	// clear empties the clipboard where text is still on it, whoever holds it there by now.
	clear() error
	// lost is closed when there is no clipboard any more; nil where that does not happen.
	lost() <-chan struct{}
	// close ends the connection to it.
	close()
}

// Serve is the whole life of the child: it puts one text on the clipboard, says so, and takes it off at
// its time or when in ends.
func Serve(in io.Reader, out io.Writer) error { return serve(in, out, open) }

func serve(in io.Reader, out io.Writer, open func() (board, error)) error {
	lines := json.NewDecoder(in)
	var req request
	if err := lines.Decode(&req); err != nil {
		return errors.New("this command is for the agent's own use")
	}
	b, err := hold(req.Text, open)
	if err := json.NewEncoder(out).Encode(said(err)); err != nil || b == nil {
		return err
	}
	defer b.close()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = io.Copy(io.Discard, in)
	}()
	var after <-chan time.Time
	if req.Clear > 0 {
		after = time.After(time.Duration(req.Clear) * time.Millisecond)
	}
	select {
	case <-b.lost():
		return nil
	case <-after:
	case <-ended:
	}
	return b.clear()
}

func hold(text string, open func() (board, error)) (board, error) {
	if len(text) > MaxSize {
		return nil, errors.New("the text is too long for the clipboard")
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

func said(err error) answer {
	switch {
	case err == nil:
		return answer{}
	case errors.Is(err, ErrNone):
		return answer{None: true}
	}
	return answer{Failure: err.Error()}
}
