package clipboard

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"daypass/app/messages"
	"daypass/auth/secret"
)

// roleVariable makes this test program a child of its own.
const roleVariable = "CLIPBOARD_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "":
		os.Exit(m.Run())
	case "real":
		if Serve(os.Stdin, os.Stdout) != nil {
			os.Exit(1)
		}
	case "silent":
		time.Sleep(time.Minute)
	case "slow", "late":
		slow(os.Getenv(roleVariable) == "slow")
	case "mad":
		_, _ = os.Stdout.WriteString("hello\n")
	}
}

// offVariable names a file that a slow child makes once it has taken its text off the clipboard.
const offVariable = "CLIPBOARD_TEST_OFF"

// slow is a child that takes its time to take its text off, with an answer before or without.
func slow(answers bool) {
	if answers {
		_, _ = os.Stdout.WriteString("{}\n")
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
	time.Sleep(1500 * time.Millisecond)
	_ = os.WriteFile(os.Getenv(offVariable), nil, 0o600)
}

// process is a Process whose child has the role.
func process(t *testing.T, role string) *Process {
	t.Helper()
	t.Setenv(roleVariable, role)
	p := &Process{Command: []string{os.Args[0]}}
	t.Cleanup(p.Close)
	return p
}

// Without a display there is no clipboard.
func TestProcess_noDisplay(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	if err := process(t, "real").Put(t.Context(), secret.New("key"), time.Minute); !errors.Is(err, ErrNone) {
		t.Errorf("said %v", err)
	}
}

// A display that cannot be reached is reported.
func TestProcess_missingDisplay(t *testing.T) {
	t.Setenv("DISPLAY", ":65000")
	t.Setenv("WAYLAND_DISPLAY", t.TempDir()+"/none")
	err := process(t, "real").Put(t.Context(), secret.New("key"), time.Minute)
	var ids []string
	for e := new(messages.Error); errors.As(err, &e); err = e.Err {
		ids = append(ids, e.Text.ID)
	}
	if !slices.Equal(ids, []string{"agent.clipboard.failed", "agent.clipboard.display"}) || err == nil {
		t.Errorf("texts %q, caused by %v", ids, err)
	}
}

// A child that does not answer is given up.
func TestProcess_givesUpSilentChild(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	p := process(t, "silent")
	if err := p.Put(ctx, secret.New("key"), 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("said %v", err)
	}
	<-p.held.ended
	if err := process(t, "mad").Put(t.Context(), secret.New("key"), 0); err == nil || strings.Contains(err.Error(), "hello") {
		t.Errorf("said %v", err)
	}
}

// A slow child has the time to clear a secret.
func TestRule31_slowChildMayClear(t *testing.T) {
	for role, want := range map[string]error{"slow": nil, "late": context.DeadlineExceeded} {
		t.Run(role, func(t *testing.T) {
			off := filepath.Join(t.TempDir(), "off")
			t.Setenv(offVariable, off)
			p := process(t, role)
			ctx := t.Context()
			if want != nil { // the time ends after the text is there, and before the answer
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, 100*time.Millisecond)
				defer cancel()
			}
			if err := p.Put(ctx, secret.New("key"), 0); !errors.Is(err, want) {
				t.Errorf("said %v", err)
			}
			p.Close()
			if _, err := os.Stat(off); err != nil {
				t.Errorf("it is still there: %v", err)
			}
		})
	}
}
