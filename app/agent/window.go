package agent

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"daypass/app"
)

const (
	pathWindow       = "/v1/window"
	pathWindowRaise  = pathWindow + "/raise"
	pathWindowRaised = pathWindow + "/raised"
)

// wireCall is a line of the stream to the window. The first says that it is the one window; each
// that follows, that it shall come to the front, or that the user has quit.
type wireCall struct {
	Raise bool `json:"raise"`
	Quit  bool `json:"quit,omitempty"`
	// Target is what it shall show.
	Target app.WindowTarget `json:"target,omitzero"`
}

// attendWindow keeps the request open for as long as the window is.
func (s *server) attendWindow(w http.ResponseWriter, r *http.Request) {
	calls, err := s.core.AttendWindow(r.Context())
	if err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	control := http.NewResponseController(w)
	stop := context.AfterFunc(r.Context(), func() { _ = control.SetWriteDeadline(time.Now()) })
	defer stop()
	if !s.attended() {
		return
	}
	defer s.windows.Done()
	lines := json.NewEncoder(w)
	for call := (wireCall{}); ; call.Raise = true {
		if lines.Encode(call) != nil || control.Flush() != nil {
			return
		}
		select {
		case <-s.quitting:
			if lines.Encode(wireCall{Quit: true}) == nil {
				_ = control.Flush()
			}
			return
		case target, open := <-calls:
			if !open {
				return
			}
			call.Target = target
		}
	}
}

// attended counts a window that is to be told when the user quits; false where that has happened.
func (s *server) attended() bool {
	s.leaving.Lock()
	defer s.leaving.Unlock()
	select {
	case <-s.quitting:
		return false
	default:
		s.windows.Add(1)
		return true
	}
}

// command answers a request by one call without parameters that returns only an error.
func command(do func(context.Context) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := do(r.Context()); err != nil {
			fail(w, err)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

func (s *server) raiseWindow(w http.ResponseWriter, r *http.Request) {
	var target app.WindowTarget
	if err := json.NewDecoder(r.Body).Decode(&target); err != nil && !errors.Is(err, io.EOF) {
		refuse(w, http.StatusBadRequest, codeRequest, "the target is not valid JSON")
		return
	}
	command(func(ctx context.Context) error { return s.core.RaiseWindow(ctx, target) })(w, r)
}

// AttendWindow implements app.Core. The channel is also closed when the agent goes away.
func (c *Client) AttendWindow(ctx context.Context) (<-chan app.WindowTarget, error) {
	resp, err := c.send(ctx, http.MethodGet, pathWindow, nil)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		defer resp.Body.Close()
		return nil, answerError(resp)
	}
	calls := make(chan app.WindowTarget, 1)
	go func() {
		defer close(calls)
		defer resp.Body.Close()
		for lines := json.NewDecoder(resp.Body); ; {
			var call wireCall
			if lines.Decode(&call) != nil {
				return
			}
			if call.Quit {
				c.hasQuit.Store(true)
				return
			}
			if call.Raise {
				app.PutTarget(calls, call.Target)
			}
		}
	}()
	return calls, nil
}

// HasQuit implements app.Quitter.
func (c *Client) HasQuit() bool { return c.hasQuit.Load() }

// WindowRaised implements app.Core.
func (c *Client) WindowRaised(ctx context.Context) error {
	_, err := c.do(ctx, http.MethodPost, pathWindowRaised, nil)
	return err
}

// RaiseWindow implements app.Core.
func (c *Client) RaiseWindow(ctx context.Context, target app.WindowTarget) error {
	body, err := json.Marshal(target)
	if err != nil {
		return err
	}
	_, err = c.do(ctx, http.MethodPost, pathWindowRaise, body)
	return err
}
