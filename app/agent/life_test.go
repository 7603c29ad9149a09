package agent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"daypass/app"
	"daypass/app/agent/rundir"
	"daypass/app/messages"
	"daypass/app/session"
)

// The end of the agent ends every watch and removes the socket.
func TestListener_closeEndsWatches(t *testing.T) {
	p := ownPlace(t)
	stop := startAgent(t, &fakeCore{}, Options{})
	c := connect(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	watches := []<-chan app.Snapshot{c.Watch(ctx), connect(t).Watch(ctx)}
	for _, w := range watches {
		receive(t, w)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	for _, w := range watches {
		if s, open := receive(t, w); open {
			t.Errorf("a snapshot after the end: %+v", s)
		}
	}
	if _, open := receive(t, c.Watch(ctx)); open {
		t.Error("a new watch gave something")
	}
	if err := c.SignIn(ctx, "lake"); !errors.Is(err, app.ErrStopped) {
		t.Errorf("a call gave %v", err)
	}
	if _, err := Dial(ctx); !errors.Is(err, ErrNotRunning) {
		t.Errorf("Dial gave %v", err)
	}
	if _, err := os.Lstat(p.socket()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket is left: %v", err)
	}
	noGoroutinesLeft(t)
}

// A watch ends with its context.
func TestWatch_endsWithContext(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	stop := startAgent(t, core, Options{})
	c := connect(t)
	ctx, cancel := context.WithCancel(t.Context())
	watch := c.Watch(ctx)
	receive(t, watch)
	cancel()
	if _, open := receive(t, watch); open {
		t.Error("the watch goes on")
	}
	c.Close()
	if err := stop(); err != nil {
		t.Error(err)
	}
	noGoroutinesLeft(t)
	if len(core.watchers) != 0 {
		t.Error("the core still has a watcher")
	}
}

// A client that does not read its watch blocks nobody.
func TestWatch_slowReaderBlocksNobody(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	stop := startAgent(t, core, Options{})
	c := connect(t)
	resp, err := c.send(t.Context(), http.MethodGet, "/v1/watch", nil) // and nobody reads the body
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	watch := connect(t).Watch(t.Context())
	big := strings.Repeat("x", 1<<20) // more than the socket holds
	for revision := uint64(1); revision <= 20; revision++ {
		core.publish(app.Snapshot{Revision: revision, Version: big})
		until(t, watch, revision)
	}
	if err := c.SignIn(t.Context(), "lake"); err != nil {
		t.Errorf("a call: %v", err)
	}
	if err := stop(); err != nil {
		t.Errorf("the end: %v", err)
	}
}

// A user has one agent only.
func TestListen_oneAgentPerUser(t *testing.T) {
	p := ownPlace(t)
	stop := startAgent(t, &fakeCore{}, Options{})
	if _, err := Listen(t.Context()); !errors.Is(err, ErrRunning) {
		t.Errorf("a second agent: %v", err)
	}
	connect(t) // the first is unharmed
	for path, want := range map[string]fs.FileMode{p.dir: fs.ModeDir | 0o700, p.socket(): fs.ModeSocket | 0o600, p.lock(): 0o600} {
		if info, err := os.Lstat(path); err != nil || info.Mode() != want {
			t.Errorf("%s: %v %v, want %v", path, info, err, want)
		}
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	startAgent(t, &fakeCore{}, Options{})
	connect(t)
}

// A socket that no agent listens at any more is replaced.
func TestListen_replacesStaleSocket(t *testing.T) {
	p := ownPlace(t)
	if err := p.make(); err != nil {
		t.Fatal(err)
	}
	old, err := net.ListenUnix("unix", &net.UnixAddr{Name: p.socket(), Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	old.SetUnlinkOnClose(false)
	_ = old.Close()
	if _, err := Dial(t.Context()); !errors.Is(err, ErrNotRunning) {
		t.Errorf("Dial gave %v", err)
	}
	startAgent(t, &fakeCore{}, Options{})
	connect(t)
}

// Quit returns when another agent can start.
func TestQuit_waitsUntilSocketIsFree(t *testing.T) {
	ownPlace(t)
	startAgent(t, &fakeCore{}, Options{})
	if err := connect(t).Quit(t.Context()); err != nil {
		t.Fatal(err)
	}
	startAgent(t, &fakeCore{}, Options{})
	connect(t)
}

// Folders of other users are refused.
func TestSocketDir_refusesOtherUsers(t *testing.T) {
	p := ownPlace(t)
	if err := rundir.CheckUID(os.Getuid(), os.Getuid()); err != nil {
		t.Errorf("our own: %v", err)
	}
	for _, uid := range []int{os.Getuid() + 1, 65534} {
		if err := rundir.CheckUID(uid, os.Getuid()); !errors.Is(err, errForeign) {
			t.Errorf("%d: %v", uid, err)
		}
	}
	if err := p.make(); err != nil {
		t.Fatal(err)
	}
	info, _ := os.Lstat(p.dir)
	if err := rundir.CheckOwner(info, os.Getuid()+1); !errors.Is(err, errForeign) {
		t.Errorf("somebody else's folder: %v", err)
	}
	if err := os.Chmod(p.dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := Listen(t.Context()); err == nil || !strings.Contains(err.Error(), "chmod 700") {
		t.Errorf("a folder that others write in: %v", err)
	}
	link := filepath.Join(filepath.Dir(p.dir), "link")
	if err := os.Symlink(t.TempDir(), link); err != nil {
		t.Fatal(err)
	}
	t.Setenv(RuntimeDirVariable, link)
	if _, err := Listen(t.Context()); err == nil || !strings.Contains(said(err), "not a link") {
		t.Errorf("a link: %v", err)
	}
}

// said returns what a user reads of an error.
func said(err error) string { return messages.ForPrograms().Sentences(session.ReasonsOf(err)) }

func TestFindSocketDir_locations(t *testing.T) {
	tests := []struct{ own, xdg, want string }{
		{"/run/own/", "/run/user/7", "/run/own/agent.sock"},
		{"", "/run/user/7", "/run/user/7/daypass/agent.sock"},
		{"", "relative", filepath.Join(os.TempDir(), fmt.Sprintf("daypass-%d", os.Getuid()), "agent.sock")},
		{"", "", filepath.Join(os.TempDir(), fmt.Sprintf("daypass-%d", os.Getuid()), "agent.sock")},
	}
	for _, tt := range tests {
		t.Setenv(RuntimeDirVariable, tt.own)
		t.Setenv("XDG_RUNTIME_DIR", tt.xdg)
		if got, err := findSocketDir(); err != nil || got.socket() != tt.want {
			t.Errorf("%+v: %+v %v", tt, got, err)
		}
	}
	for dir, says := range map[string]string{"/" + strings.Repeat("x", 100): RuntimeDirVariable, "relative": "absolute"} {
		t.Setenv(RuntimeDirVariable, dir)
		if _, err := findSocketDir(); err == nil || !strings.Contains(said(err), says) {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

// An agent that was killed is started again.
func TestEnsure_restartsKilledAgent(t *testing.T) {
	ownPlace(t)
	c := ensure(t, startTestAgent("v1.0.0"), "v1.0.0")
	watch := c.Watch(t.Context())
	receive(t, watch)
	process, err := os.FindProcess(c.Info().PID)
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Kill(); err != nil {
		t.Fatal(err)
	}
	if _, open := receive(t, watch); open {
		t.Error("the watch goes on")
	}
	again := ensure(t, startTestAgent("v1.0.0"), "v1.0.0")
	if again.Info().PID == c.Info().PID {
		t.Error("the same process")
	}
}

// ensure is Ensure, with an agent that ends with the test.
func ensure(t *testing.T, start StartFunc, version string) *Client {
	t.Helper()
	c, err := Ensure(t.Context(), start, version)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if c, err := Dial(context.Background()); err == nil && c.Info().PID != os.Getpid() {
			_ = c.Quit(context.Background())
		}
	})
	return c
}

// Fifty programs that start at once get one agent.
func TestEnsure_fiftyProgramsShareOneAgent(t *testing.T) {
	ownPlace(t)
	t.Setenv(roleVariable, "client")
	var wg sync.WaitGroup
	infos, errs := make([]Info, 50), make([]error, 50)
	for i := range infos {
		wg.Go(func() {
			out, err := exec.Command(os.Args[0]).Output()
			errs[i] = errors.Join(err, json.Unmarshal(out, &infos[i]))
		})
	}
	wg.Wait()
	ensure(t, cannotStart, "v1.0.0")
	for i, info := range infos {
		if errs[i] != nil || info.PID == 0 || info.PID != infos[0].PID {
			t.Fatalf("program %d: process %d, the first has %d (%v)", i, info.PID, infos[0].PID, errs[i])
		}
	}
}

func cannotStart() (<-chan error, error) { return nil, errors.New("nothing to start") }

// An older agent is replaced.
func TestEnsure_replacesOlderAgent(t *testing.T) {
	ownPlace(t)
	old := startAgent(t, &fakeCore{}, Options{Version: "v1.9.0"})
	c := ensure(t, startTestAgent("v1.10.0"), "v1.10.0")
	if got := c.Info().Version; got != "v1.10.0" {
		t.Errorf("the agent is %s", got)
	}
	if err := old(); err != nil {
		t.Error(err)
	}
	// What was started counts, whatever it says of itself: no loop.
	other := ensure(t, startTestAgent("v1.10.0"), "v2.0.0")
	if got := other.Info(); got.Version != "v1.10.0" || got.PID == c.Info().PID {
		t.Errorf("the agent is %+v", got)
	}
}

// A newer agent, or one of an unknown version, stays.
func TestEnsure_keepsNewerOrUnknownAgent(t *testing.T) {
	for _, version := range []string{"v1.10.0", "v2.0.0", "dev", "cafaa93"} {
		ownPlace(t)
		stop := startAgent(t, &fakeCore{}, Options{Version: version})
		if c, err := Ensure(t.Context(), cannotStart, "v1.10.0"); err != nil || c.Info().Version != version {
			t.Errorf("%s: %v", version, err)
		}
		_ = stop()
	}
}

// The error of Ensure has the reason.
func TestEnsure_reportsWhyItFailed(t *testing.T) {
	ownPlace(t)
	if _, err := Ensure(t.Context(), cannotStart, "v1"); err == nil || !strings.Contains(err.Error(), "nothing to start") {
		t.Errorf("got %v", err)
	}
	endsAtOnce := func() (<-chan error, error) {
		ended := make(chan error, 1)
		ended <- errors.New("exit status 1")
		return ended, nil
	}
	if _, err := Ensure(t.Context(), endsAtOnce, "v1"); err == nil || !strings.Contains(err.Error(), "exit status 1") {
		t.Errorf("got %v", err)
	}
}
