package durable

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

const reserveVariable = "DAYPASS_TEST_RESERVE"

// Where connections have used up every descriptor, a rotated refresh token is still written.
func TestRule24_writesWithoutDescriptorLeft(t *testing.T) {
	if path := os.Getenv(reserveVariable); path != "" {
		writeExhausted(t, path)
		return
	}
	path := filepath.Join(t.TempDir(), "file")
	cmd := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), reserveVariable+"="+path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "third" {
		t.Errorf("%q, %v", data, err)
	}
}

// writeExhausted writes in a process of its own, which has no descriptors left but those that are kept.
func writeExhausted(t *testing.T, path string) {
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: 64, Max: 64}); err != nil {
		t.Fatal(err)
	}
	Reserve()
	for {
		f, err := os.Open(os.DevNull)
		if err != nil {
			break
		}
		defer f.Close()
	}
	if _, err := os.ReadFile(path); !errors.Is(err, syscall.EMFILE) {
		t.Fatalf("there are descriptors left: %v", err)
	}
	for _, text := range []string{"first", "second", "third"} { // the reserve is filled again after each
		if err := WriteFile(path, []byte(text)); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
}
