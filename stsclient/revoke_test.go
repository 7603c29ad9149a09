package stsclient_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"daypass/auth/secret"
	"daypass/stsclient"
	"daypass/stsclient/ststest"
)

func theKeys() stsclient.Credentials {
	return stsclient.Credentials{AccessKeyID: "KEY", SecretAccessKey: secret.New("the-secret-key"), SessionToken: secret.New("the-session-token")}
}

// Credentials can revoke themselves.
func TestRule33_revokesItself(t *testing.T) {
	var got *http.Request
	c, _ := asked(t, func(w http.ResponseWriter, r *http.Request) {
		got = r
		w.WriteHeader(http.StatusNoContent)
	})
	if err := c.RevokeCredentials(t.Context(), theKeys()); err != nil {
		t.Fatal(err)
	}
	signed := got.Header.Get("Authorization")
	if got.Method != http.MethodPost || got.URL.Path != "/minio/admin/v3/revoke-tokens/builtin" || got.URL.RawQuery != "" ||
		!strings.HasPrefix(signed, "AWS4-HMAC-SHA256 Credential=KEY/") || got.Header.Get("X-Amz-Security-Token") != "the-session-token" {
		t.Errorf("%s %s, %q", got.Method, got.URL, signed)
	}
	for name, values := range got.Header {
		if strings.Contains(strings.Join(values, " "), "the-secret-key") {
			t.Errorf("the secret key is in %s", name)
		}
	}
}

// Servers answer a revocation in different ways.
func TestRule33_revokeAnswers(t *testing.T) {
	notMinIO := "<Error><Code>MethodNotAllowed</Code></Error>"
	for name, c := range map[string]struct {
		answer ststest.Answer
		want   error
		kind   stsclient.Kind
	}{
		"already ended":  {ststest.Raw(403, "application/json", `{"Code":"InvalidAccessKeyId","Message":"no such key"}`), nil, ""},
		"refused":        {ststest.Raw(403, "application/json", `{"Code":"AccessDenied","Message":"no"}`), nil, stsclient.KindDenied},
		"in trouble":     {ststest.Raw(503, "text/plain", "later"), nil, stsclient.KindServerError},
		"another server": {ststest.Raw(405, "application/xml", notMinIO), stsclient.ErrNoRevocation, ""},
		"a web page":     {ststest.Raw(200, "text/html", "<html>welcome</html>"), stsclient.ErrNoRevocation, ""},
		"elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://x.example/", http.StatusTemporaryRedirect)
		}, stsclient.ErrNoRevocation, ""},
	} {
		client, server := asked(t, c.answer)
		err := client.RevokeCredentials(t.Context(), theKeys())
		var e *stsclient.Error
		switch {
		case c.kind != "" && (!errors.As(err, &e) || e.Kind != c.kind):
			t.Errorf("%s: %v", name, err)
		case c.kind == "" && !errors.Is(err, c.want):
			t.Errorf("%s: %v", name, err)
		case len(server.Requests()) != 1:
			t.Errorf("%s: %d requests", name, len(server.Requests()))
		case err != nil && strings.Contains(err.Error(), "the-se"):
			t.Errorf("%s: a secret in %v", name, err)
		}
	}
}

// A revocation can be canceled.
func TestRevoke_cancel(t *testing.T) {
	server := ststest.New(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }).Listen()
	c, err := stsclient.New(stsclient.Config{Endpoint: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if err := c.RevokeCredentials(ctx, theKeys()); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// Some answers come from a proxy in between.
func TestError_mayBeProxy(t *testing.T) {
	for name, c := range map[string]struct {
		answer ststest.Answer
		want   bool
	}{
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://portal.example/", http.StatusFound)
		}, true},
		"nonsense": {ststest.Raw(200, "application/octet-stream", "\x00"), true},
		"refusal":  {ststest.ErrorAnswer(403, "AccessDenied", "no"), false},
	} {
		client, _ := asked(t, c.answer)
		_, err := client.AssumeRoleWithWebIdentity(t.Context(), request())
		if stsclient.MayBeIntermediary(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}
