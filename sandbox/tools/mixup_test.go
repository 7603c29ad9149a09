package tools

import (
	"cmp"
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

// attacker is a provider that has the user sign in at the sandbox's page and waits for what comes of it.
type attacker struct {
	*httptest.Server
	// got counts the requests for tokens, and codes those for codes.
	got, codes atomic.Int32
}

// newAttacker starts one. Its pages are at the server pages; its own where that is empty.
func newAttacker(t *testing.T, pages string) *attacker {
	t.Helper()
	a := &attacker{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{
			"issuer": a.URL, "authorization_endpoint": cmp.Or(pages, a.URL) + "/auth", "token_endpoint": a.URL + "/token",
			"device_authorization_endpoint": a.URL + "/device", "jwks_uri": world.Issuer + "/keys",
		})
	})
	mux.HandleFunc("POST /token", func(http.ResponseWriter, *http.Request) { a.got.Add(1) })
	mux.HandleFunc("POST /device", func(w http.ResponseWriter, _ *http.Request) {
		a.codes.Add(1)
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{
			"device_code": "secret", "user_code": "EVIL-CODE", "verification_uri": world.Issuer + "/device", "expires_in": 300, "interval": 1,
		})
	})
	a.Server = httptest.NewServer(mux)
	t.Cleanup(a.Close)
	return a
}

// A connection from a stranger, whose provider leads to the real sign-in page, gets nothing: it is
// refused where the user has a connection of that page's issuer, whatever they answer, and asked about
// otherwise, before anything is opened.
func TestRule38_builtProgramRefusesMixUp(t *testing.T) {
	v := newVictim(t, newAttacker(t, world.Issuer))
	for _, flags := range [][]string{nil, {"--yes"}, {"--device", "--yes"}} {
		v.refused("Provider impersonates another provider", flags...)
	}
	v.do("daypass", "connection", "remove", sandboxID)
	v.refused("Use --yes to confirm")
	v.refused("Use --yes to confirm", "--device")
	if n := v.attacker.got.Load() + v.attacker.codes.Load(); n > 0 {
		t.Errorf("the attacker was asked for tokens or codes %d times", n)
	}
}

// A stranger's provider whose endpoints are all its own, and who would have the user enter its code into the
// real provider's page: the code is not shown.
func TestRule39_builtProgramRefusesCodeForOtherPage(t *testing.T) {
	v := newVictim(t, newAttacker(t, ""))
	v.refused("Provider impersonates another provider", "--device")
	v.refused("Provider impersonates another provider", "--device", "--yes")
	v.do("daypass", "connection", "remove", sandboxID)
	v.refused("Use --yes to confirm", "--device")
	if v.attacker.codes.Load() == 0 || v.attacker.got.Load() > 0 {
		t.Errorf("the attacker was asked for codes %d times, and for tokens %d times", v.attacker.codes.Load(), v.attacker.got.Load())
	}
}

// victim is a user who has imported the attacker's connection.
type victim struct {
	*user
	attacker *attacker
	evil     string // the connection's ID
}

func newVictim(t *testing.T, a *attacker) victim {
	t.Helper()
	p := arrive(t)
	p.write("bin/xdg-open", fmt.Sprintf("#!/bin/sh\necho \"$@\" >> '%s'\n", p.path("opened")), 0o700)
	t.Cleanup(func() {
		if _, err := os.Stat(p.path("opened")); err == nil {
			t.Errorf("the browser was opened: %s", p.read("opened"))
		}
	})
	text := strings.Replace(p.read("config/connections/"+sandboxID+".daypass"), world.Issuer, a.URL, 1)
	text = strings.Replace(text, `"Sandbox lake"`, `"Evil lake"`, 1)
	file := p.write("evil.daypass", text, 0o600)
	return victim{p, a, strings.TrimSpace(p.do("daypass", "connection", "import", file, "--yes"))}
}

// refused signs in with flags, which must end with these words.
func (v victim) refused(words string, flags ...string) {
	v.t.Helper()
	out, stderr, err := v.try("daypass", append([]string{"login", v.evil}, flags...)...)
	if err == nil || out != "" || !strings.Contains(stderr, words) || strings.Contains(stderr, "EVIL-CODE") {
		v.t.Errorf("%v: %v %q\n%s", flags, err, out, stderr)
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
