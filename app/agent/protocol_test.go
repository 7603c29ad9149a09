package agent

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/session"
)

// Every call reaches the core.
func TestClient_callsReachCore(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	startAgent(t, core, Options{})
	c, ctx := connect(t), t.Context()
	tests := []struct {
		call func() error
		want string
	}{
		{func() error { return c.SignIn(ctx, "lake") }, "sign in lake"},
		{func() error { return c.CancelSignIn(ctx, "lake") }, "cancel lake"},
		{func() error { return c.SignOut(ctx, "lake") }, "sign out lake"},
		{func() error { return c.RenewNow(ctx, "lake") }, "renew lake"},
		{func() error { _, err := c.SignInLink(ctx, "lake"); return err }, "link lake"},
		{func() error { _, err := c.Credentials(ctx, "lake"); return err }, "keys lake"},
		{func() error { _, err := c.Connection(ctx, "lake"); return err }, "connection lake"},
		{func() error { return c.RemoveConnection(ctx, "lake") }, "remove lake"},
		{func() error { return c.SignIn(ctx, "Ada's 100 % lake #1") }, "sign in Ada's 100 % lake #1"},
	}
	core.saved = definition()
	for _, tt := range tests {
		if err := tt.call(); err != nil || core.lastCall() != tt.want {
			t.Errorf("%s: %v, the core was asked %q", tt.want, err, core.lastCall())
		}
		for _, sentinel := range []error{app.ErrNoConnection, app.ErrNoCredentials, app.ErrNoLink, app.ErrStopped} {
			core.failWith(sentinel)
			if err := tt.call(); !errors.Is(err, sentinel) {
				t.Errorf("%s: got %v, want %v", tt.want, err, sentinel)
			}
		}
		core.failWith(nil)
	}
}

// Credentials and the sign-in link arrive as the core returned them.
func TestClient_credentialsAndLink(t *testing.T) {
	ownPlace(t)
	startAgent(t, &fakeCore{}, Options{})
	c := connect(t)
	keys, err := c.Credentials(t.Context(), "lake")
	if err != nil || keys.AccessKeyID != "AKID" || keys.SecretAccessKey.Reveal() != "hush-key" ||
		keys.SessionToken.Reveal() != "hush-token" || !keys.ExpiresAt.Equal(fakeKeys.ExpiresAt) {
		t.Errorf("keys %+v %v", keys, err)
	}
	if link, err := c.SignInLink(t.Context(), "lake"); err != nil || link != "https://login.example/auth?state=hush-state" {
		t.Errorf("link %q %v", link, err)
	}
}

// Definitions of connections arrive unchanged on both sides.
func TestClient_definitions(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	startAgent(t, core, Options{})
	c, ctx := connect(t), t.Context()
	id, err := c.SaveConnection(ctx, definition())
	if err != nil || id != "made-id" || core.saved.ID != "" || core.saved.Name != "Research lake" {
		t.Errorf("a new one: %q %v, the core got %+v", id, err, core.saved)
	}
	def := definition()
	def.ID = "lake"
	if _, err := c.SaveConnection(ctx, def); err != nil || core.saved.ID != "lake" {
		t.Errorf("a known one: %v, the core got %+v", err, core.saved)
	}
	got, err := c.Connection(ctx, "lake")
	if err != nil || got.ID != "lake" || got.Provider.ClientSecret.Reveal() != "public" {
		t.Errorf("%+v %v", got, err)
	}
	got.Provider.ClientSecret = def.Provider.ClientSecret
	if !reflect.DeepEqual(got, def) {
		t.Errorf("got %+v, want %+v", got, def)
	}
}

// Field errors keep their field.
func TestClient_fieldErrorsKeepField(t *testing.T) {
	ownPlace(t)
	reason := messages.Message{ID: "agent.connection.field.name-taken", Args: map[string]string{"Connection": "Lake"}}
	core := &fakeCore{fail: &connection.FieldError{Field: "name", Reason: reason}}
	startAgent(t, core, Options{})
	c := connect(t)
	var field *connection.FieldError
	if _, err := c.SaveConnection(t.Context(), definition()); !errors.As(err, &field) || field.Field != "name" || !reflect.DeepEqual(field.Reason, reason) {
		t.Errorf("from the core: %v", err)
	}
	bad := definition()
	bad.Provider.Issuer = "http://login.example"
	if _, err := c.SaveConnection(t.Context(), bad); !errors.As(err, &field) || field.Field != "login.issuer" {
		t.Errorf("before it is sent: %v", err)
	}
	status, _, body := ask(t, http.MethodPost, "/v1/connections", string(bad.Format()), nil)
	if status != http.StatusUnprocessableEntity || body.Field != "login.issuer" {
		t.Errorf("from another client: %d %+v", status, body)
	}
}

// An invalid ID never reaches the core.
func TestClient_refusesInvalidIDs(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	startAgent(t, core, Options{})
	c := connect(t)
	for _, id := range []string{"", ".", "..", "../agent", "a/b"} {
		if err := c.SignIn(t.Context(), id); !errors.Is(err, app.ErrNoConnection) {
			t.Errorf("%q: %v", id, err)
		}
	}
	if call := core.lastCall(); call != "" {
		t.Errorf("the core was asked %q", call)
	}
}

