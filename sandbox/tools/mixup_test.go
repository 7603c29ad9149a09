package tools

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"daypass/sandbox/servers"
)

// attacker is a provider that shows the sandbox's sign-in page and waits for what comes of it.
type attacker struct {
	*httptest.Server
	// got counts the requests for tokens and codes.
	got atomic.Int32
}

func newAttacker(t *testing.T) *attacker {
	t.Helper()
	a := &attacker{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{
			"issuer": a.URL, "authorization_endpoint": world.Issuer + "/auth", "token_endpoint": a.URL + "/token",
			"device_authorization_endpoint": a.URL + "/device", "jwks_uri": world.Issuer + "/keys",
		})
	})
	mux.HandleFunc("POST /token", func(http.ResponseWriter, *http.Request) { a.got.Add(1) })
	mux.HandleFunc("POST /device", func(http.ResponseWriter, *http.Request) { a.got.Add(1) })
	a.Server = httptest.NewServer(mux)
	t.Cleanup(a.Close)
	return a
}

// A connection from a stranger, whose provider leads to the real sign-in page, gets nothing: it is
// refused where the user has a connection of that page's issuer, whatever they answer, and asked about
// otherwise, before anything is opened.
func TestRule38_builtProgramRefusesMixUp(t *testing.T) {
	p, a := arrive(t), newAttacker(t)
	p.write("bin/xdg-open", fmt.Sprintf("#!/bin/sh\necho \"$@\" >> '%s'\n", p.path("opened")), 0o700)
	text := strings.Replace(p.read("config/connections/"+sandboxID+".daypass"), world.Issuer, a.URL, 1)
	text = strings.Replace(text, `"Sandbox lake"`, `"Evil lake"`, 1)
	file := p.write("evil.daypass", text, 0o600)
	evil := strings.TrimSpace(p.do("daypass", "connection", "import", file, "--yes"))
	refused := func(words string, flags ...string) {
		t.Helper()
		out, stderr, err := p.try("daypass", append([]string{"login", evil}, flags...)...)
		if err == nil || out != "" || !strings.Contains(stderr, words) {
			t.Errorf("%v: %v %q\n%s", flags, err, out, stderr)
		}
	}
	for _, flags := range [][]string{nil, {"--yes"}, {"--device", "--yes"}} {
		refused("Provider impersonates another provider", flags...)
	}
	p.do("daypass", "connection", "remove", sandboxID)
	refused("Use --yes to confirm")
	refused("Use --yes to confirm", "--device")
	if n := a.got.Load(); n > 0 {
		t.Errorf("the attacker was asked for tokens or codes %d times", n)
	}
	if _, err := os.Stat(p.path("opened")); err == nil {
		t.Errorf("the browser was opened: %s", p.read("opened"))
	}
}

// Another user of the computer who has seen the link brings an answer of their own: it is not read. The
// user's own ends at a clean address.
func TestRule45_builtProgramIgnoresOtherUser(t *testing.T) {
	p := arrive(t)
	login := p.begin(sandboxID)
	callback := login.visit(servers.Ada)
	if out, err := asNobody(t, "curl", "-sS", "--max-time", "20", callback); err == nil {
		t.Errorf("the other user got %q", out)
	}
	if s := p.status(); s.Phase != "signing-in" {
		t.Errorf("after the other user's answer: %+v", s)
	}
	answer, err := http.Get(callback)
	p.must(err)
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	p.must(err)
	if address := answer.Request.URL; address.RawQuery != "" || !strings.Contains(string(page), "You are signed in") {
		t.Errorf("the browser ends at %s\n%s", address, page)
	}
	login.end()
}
