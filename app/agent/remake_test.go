package agent

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"daypass/app/agent/rundir"
)

// reached waits until an agent answers, and returns its process.
func reached(t *testing.T) int {
	t.Helper()
	for deadline := time.Now().Add(timeout); ; time.Sleep(5 * time.Millisecond) {
		c, err := Dial(t.Context())
		if err == nil {
			defer c.Close()
			return c.Info().PID
		}
		if time.Now().After(deadline) {
			t.Fatalf("no agent answers: %v", err)
		}
	}
}

// A socket that disappears is created again.
func TestWatchSocket_recreatesSocket(t *testing.T) {
	p := ownPlace(t)
	startAgent(t, &fakeCore{}, Options{})
	for _, path := range []string{p.socket(), p.lock(), p.dir, filepath.Dir(p.dir)} {
		_ = os.RemoveAll(path) // fails where the agent is faster
		if pid := reached(t); pid != os.Getpid() {
			t.Errorf("without %s another agent answers: %d", path, pid)
		}
		started := 0
		ensure(t, func() (<-chan error, error) { started++; return cannotStart() }, "v1.0.0")
		if started != 0 {
			t.Errorf("without %s another agent is started", path)
		}
	}
}

// A socket whose folder cannot be created again moves to another one.
func TestWatchSocket_movesWithoutFolder(t *testing.T) {
	p := ownPlace(t)
	t.Setenv("TMPDIR", filepath.Join(filepath.Dir(p.dir), "tmp"))
	startAgent(t, &fakeCore{}, Options{})
	putFileInPlaceOf(t, p.dir)
	if pid := reached(t); pid != os.Getpid() {
		t.Errorf("another agent answers: %d", pid)
	}
}

// putFileInPlaceOf puts a file where a folder is: nobody can make the folder again, not even root. An agent that
// makes it again between the two steps has it moved away once more.
func putFileInPlaceOf(t *testing.T, dir string) {
	t.Helper()
	for n := range 100 {
		if err := os.Rename(dir, fmt.Sprintf("%s-gone-%d", dir, n)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(dir, nil, 0o600); err == nil {
			return
		}
	}
	t.Fatal("the folder is always there again")
}

// Programs with another environment find the agent that has the sessions.
func TestDial_findsAgentOfOtherEnvironment(t *testing.T) {
	p := ownPlace(t)
	startAgent(t, &fakeCore{}, Options{Version: "v1.0.0"})
	t.Setenv(RuntimeDirVariable, p.dir+"-other")
	if pid := reached(t); pid != os.Getpid() {
		t.Errorf("another agent answers: %d", pid)
	}
	if _, err := Listen(t.Context()); !errors.Is(err, ErrRunning) {
		t.Errorf("a second agent for the same sessions: %v", err)
	}
	if c := ensure(t, cannotStart, "v1.0.0"); c.Info().PID != os.Getpid() {
		t.Errorf("%+v", c.Info())
	}
}

// Quit ends an agent that no longer listens.
func TestQuit_endsSilentAgent(t *testing.T) {
	p := ownPlace(t)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), roleVariable+"=silent")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	state := filepath.Join(filepath.Dir(p.dir), "state")
	for deadline := time.Now().Add(timeout); ; time.Sleep(5 * time.Millisecond) {
		if _, err := rundir.ReadRunning(state); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the agent leaves no note")
		}
	}
	if err := Quit(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-ended
	if err := Quit(t.Context()); !errors.Is(err, ErrNotRunning) {
		t.Errorf("after its end: %v", err)
	}
}

// mainSilent is an agent that has its place and has never served it.
func mainSilent() int {
	l, err := Listen(context.Background())
	if err != nil {
		return 1
	}
	_ = l.closeSocket()
	select {} // until SIGTERM
}

// A note about another process does not end that process.
func TestQuit_ignoresNoteOfOtherProcess(t *testing.T) {
	p := ownPlace(t)
	l, err := Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_ = l.closeSocket()
	bystander := exec.Command("sleep", "60")
	if err := bystander.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bystander.Process.Kill(); _ = bystander.Wait() }()
	state := filepath.Join(filepath.Dir(p.dir), "state")
	r := rundir.Running{Dir: p.dir, PID: bystander.Process.Pid, Started: rundir.StartOf(os.Getpid())}
	for _, started := range []string{r.Started, "", "x"} {
		r.Started = started
		if err := os.WriteFile(rundir.RunningPath(state), r.Text(), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Quit(t.Context()); err == nil || errors.Is(err, ErrNotRunning) {
			t.Errorf("%q: %v", started, err)
		}
	}
	if err := bystander.Process.Signal(syscall.Signal(0)); err != nil {
		t.Errorf("the bystander was ended: %v", err)
	}
}
