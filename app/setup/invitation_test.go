package setup_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/setup"
)

// company publishes a connection file at its domain. Whatever else is asked of it is an error where strict is true.
func company(t *testing.T, body string, strict bool) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/.well-known/daypass" && r.Method == http.MethodGet {
			_, _ = w.Write([]byte(body))
			return
		}
		if strict {
			t.Errorf("%s %s was asked too", r.Method, r.URL)
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

const published = "version = 1\nname = \"Research lake\"\nendpoint = \"https://minio.example:9000\"\n[login]\nissuer = \"https://login.example\"\nclient_id = \"desktop-app\"\n"

// A company's domain is enough where it publishes its connection, and nothing that this names is asked (rule 56).
func TestRule56_invitationIsNotFollowed(t *testing.T) {
	c := company(t, published, true)
	o := setup.Address(t.Context(), c.URL, setup.Options{})
	if !o.Invited || o.Definition.Name != "Research lake" || o.Definition.Provider.Issuer != "https://login.example" || o.Failed() || len(o.Missing) > 0 {
		t.Errorf("%+v\n%s", o, all(o))
	}
	if s := step(t, o, setup.StepInvitation, host(c.URL)); s.State != setup.OK || !strings.Contains(said(s), "login.example") || !strings.Contains(said(s), "minio.example:9000") {
		t.Errorf("%s", all(o))
	}
	def, err := setup.Invitation(t.Context(), c.URL, setup.Options{})
	if err != nil || def.Name != "Research lake" {
		t.Errorf("%+v, %v", def, err)
	}
}

// A page in its place, a file that is too large, and one that cannot be used are no invitation.
func TestInvitation_unusable(t *testing.T) {
	for name, body := range map[string]string{
		"page": "<!doctype html><title>Company</title>", "empty": "", "large": published + strings.Repeat("#", connection.MaxFileSize),
		"plain http": strings.Replace(published, "https://login", "http://login", 1),
	} {
		c := company(t, body, false)
		o := setup.Address(t.Context(), c.URL, setup.Options{})
		if o.Invited {
			t.Errorf("%s: %s", name, all(o))
		}
		if warned := strings.Contains(all(o), "login.issuer"); warned != (name == "plain http") {
			t.Errorf("%s: %s", name, all(o))
		}
		if _, err := setup.Invitation(t.Context(), c.URL, setup.Options{}); err == nil {
			t.Errorf("%s: an invitation", name)
		} else if known, ok := err.(*messages.Error); ok && known.Text.ID != "agent.error.invitation" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
