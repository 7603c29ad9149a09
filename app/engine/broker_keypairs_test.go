package engine

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"testing"

	"github.com/minio/minio-go/v7/pkg/signer"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/connection"
	"daypass/app/limits"
	"daypass/app/location"
	"daypass/app/session"
	"daypass/app/vault"
	"daypass/auth/secret"
)

// agents are agents at one home, one after the other, before a storage server that answers everything.
type agents struct {
	t   *testing.T
	dir string
	r   *ring
	w   *world
}

func newAgents(t *testing.T) *agents {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "content") }))
	t.Cleanup(server.Close)
	def := definition("lake")
	def.Endpoint = server.URL
	a := &agents{t: t, dir: t.TempDir(), r: &ring{items: map[string]secret.Secret{}}, w: newWorld()}
	if _, err := connection.Open(filepath.Join(a.dir, "connections")).Save(def); err != nil {
		t.Fatal(err)
	}
	return a
}

// run has an agent at work until f returns.
func (a *agents) run(f func(*bench)) {
	a.t.Helper()
	e, err := New(Options{
		ConfigDir: filepath.Join(a.dir, "connections"), SettingsFile: filepath.Join(a.dir, "settings.toml"), Version: "test",
		Vault: vault.New(filepath.Join(a.dir, "state"), a.r, "vault"), build: a.w.build,
	})
	if err != nil {
		a.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(a.t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = e.Run(ctx) }()
	defer func() { cancel(); <-ended }()
	<-e.Ready()
	f(&bench{Engine: e, t: a.t, w: a.w, stop: cancel})
}

// use makes a request with a key pair, and returns the status of the answer; 0 for none.
func use(t *testing.T, pair clients.KeyPair) int {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, pair.Endpoint+"/bucket/x", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")
	res, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(signer.SignV4(*r, pair.AccessKeyID, pair.SecretAccessKey.Reveal(), "", "us-east-1"))
	if err != nil {
		return 0
	}
	defer res.Body.Close()
	return res.StatusCode
}

func (b *bench) pairFor(tool string, scope *limits.Scope) clients.KeyPair {
	b.t.Helper()
	pair, err := b.AddGateway(b.t.Context(), "lake", clients.NewClient{Name: tool, Scope: scope})
	b.must(err)
	return pair
}

// Endpoint and key pairs stay the same when the agent starts again, limited and paused ones too, until they are revoked
// or the user signs out.
func TestRule49_keyPairsOutliveTheAgentAndNoSignOut(t *testing.T) {
	a := newAgents(t)
	scope := &limits.Scope{Locations: []location.Location{{Bucket: "bucket"}}}
	var restic, limited, paused, revoked clients.KeyPair
	a.run(func(b *bench) {
		b.must(b.SignIn(t.Context(), "lake"))
		b.reach("lake", active)
		restic, limited, paused, revoked = b.pairFor("restic", nil), b.pairFor("s3cmd", scope), b.pairFor("kopia", nil), b.pairFor("arq", nil)
		b.must(b.PauseClient(t.Context(), paused.Client, true))
		b.must(b.RevokeClient(t.Context(), revoked.Client))
	})
	a.run(func(b *bench) {
		b.reach("lake", active)
		waitFor(t, func() bool { return use(t, limited) == http.StatusOK })
		for name, tt := range map[string]struct {
			pair clients.KeyPair
			want int
		}{"restic": {restic, 200}, "paused": {paused, 403}, "revoked": {revoked, 403}} {
			if got := use(t, tt.pair); got != tt.want {
				t.Errorf("%s: %d", name, got)
			}
		}
		if again := b.pairFor("restic", nil); again.Endpoint != restic.Endpoint || again.AccessKeyID != restic.AccessKeyID {
			t.Errorf("%+v, was %+v", again, restic)
		}
		b.must(b.SignOut(t.Context(), "lake"))
		b.reach("lake", func(s app.Session) bool { return s.Phase == session.SignedOut })
		waitFor(t, func() bool { return use(t, restic) == http.StatusForbidden })
		b.must(b.SignIn(t.Context(), "lake"))
		b.reach("lake", active)
		if again := b.pairFor("restic", nil); again.AccessKeyID == restic.AccessKeyID {
			t.Error("a key pair outlived the sign-out")
		}
	})
}

// Where another program has the gateway's port, it gets another one, and the user is told.
func TestRestart_gatewayPortTaken(t *testing.T) {
	a := newAgents(t)
	var before clients.KeyPair
	a.run(func(b *bench) {
		b.must(b.SignIn(t.Context(), "lake"))
		b.reach("lake", active)
		before = b.pairFor("restic", nil)
	})
	u, err := url.Parse(before.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp4", u.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var moved clients.KeyPair
	a.run(func(b *bench) {
		b.reach("lake", active)
		moved = before
		waitFor(t, func() bool { moved.Endpoint = b.movedFrom(u.Port()); return moved.Endpoint != "" })
		if got := use(t, moved); got != http.StatusOK {
			t.Errorf("%d at %s", got, moved.Endpoint)
		}
	})
	l.Close()
	if u, err = url.Parse(moved.Endpoint); err != nil {
		t.Fatal(err)
	}
	a.run(func(b *bench) { // the new port is stored, and may have been taken too
		waitFor(t, func() bool { return use(t, moved) == http.StatusOK || b.movedFrom(u.Port()) != "" })
	})
}

// movedFrom returns where the gateway is that could not have a port; empty where the user is not told of that.
func (b *bench) movedFrom(port string) string {
	for _, p := range b.store.current().Problems {
		if p.Code == "gateway-moved" && p.Params["Port"] == port {
			return p.Params["Address"]
		}
	}
	return ""
}
