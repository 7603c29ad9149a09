package agent

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/agent/rundir"
	"daypass/app/connection"
	"daypass/auth/secret"
)

// timeout is how long a test waits for what must happen.
const timeout = 20 * time.Second

// fakeCore is a Core of which the test says what it answers.
type fakeCore struct {
	app.Handover

	mu        sync.Mutex
	latest    app.Snapshot
	watchers  []chan app.Snapshot
	calls     []string
	fail      error
	saved     connection.Definition
	transfers fakeTransfers
}

func (f *fakeCore) called(format string, args ...any) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, fmt.Sprintf(format, args...))
	return f.fail
}

func (f *fakeCore) lastCall() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.calls) == 0 {
		return ""
	}
	return f.calls[len(f.calls)-1]
}

func (f *fakeCore) failWith(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fail = err
}

func (f *fakeCore) publish(s app.Snapshot) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.latest = s
	for _, w := range f.watchers {
		select {
		case <-w:
		default:
		}
		w <- s
	}
}

func (f *fakeCore) Watch(ctx context.Context) <-chan app.Snapshot {
	w := make(chan app.Snapshot, 1)
	f.mu.Lock()
	defer f.mu.Unlock()
	w <- f.latest
	f.watchers = append(f.watchers, w)
	context.AfterFunc(ctx, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.watchers = slices.DeleteFunc(f.watchers, func(c chan app.Snapshot) bool { return c == w })
		close(w)
	})
	return w
}

func (f *fakeCore) SignIn(_ context.Context, id string) error { return f.called("sign in %s", id) }

func (f *fakeCore) SignInByDevice(_ context.Context, id string) error {
	return f.called("sign in by device %s", id)
}

func (f *fakeCore) AnswerQuestion(_ context.Context, id string, question uint64, yes bool) error {
	return f.called("answer %s %d %t", id, question, yes)
}

func (f *fakeCore) CancelSignIn(_ context.Context, id string) error { return f.called("cancel %s", id) }

func (f *fakeCore) SignOut(_ context.Context, id string) error { return f.called("sign out %s", id) }

func (f *fakeCore) LimitSession(_ context.Context, id string, until time.Time) error {
	return f.called("limit %s %s", id, until.Format(time.RFC3339))
}

func (f *fakeCore) RenewNow(_ context.Context, id string) error { return f.called("renew %s", id) }

func (f *fakeCore) SignInLink(_ context.Context, id string) (string, error) {
	return "https://login.example/auth?state=hush-state", f.called("link %s", id)
}

func (f *fakeCore) Credentials(_ context.Context, id string) (app.Credentials, error) {
	return fakeKeys, f.called("keys %s", id)
}

func (f *fakeCore) Connection(_ context.Context, id string) (connection.Definition, error) {
	return f.saved, f.called("connection %s", id)
}

func (f *fakeCore) SaveConnection(_ context.Context, def connection.Definition) (string, error) {
	f.mu.Lock()
	f.saved = def
	f.mu.Unlock()
	return "made-id", f.called("save %s", def.ID)
}

func (f *fakeCore) RemoveConnection(_ context.Context, id string) error {
	return f.called("remove %s", id)
}

var fakeKeys = app.Credentials{
	AccessKeyID: "AKID", SecretAccessKey: secret.New("hush-key"), SessionToken: secret.New("hush-token"),
	ExpiresAt: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC),
}

func definition() connection.Definition {
	return connection.Definition{
		Name: "Research lake", Endpoint: "https://minio.example:9000",
		Provider: connection.Provider{
			Issuer: "https://login.example", ClientID: "desktop-app", ClientSecret: secret.New("public"), StaySignedIn: true,
		},
	}
}

// ownPlace makes a runtime folder for the test. Its path is short: a socket's must be.
func ownPlace(t *testing.T) socketDir {
	t.Helper()
	dir, err := os.MkdirTemp("", "daypass")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	p := socketDir{filepath.Join(dir, "run")}
	t.Setenv(RuntimeDirVariable, p.dir)
	t.Setenv(rundir.StateVariable, filepath.Join(dir, "state"))
	return p
}

// startAgent serves core in this process. stop ends it and gives what Serve gave; it may be called twice.
func startAgent(t *testing.T, core app.Core, opts Options) (stop func() error) {
	t.Helper()
	l, err := Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		err := l.Serve(ctx, core, opts)
		_ = l.Close()
		ended <- err
	}()
	stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() { _ = stop() })
	return stop
}

func connect(t *testing.T) *Client {
	t.Helper()
	c, err := Dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// receive takes the next snapshot; ok is false when the channel was closed.
func receive(t *testing.T, ch <-chan app.Snapshot) (s app.Snapshot, ok bool) {
	t.Helper()
	select {
	case s, ok = <-ch:
		return s, ok
	case <-time.After(timeout):
		t.Fatal("nothing came")
		return s, false
	}
}

// until takes snapshots until the one with this revision.
func until(t *testing.T, ch <-chan app.Snapshot, revision uint64) {
	t.Helper()
	for {
		s, ok := receive(t, ch)
		if !ok {
			t.Fatalf("the watch ended before revision %d", revision)
		}
		if s.Revision == revision {
			return
		}
	}
}

// noGoroutinesLeft fails the test if any of this package's goroutines outlives it.
func noGoroutinesLeft(t *testing.T) {
	t.Helper()
	buffer := make([]byte, 1<<20)
	deadline := time.Now().Add(timeout)
	for {
		var remaining []string
		for g := range strings.SplitSeq(string(buffer[:runtime.Stack(buffer, true)]), "\n\n") {
			ours := strings.Contains(g, "daypass/app/agent.") || strings.Contains(g, "net/http.")
			if ours && !strings.Contains(g, "agent.noGoroutinesLeft") && !strings.Contains(g, "agent.TestMain") {
				remaining = append(remaining, g)
			}
		}
		if len(remaining) == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("left:\n%s", strings.Join(remaining, "\n\n"))
		}
		runtime.Gosched()
	}
}

// The test program is also an agent and a client, in processes of their own.
const roleVariable = "DAYPASS_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "agent":
		os.Exit(mainAgent())
	case "silent":
		os.Exit(mainSilent())
	case "client":
		os.Exit(mainClient())
	}
	os.Exit(m.Run())
}

func mainAgent() int {
	l, err := Listen(context.Background())
	if err != nil {
		return 1
	}
	defer l.Close()
	if err := l.Serve(context.Background(), &fakeCore{}, Options{Version: os.Getenv("DAYPASS_TEST_VERSION")}); err != nil {
		return 1
	}
	return 0
}

func mainClient() int {
	c, err := Ensure(context.Background(), startTestAgent("v1.0.0"), "v1.0.0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	_ = json.NewEncoder(os.Stdout).Encode(c.Info())
	return 0
}

// startTestAgent starts this test program as an agent of a version, detached as the real one is.
func startTestAgent(version string) StartFunc {
	return func() (<-chan error, error) {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), roleVariable+"=agent", "DAYPASS_TEST_VERSION="+version)
		cmd.SysProcAttr = detached()
		if err := cmd.Start(); err != nil {
			return nil, err
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		return ended, nil
	}
}
