package clipboard

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// fakeBoard is a clipboard that writes down what becomes of it.
type fakeBoard struct {
	text   atomic.Value
	busy   atomic.Bool // another program has it open
	closed bool
	gone   chan struct{}
}

func (b *fakeBoard) put(text string) error { b.text.Store(text); return nil }
func (b *fakeBoard) clear() error {
	if b.busy.Load() {
		return errBusy
	}
	b.text.Store("")
	return nil
}
func (b *fakeBoard) lost() <-chan struct{} { return b.gone }
func (b *fakeBoard) close()                { b.closed = true }

var errBusy = errors.New("busy")

// holding runs f while a child holds "key" on the clipboard.
func holding(t *testing.T, request string, f func(b *fakeBoard, agent io.Closer)) {
	t.Helper()
	holdingTo(t, request, nil, f)
}

// holdingTo is holding of a child that ends with an error.
func holdingTo(t *testing.T, request string, want error, f func(b *fakeBoard, agent io.Closer)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		in, agent := io.Pipe()
		b := &fakeBoard{gone: make(chan struct{})}
		var out bytes.Buffer
		ended := make(chan error, 1)
		go func() { ended <- serve(in, &out, func() (board, error) { return b, nil }) }()
		if _, err := agent.Write([]byte(request + "\n")); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if b.text.Load() != "key" || out.String() != "{}\n" {
			t.Errorf("on the clipboard: %q, said: %s", b.text.Load(), &out)
		}
		f(b, agent)
		synctest.Wait()
		if err := <-ended; !errors.Is(err, want) || !b.closed {
			t.Errorf("ended with %v, closed: %v", err, b.closed)
		}
		_ = agent.Close()
	})
}

// A secret is cleared from the clipboard after its timeout.
func TestRule31_clearsAfterTimeout(t *testing.T) {
	holding(t, `{"text":"key","clear_ms":45000}`, func(b *fakeBoard, _ io.Closer) {
		time.Sleep(44 * time.Second)
		synctest.Wait()
		if b.text.Load() != "key" {
			t.Error("it went early")
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if b.text.Load() != "" {
			t.Error("it is still there")
		}
	})
}

// A secret is cleared from the clipboard when the agent ends.
func TestRule31_clearsWhenAgentEnds(t *testing.T) {
	for _, request := range []string{`{"text":"key","clear_ms":45000}`, `{"text":"key"}`} {
		holding(t, request, func(b *fakeBoard, agent io.Closer) {
			_ = agent.Close()
			synctest.Wait()
			if b.text.Load() != "" {
				t.Error("it is still there")
			}
		})
	}
}

// A busy clipboard is tried again until the secret is cleared.
func TestRule31_retriesBusyClipboard(t *testing.T) {
	holding(t, `{"text":"key","clear_ms":45000}`, func(b *fakeBoard, _ io.Closer) {
		b.busy.Store(true)
		time.Sleep(time.Hour)
		b.busy.Store(false)
		time.Sleep(clearPause)
		synctest.Wait()
		if b.text.Load() != "" {
			t.Error("it is still there")
		}
	})
	holding(t, `{"text":"key"}`, func(b *fakeBoard, agent io.Closer) {
		b.busy.Store(true)
		_ = agent.Close()
		time.Sleep(exitTimeout / 2)
		b.busy.Store(false)
		time.Sleep(clearPause)
		synctest.Wait()
		if b.text.Load() != "" {
			t.Error("it is still there")
		}
	})
}

// The child does not outlive the agent by much.
func TestServe_endsSoonAfterAgent(t *testing.T) {
	holdingTo(t, `{"text":"key","clear_ms":1000}`, errBusy, func(b *fakeBoard, agent io.Closer) {
		b.busy.Store(true)
		time.Sleep(time.Minute)
		_ = agent.Close()
		time.Sleep(exitTimeout)
	})
}

// A secret is cleared though nobody reads the answer.
func TestRule31_clearsWithoutReaderOfAnswer(t *testing.T) {
	b := &fakeBoard{}
	in := strings.NewReader(`{"text":"key","clear_ms":45000}` + "\n")
	if err := serve(in, brokenPipe{}, func() (board, error) { return b, nil }); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("ended with %v", err)
	}
	if b.text.Load() != "" || !b.closed {
		t.Errorf("%q is still there, closed: %v", b.text.Load(), b.closed)
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// The child ends with the display.
func TestServe_endsWithDisplay(t *testing.T) {
	holding(t, `{"text":"key"}`, func(b *fakeBoard, _ io.Closer) { close(b.gone) })
}

// Text that is too long is refused.
func TestServe_refusesLongText(t *testing.T) {
	var out bytes.Buffer
	request := strings.NewReader(`{"text":"` + strings.Repeat("x", MaxSize+1) + `"}`)
	err := serve(request, &out, func() (board, error) { t.Error("the clipboard was opened"); return nil, ErrNone })
	if err != nil || !strings.Contains(out.String(), "too long") {
		t.Errorf("%v, %s", err, &out)
	}
}
