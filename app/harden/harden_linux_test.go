package harden

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

const childVariable = "DAYPASS_TEST_HARDEN"

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) == "" {
		os.Exit(m.Run())
	}
	Process()
	dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	var core unix.Rlimit
	_ = unix.Getrlimit(unix.RLIMIT_CORE, &core)
	if err != nil || dumpable != 0 || core.Cur != 0 {
		os.Exit(1)
	}
	os.Exit(0)
}

// A hardened process leaves no core dump.
func TestProcess_leavesNoDump(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// A secret moves into its buffer, and the source is wiped.
func TestBuffer_movesAndWipesSecret(t *testing.T) {
	text := []byte("a secret key of 32 bytes, or so.")
	want := string(text)
	b := New(text)
	if string(b.Bytes()) != want || strings.Trim(string(text), "\x00") != "" {
		t.Errorf("%q, and the source is %q", b.Bytes(), text)
	}
	var none *Buffer
	for range 2 {
		b.Free()
		none.Free()
	}
	if b.Bytes() != nil || none.Bytes() != nil {
		t.Error("there is something after Free")
	}
}
