package cli

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/tools"
	"daypass/auth/secret"
)

// listAgent is an agent that lists those who fetch, and forgets them when it starts again.
type listAgent struct {
	access   tools.Access
	fetchers []clients.Fetcher
	err      error
	removed  string
}

func (l *listAgent) Fetch(_ context.Context, id string, f clients.Fetcher) (clients.IssuedCredentials, error) {
	l.fetchers = append(l.fetchers, f)
	l.access.Connection = id
	return clients.IssuedCredentials{Access: l.access, Session: "daypass-1"}, l.err
}

func (l *listAgent) RevokeClient(_ context.Context, client string) error {
	l.removed = client
	return nil
}

// askServed asks a program's endpoint as the program does.
func askServed(t *testing.T, g clients.ClientToken) (status int, body map[string]string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, g.URL, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	token, err := os.ReadFile(g.TokenFile)
	if err != nil || string(token) != g.Token.Reveal() {
		t.Fatalf("the file has another token: %v", err)
	}
	req.Header.Set("Authorization", string(token))
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	_ = json.NewDecoder(answer.Body).Decode(&body)
	return answer.StatusCode, body
}

// The port is the program's own for as long as it runs, whatever becomes of the agent.
func TestRule45_programEndpointOutlivesAgent(t *testing.T) {
	t.Setenv("DAYPASS_RUNTIME_DIR", t.TempDir())
	agent := &listAgent{access: testGrant().Access}
	keys := newFetcher(agent, "lake", clients.Fetcher{Name: "x"})
	access, err := keys.first(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	served, err := serveProgram(keys, access)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		err    error
		status int
	}{
		{nil, 200},
		{app.ErrStopped, 503},
		{nil, 200},
		{app.ErrPaused, 403},
		{app.ErrNoCredentials, 409},
		{nil, 200},
		{app.ErrNoClient, 403},
		{nil, 403}, // revoked for good
	} {
		agent.err = step.err
		if status, body := askServed(t, served.token); status != step.status || status == 200 && body["AccessKeyId"] != "AKID" {
			t.Errorf("after %v: %d %v", step.err, status, body)
		}
	}
	if n := len(agent.fetchers); n != 8 {
		t.Errorf("the agent was asked %d times", n)
	}
	for _, f := range agent.fetchers[1:] {
		if f.ID != agent.fetchers[0].ID || len(f.ID) < 26 || f.Session != "daypass-1" {
			t.Errorf("%+v", f)
		}
	}
	keys.leave(t.Context())
	served.close()
	if _, err := os.Stat(served.token.TokenFile); !errors.Is(err, os.ErrNotExist) || agent.removed != agent.fetchers[0].ID {
		t.Errorf("left behind: %v, %q", err, agent.removed)
	}
}

// A private authority is added to the system's own.
func TestServed_bundleHasSystemAndPrivateAuthorities(t *testing.T) {
	t.Setenv("DAYPASS_RUNTIME_DIR", t.TempDir())
	dir := t.TempDir()
	system, own := filepath.Join(dir, "system.pem"), filepath.Join(dir, "own.pem")
	if err := errors.Join(os.WriteFile(system, []byte("SYSTEM\n"), 0o600), os.WriteFile(own, []byte("OWN\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SSL_CERT_FILE", system)
	served, err := serveProgram(newFetcher(&listAgent{}, "lake", clients.Fetcher{}), tools.Access{CAFile: own, Credentials: app.Credentials{SecretAccessKey: secret.New("x")}})
	if err != nil {
		t.Fatal(err)
	}
	defer served.close()
	var bundle string
	for _, v := range served.token.Environment() {
		if v.Name == "SSL_CERT_FILE" {
			bundle = v.Value
		}
	}
	text, err := os.ReadFile(bundle)
	if err != nil || string(text) != "SYSTEM\nOWN\n" || !strings.HasPrefix(bundle, filepath.Dir(served.token.TokenFile)) {
		t.Errorf("%s: %q %v", bundle, text, err)
	}
}

func testGrant() clients.ClientToken {
	return clients.ClientToken{
		Client: "1", URL: "http://127.0.0.1:40123/v1/credentials", Token: secret.New("hush"),
		Access: tools.Access{
			Connection: "lake", Endpoint: "https://minio.example:9000", CAFile: "/ca.pem", Credentials: app.Credentials{
				AccessKeyID: "AKID", SecretAccessKey: secret.New("s"), SessionToken: secret.New("t"),
			},
		},
	}
}
