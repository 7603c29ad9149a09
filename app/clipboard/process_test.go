package clipboard

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

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
	case "mad":
		_, _ = os.Stdout.WriteString("hello\n")
	}
}

// process is a Process whose child has the role.
func process(t *testing.T, role string) *Process {
	t.Helper()
	t.Setenv(roleVariable, role)
	p := &Process{Command: []string{os.Args[0]}}
	t.Cleanup(p.Close)
	return p
}

func TestWithoutADisplayThereIsNoClipboard(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	if err := process(t, "real").Put(t.Context(), secret.New("key"), time.Minute); !errors.Is(err, ErrNone) {
		t.Errorf("said %v", err)
	}
}

func TestADisplayThatIsNotThereIsTold(t *testing.T) {
	t.Setenv("DISPLAY", ":65000")
	t.Setenv("WAYLAND_DISPLAY", t.TempDir()+"/none")
	err := process(t, "real").Put(t.Context(), secret.New("key"), time.Minute)
	if err == nil || !strings.Contains(err.Error(), "cannot be used") {
		t.Errorf("said %v", err)
	}
}

func TestAChildThatDoesNotAnswerIsGivenUp(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := process(t, "silent").Put(ctx, secret.New("key"), 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("said %v", err)
	}
	if err := process(t, "mad").Put(t.Context(), secret.New("key"), 0); err == nil || strings.Contains(err.Error(), "hello") {
		t.Errorf("said %v", err)
	}
}
