// Package endurance has the built agent live through what laptops, networks and servers do to it, with
// a real Dex, a real MinIO and a real keyring.
package endurance

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"daypass/sandbox/faults"
	"daypass/sandbox/headless"
	"daypass/sandbox/servers"
)

var (
	bin     = filepath.Join("..", "..", "build", "bin")
	daypass = filepath.Join(bin, "daypass")
	// stand is the servers that all tests share.
	stand *headless.Stand
)

// tokenLife is short, so that the keys, which live as long, are renewed often; and longer than a
// request may hang.
const tokenLife = time.Minute

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	var err error
	if stand, err = headless.NewStand(ctx, bin, tokenLife, 40); err != nil {
		fmt.Fprintln(os.Stderr, "the sandbox does not start (make sandbox-bin builds it):", err)
		return 1
	}
	defer stand.Close()
	return m.Run()
}

// user is somebody at a rig of their own.
type user struct {
	*headless.Rig
	t   *testing.T
	ctx context.Context
	who servers.User
}

// arrived counts the users: each is somebody else, since Dex has one refresh token for each. The first
// of the stand's people are those of one test alone.
var arrived atomic.Int64

const reserved = 12

// newUser sets up a rig with the connection "lake".
func newUser(t *testing.T, options headless.Options) *user {
	t.Helper()
	if options.Program == "" {
		options.Program = daypass
	}
	r, err := headless.New(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	p := &user{r, t, t.Context(), stand.People[reserved+int(arrived.Add(1))]}
	t.Cleanup(func() {
		if t.Failed() {
			log, _ := os.ReadFile(r.Log())
			t.Logf("the agent's log:\n%s", log[max(0, len(log)-4000):])
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	p.connect("lake", stand.MinIO)
	return p
}

func (p *user) connect(id string, minio *faults.Proxy) {
	p.t.Helper()
	file, err := stand.Connection(id, minio, 0)
	p.must(err)
	p.must(p.AddConnection(id, file))
}

func (p *user) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// signIn starts the agent where none runs, and signs in.
func (p *user) signIn(id string) {
	p.t.Helper()
	p.must(p.SignIn(p.ctx, id, p.who))
}

func (p *user) start(env ...string) {
	p.t.Helper()
	p.must(p.Start(p.ctx, env...))
}

// session is how a connection stands now; the zero Session where no agent answers.
func (p *user) session(id string) headless.Session {
	s, err := p.Session(p.ctx, id)
	if err != nil {
		return headless.Session{}
	}
	return s
}

// until waits until the session is as ok wants it.
func (p *user) until(id, what string, ok func(headless.Session) bool) headless.Session {
	p.t.Helper()
	var last headless.Session
	err := headless.Until(p.ctx, what, func() bool { last = p.session(id); return ok(last) })
	if err != nil {
		p.t.Fatalf("%v; last: %+v, problem %+v", err, last, last.Problem)
	}
	return last
}

func (p *user) active(id string) headless.Session {
	p.t.Helper()
	return p.until(id, "an active session", func(s headless.Session) bool { return s.Phase == "active" })
}

// refreshes are the refresh requests that came to Dex's proxy since the given count of all requests.
func refreshes(since int) []headless.Refresh { return headless.Refreshes(stand.Dex, since) }