// A watch brings snapshots with all of their fields.
func TestWatch_wholeSnapshots(t *testing.T) {
	ownPlace(t)
	now := time.Now().Round(0).UTC()
	want := app.Snapshot{Revision: 7, Version: "v1.2.3", Sessions: []app.Session{{
		ID: "lake", Name: "Research lake", Phase: session.Active, ExpiresAt: now.Add(time.Hour), RequestedDuration: 3600,
		Problem: &app.Problem{Code: "sts-denied", At: now},
	}}}
	core := &fakeCore{latest: want}
	startAgent(t, core, Options{})
	watch := connect(t).Watch(t.Context())
	if got, ok := receive(t, watch); !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	core.publish(app.Snapshot{Revision: 8})
	if got, ok := receive(t, watch); !ok || got.Revision != 8 {
		t.Errorf("got %+v", got)
	}
}

func TestInfo_ofRunningAgent(t *testing.T) {
	ownPlace(t)
	before := time.Now().Add(-time.Second)
	startAgent(t, &fakeCore{}, Options{Version: "v1.2.3"})
	info := connect(t).Info()
	if info.Version != "v1.2.3" || info.Protocol != 1 || info.PID != os.Getpid() || info.StartedAt.Before(before) {
		t.Errorf("%+v", info)
	}
}

// ask makes a request by hand, as a program of another version or a browser might.
func ask(t *testing.T, method, path, body string, change func(*http.Request)) (int, http.Header, wireError) {
	t.Helper()
	c := connect(t)
	req, err := http.NewRequestWithContext(t.Context(), method, "http://daypass"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Daypass-Protocol", "1")
	if change != nil {
		change(req)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var w wireError
	data, _ := io.ReadAll(resp.Body)
	_ = json.Unmarshal(data, &w)
	return resp.StatusCode, resp.Header, w
}

// Other versions of the protocol are refused.
func TestGuard_refusesOtherProtocols(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	stop := startAgent(t, core, Options{})
	for _, protocol := range []string{"2", "", "one"} {
		speak := func(r *http.Request) { r.Header.Set("Daypass-Protocol", protocol) }
		status, header, body := ask(t, http.MethodPost, "/v1/sessions/lake/sign-in", "", speak)
		if status != http.StatusBadRequest || body.Code != "protocol" || header.Get("Daypass-Protocol") != "1" {
			t.Errorf("protocol %q: %d %+v", protocol, status, body)
		}
		if status, _, _ := ask(t, http.MethodGet, "/v1/agent", "", speak); status != http.StatusOK {
			t.Errorf("protocol %q: info %d", protocol, status)
		}
	}
	if call := core.lastCall(); call != "" {
		t.Errorf("the core was asked %q", call)
	}
	status, _, _ := ask(t, http.MethodPost, "/v1/quit", "", func(r *http.Request) { r.Header.Set("Daypass-Protocol", "2") })
	if err := stop(); status != http.StatusNoContent || err != nil {
		t.Errorf("quit: %d, Serve gave %v", status, err)
	}
}

// Requests that only a browser sends are refused.
func TestGuard_refusesBrowsers(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	startAgent(t, core, Options{})
	changes := map[string]func(*http.Request){
		"another host": func(r *http.Request) { r.Host = "localhost" },
		"with a port":  func(r *http.Request) { r.Host = "daypass:80" },
		"an origin":    func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"null origin":  func(r *http.Request) { r.Header.Set("Origin", "null") },
		"fetch":        func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
	}
	for name, change := range changes {
		for _, path := range []string{"/v1/sessions/lake/sign-out", "/v1/quit"} {
			if status, _, body := ask(t, http.MethodPost, path, "", change); status != http.StatusForbidden || body.Code != "refused" {
				t.Errorf("%s, %s: %d %+v", name, path, status, body)
			}
		}
	}
	if call := core.lastCall(); call != "" {
		t.Errorf("the core was asked %q", call)
	}
}

// Unknown and oversized requests are refused.
func TestRoutes_refuseUnknownAndOversizedRequests(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	startAgent(t, core, Options{})
	if status, _, body := ask(t, http.MethodGet, "/v1/elsewhere", "", nil); status != http.StatusNotFound || body.Code != "bad-request" {
		t.Errorf("unknown path: %d %+v", status, body)
	}
	if status, _, body := ask(t, http.MethodGet, "/v1/sessions/lake/sign-in", "", nil); status != http.StatusNotFound || body.Code != "bad-request" {
		t.Errorf("GET for an intent: %d %+v", status, body)
	}
	if status, _, body := ask(t, http.MethodPost, "/v1/connections", strings.Repeat("#", maxBody+1), nil); status != http.StatusRequestEntityTooLarge {
		t.Errorf("too long: %d %+v", status, body)
	}
	if call := core.lastCall(); call != "" {
		t.Errorf("the core was asked %q", call)
	}
}

// The log holds no secret.
func TestRule32_logHoldsNoSecret(t *testing.T) {
	ownPlace(t)
	var log bytes.Buffer
	core := &fakeCore{}
	stop := startAgent(t, core, Options{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	c := connect(t)
	_, _ = c.Credentials(t.Context(), "lake")
	_, _ = c.SignInLink(t.Context(), "lake")
	_, _ = c.SaveConnection(t.Context(), definition())
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "/v1/sessions/lake/keys") {
		t.Errorf("nothing was logged:\n%s", &log)
	}
	for _, hidden := range []string{"hush", "public", "login.example"} {
		if strings.Contains(log.String(), hidden) {
			t.Errorf("%q is in the log:\n%s", hidden, &log)
		}
	}
}

// Calls end with their context.
func TestClient_callsEndWithContext(t *testing.T) {
	ownPlace(t)
	startAgent(t, &fakeCore{}, Options{})
	c := connect(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.SignIn(ctx, "lake"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
