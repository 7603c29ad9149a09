package setup_test

import (
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/setup"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
	"daypass/stsclient/ststest"
)

// storage is an S3 server that refuses without credentials, and answers STS as was recorded.
func storage(t *testing.T, server string, sts ststest.Answer) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(storageHandler(server, sts))
	t.Cleanup(s.Close)
	return s
}

func storageHandler(server string, sts ststest.Answer) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Server", server)
		if r.Method == http.MethodPost {
			sts(w, r)
			return
		}
		ststest.Raw(403, "application/xml", "<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>")(w, r)
	}
}

// encrypted is a MinIO with a certificate of an authority that nobody knows.
func encrypted(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(storageHandler("MinIO", recorded(t, "minio/token-garbage.http")))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func recorded(t *testing.T, file string) ststest.Answer {
	t.Helper()
	return ststest.File(t, filepath.Join("..", "..", "stsclient", "testdata", file))
}

// step returns a step of an outcome.
func step(t *testing.T, o setup.Outcome, id setup.StepID, subject string) setup.Step {
	t.Helper()
	at := slices.IndexFunc(o.Steps, func(s setup.Step) bool { return s.ID == id && s.Subject == subject })
	if at < 0 {
		t.Fatalf("no step %s at %s in\n%s", id, subject, all(o))
	}
	return o.Steps[at]
}

// said is what a step says.
func said(s setup.Step) string {
	if s.Problem != nil {
		return s.Problem.English().Title
	}
	return messages.Current().Sentences(s.Result)
}

func all(o setup.Outcome) string {
	var b strings.Builder
	for _, s := range o.Steps {
		fmt.Fprintf(&b, "%s %s [%s] %s\n", s.ID, s.Subject, s.State, said(s))
	}
	return b.String()
}

func host(address string) string {
	u, _ := url.Parse(address)
	return u.Host
}

// What recorded answers of each product say of it.
func TestAddress_products(t *testing.T) {
	for name, c := range map[string]struct {
		server, answer string
		state          setup.State
		words          string
		product, role  string
		missing        []string
	}{
		"MinIO by claim":      {"MinIO", "minio/token-garbage.http", setup.OK, "come from a claim", "minio", "", []string{"login.issuer", "login.client_id"}},
		"MinIO by role":       {"MinIO", "minio/role-missing.http", setup.Warning, "requires a role", "minio", "derive", []string{"login.issuer", "login.client_id"}},
		"MinIO not ready":     {"MinIO", "minio/sts-idp-down-at-start.http", setup.Warning, "Storage server is starting", "minio", "", []string{"login.issuer", "login.client_id"}},
		"RustFS":              {"RustFS", "rustfs/token-garbage.http", setup.OK, "come from a claim", "rustfs", "", []string{"login.issuer", "login.client_id"}},
		"RustFS without OIDC": {"RustFS", "rustfs/oidc-off.http", setup.Failed, "No identity provider", "rustfs", "", []string{"login.issuer", "login.client_id"}},
		"SeaweedFS":           {"SeaweedFS 4.53", "seaweedfs/token-garbage.http", setup.OK, "issues credentials for ID tokens", "seaweedfs", "", []string{"login.issuer", "login.client_id"}},
		"SeaweedFS by role":   {"SeaweedFS 4.53", "seaweedfs/role-required.http", setup.Warning, "requires a role", "seaweedfs", "", []string{"login.issuer", "login.client_id", "keys.role_arn"}},
		"SeaweedFS without":   {"SeaweedFS 4.53", "seaweedfs/sts-off.http", setup.Failed, "No STS at this address", "seaweedfs", "", []string{"login.issuer", "login.client_id"}},
		"Versity's S3 port":   {"VERSITYGW", "versity/s3-port.http", setup.Warning, "at another address", "versity", "", []string{"sts_endpoint", "login.issuer", "login.client_id", "keys.role_arn"}},
		"Ceph":                {"Ceph Object Gateway", "ceph/denied.http", setup.Notice, "does not say", "ceph", "", []string{"login.issuer", "login.client_id", "keys.role_arn"}},
		"Ceph without STS":    {"Ceph Object Gateway", "ceph/sts-off.http", setup.Failed, "No STS at this address", "ceph", "", []string{"login.issuer", "login.client_id"}},
		"unknown product":     {"nginx", "minio/token-garbage.http", setup.OK, "issues credentials", "", "", []string{"login.issuer", "login.client_id"}},
	} {
		s := storage(t, c.server, recorded(t, c.answer))
		o := setup.Address(t.Context(), s.URL, setup.Options{})
		sts := step(t, o, setup.StepSTS, host(s.URL))
		if sts.State != c.state || !strings.Contains(said(sts), c.words) || o.Product != c.product {
			t.Errorf("%s: %q\n%s", name, o.Product, all(o))
		}
		if o.Definition.Endpoint != s.URL || o.Definition.Keys.RoleARN != c.role || !slices.Equal(o.Missing, c.missing) {
			t.Errorf("%s: %+v, missing %q", name, o.Definition, o.Missing)
		}
	}
}

func TestAddress_issuer(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Pushed = true
		b.Metadata = func(m map[string]any) {
			m["scopes_supported"] = []string{"openid", "groups", "offline_access"}
			m["claims_supported"] = []string{"sub", "groups"}
		}
	})
	for _, typed := range []string{issuer.URL, host(issuer.URL), issuer.URL + "/.well-known/openid-configuration", issuer.URL + "/authorize?client_id=x"} {
		o := setup.Address(t.Context(), typed, setup.Options{ClientID: oidctest.ClientID})
		if o.Definition.Provider.Issuer != issuer.URL || o.Definition.Provider.ClientID != oidctest.ClientID || !slices.Contains(o.Definition.Provider.Scopes, "groups") {
			t.Errorf("%s: %+v\n%s", typed, o.Definition, all(o))
		}
		if s := step(t, o, setup.StepProvider, host(issuer.URL)); s.State != setup.OK || !strings.Contains(said(s), "PAR") {
			t.Errorf("%s: %s", typed, all(o))
		}
		if s := step(t, o, setup.StepClient, host(issuer.URL)); s.State != setup.OK || o.Failed() {
			t.Errorf("%s: %s", typed, all(o))
		}
		if !slices.Equal(o.Missing, []string{"endpoint"}) || !o.Found() {
			t.Errorf("%s: missing %q", typed, o.Missing)
		}
	}
	o := setup.Address(t.Context(), issuer.URL, setup.Options{ClientID: "nobody"})
	if s := step(t, o, setup.StepClient, host(issuer.URL)); s.State != setup.Failed || !strings.Contains(said(s), "http://127.0.0.1/callback") {
		t.Errorf("unknown client: %s", all(o))
	}
}

func TestAddress_nothingThere(t *testing.T) {
	page := httptest.NewServer(http.HandlerFunc(ststest.Raw(200, "text/html", "<html><title>Welcome</title>")))
	defer page.Close()
	o := setup.Address(t.Context(), page.URL, setup.Options{})
	if s := step(t, o, setup.StepServer, host(page.URL)); s.State != setup.Failed || o.Found() || !o.Failed() || len(o.Missing) > 0 {
		t.Errorf("a web page: %s", all(o))
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := listener.Addr().String()
	listener.Close()
	o = setup.Address(t.Context(), "http://"+closed, setup.Options{})
	if s := step(t, o, setup.StepConnect, closed); s.State != setup.Failed || !strings.Contains(said(s), "refused the connection") {
		t.Errorf("nobody: %s", all(o))
	}
	o = setup.Address(t.Context(), "s3://lake/folder", setup.Options{})
	if s := step(t, o, setup.StepAddress, ""); s.State != setup.Failed || len(o.Steps) != 1 {
		t.Errorf("a bucket: %s", all(o))
	}
	o = setup.Address(t.Context(), page.URL, setup.Options{CAFile: filepath.Join(t.TempDir(), "missing.pem")})
	if s := step(t, o, setup.StepAddress, ""); s.State != setup.Failed || s.Problem == nil {
		t.Errorf("a missing file: %s", all(o))
	}
}

// A certificate is refused until the user names the file of its authority, and its facts are shown.
func TestRule4_authorityOnlyFromNamedFile(t *testing.T) {
	s := encrypted(t)
	o := setup.Address(t.Context(), s.URL, setup.Options{})
	tls := step(t, o, setup.StepTLS, host(s.URL))
	if text := said(tls); tls.State != setup.Failed || !strings.Contains(text, "Acme Co") || !strings.Contains(text, "SHA-256 fingerprint") || !slices.Contains(o.Missing, "ca_file") {
		t.Errorf("missing %q in\n%s", o.Missing, all(o))
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	o = setup.Address(t.Context(), s.URL, setup.Options{CAFile: file})
	if tls := step(t, o, setup.StepTLS, host(s.URL)); tls.State != setup.OK || o.Definition.CAFile != file || o.Definition.Endpoint != s.URL {
		t.Errorf("with the file: %+v\n%s", o.Definition, all(o))
	}
}

// On this computer a server that speaks TLS is found without a scheme.
func TestAddress_schemeLeftOut(t *testing.T) {
	s := encrypted(t)
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	if o := setup.Address(t.Context(), host(s.URL), setup.Options{CAFile: file}); o.Definition.Endpoint != s.URL || o.Failed() {
		t.Errorf("%+v\n%s", o.Definition, all(o))
	}
}

// console answers as the web console of a MinIO or AIStor does.
func console(t *testing.T, login string) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Server", "MinIO Console")
		if r.URL.Path == "/api/v1/login" {
			ststest.Raw(200, "application/json", login)(w, r)
			return
		}
		ststest.Raw(200, "text/html", "<!doctype html><title>MinIO Console</title>")(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// A provider that a console names is asked only once the user has confirmed it.
func TestRule56_otherSiteOnlyOnceConfirmed(t *testing.T) {
	issuer := oidctest.Start(t)
	authorize := issuer.URL + oidctest.AuthorizePath + "?client_id=" + oidctest.ClientID + "&state=x"
	for name, login := range map[string]string{
		"today":  `{"loginStrategy":"redirect","redirectRules":[{"redirect":"` + authorize + `","displayName":"Company"}]}`,
		"before": `{"loginStrategy":"redirect","redirect":["` + authorize + `"]}`,
	} {
		c := console(t, login)
		before := len(issuer.Requests(oidctest.DiscoveryPath))
		o := setup.Address(t.Context(), c.URL+"/browser/lake", setup.Options{})
		if !slices.Equal(o.OtherSites, []string{host(issuer.URL)}) || len(issuer.Requests(oidctest.DiscoveryPath)) != before {
			t.Errorf("%s: %q, %d requests\n%s", name, o.OtherSites, len(issuer.Requests(oidctest.DiscoveryPath)), all(o))
		}
		o = setup.Address(t.Context(), c.URL+"/browser/lake", setup.Options{Confirmed: o.OtherSites})
		if o.Definition.Provider.Issuer != issuer.URL || o.Definition.Provider.ClientID != oidctest.ClientID || len(o.OtherSites) > 0 {
			t.Errorf("%s: %+v\n%s", name, o.Definition, all(o))
		}
		if s := step(t, o, setup.StepClient, host(issuer.URL)); s.State != setup.OK {
			t.Errorf("%s: %s", name, all(o))
		}
	}
}

// From a page of the provider that the user knows of, its issuer follows.
func TestAddress_providerPage(t *testing.T) {
	issuer := oidctest.Start(t)
	s := storage(t, "MinIO", recorded(t, "minio/token-garbage.http"))
	o := setup.Address(t.Context(), s.URL, setup.Options{ProviderPage: issuer.URL + oidctest.AuthorizePath, ClientID: oidctest.ClientID})
	if o.Definition.Endpoint != s.URL || o.Definition.Provider.Issuer != issuer.URL || len(o.Missing) > 0 {
		t.Errorf("%+v\n%s", o, all(o))
	}
}

// Neither is a redirect followed to another site, in whatever answer it is.
func TestRule56_redirectsNotFollowed(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the other site was asked") }))
	defer other.Close()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+r.URL.Path, http.StatusFound)
	}))
	defer s.Close()
	for _, typed := range []string{s.URL, s.URL + "/.well-known/openid-configuration"} {
		if o := setup.Address(t.Context(), typed, setup.Options{}); o.Found() {
			t.Errorf("%s: %s", typed, all(o))
		}
	}
}

func TestAddress_consoleWithPassword(t *testing.T) {
	c := console(t, `{"loginStrategy":"form","redirectRules":null}`)
	o := setup.Address(t.Context(), c.URL, setup.Options{})
	if s := step(t, o, setup.StepConsole, host(c.URL)); s.State != setup.Notice || o.Definition.Provider.ClientID != "" {
		t.Errorf("%s", all(o))
	}
	if s := step(t, o, setup.StepServer, host(c.URL)); s.State == setup.OK {
		t.Errorf("%s", all(o))
	}
}

// Nothing secret goes out, and what comes back is safe to show.
func TestConnection_sendsNoSecret(t *testing.T) {
	const hidden = "the-clients-secret"
	issuer := oidctest.Start(t)
	var mu sync.Mutex
	var sent strings.Builder
	s := storage(t, "MinIO", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		_ = r.ParseForm()
		fmt.Fprint(&sent, r.Header, r.Form)
		ststest.ErrorAnswer(400, "InvalidParameterValue", "invalid number of segments \u202e")(w, r)
	})
	def := connection.Definition{
		Name: "Lake", Endpoint: s.URL,
		Provider: connection.Provider{Issuer: issuer.URL, ClientID: oidctest.ClientID, ClientSecret: secret.New(hidden)},
	}
	var reported []setup.Step
	o := setup.Connection(t.Context(), def, setup.Options{Report: func(s setup.Step) { reported = append(reported, s) }})
	if o.Failed() || len(o.Missing) > 0 || o.Definition.Name != "Lake" {
		t.Errorf("missing %q\n%s", o.Missing, all(o))
	}
	for _, r := range slices.Concat(issuer.Requests(oidctest.AuthorizePath), issuer.Requests(oidctest.DiscoveryPath)) {
		fmt.Fprint(&sent, r)
	}
	if strings.Contains(sent.String(), hidden) || strings.Contains(all(o), "\u202e") {
		t.Errorf("sent %s\nshown %s", sent.String(), all(o))
	}
	for _, final := range o.Steps {
		first := slices.IndexFunc(reported, func(s setup.Step) bool { return s.ID == final.ID && s.Subject == final.Subject })
		if first < 0 || reported[first].State != setup.Running || final.State == setup.Running {
			t.Errorf("%s at %s was not reported as it began and ended", final.ID, final.Subject)
		}
	}
}

func TestConnection_findsWhatIsWrong(t *testing.T) {
	issuer := oidctest.Start(t)
	good := storage(t, "MinIO", recorded(t, "minio/token-garbage.http"))
	byRole := storage(t, "MinIO", recorded(t, "minio/role-missing.http"))
	wrongRole := storage(t, "MinIO", recorded(t, "minio/role-wrong.http"))
	def := connection.Definition{Endpoint: good.URL, Provider: connection.Provider{Issuer: issuer.URL, ClientID: oidctest.ClientID}}
	for name, c := range map[string]struct {
		change func(*connection.Definition)
		id     setup.StepID
		at     string
		words  string
	}{
		"console":        {func(d *connection.Definition) { d.Endpoint = console(t, "{}").URL }, setup.StepServer, "", "web console"},
		"no role":        {func(d *connection.Definition) { d.Endpoint = byRole.URL }, setup.StepSTS, byRole.URL, "requires a role"},
		"wrong role":     {func(d *connection.Definition) { d.Endpoint, d.Keys.RoleARN = wrongRole.URL, "derive" }, setup.StepSTS, wrongRole.URL, "Role"},
		"unknown client": {func(d *connection.Definition) { d.Provider.ClientID = "nobody" }, setup.StepClient, issuer.URL, "client"},
		"other issuer":   {func(d *connection.Definition) { d.Provider.Issuer += "/other" }, setup.StepProvider, issuer.URL, ""},
	} {
		d := def
		c.change(&d)
		if c.at == "" {
			c.at = d.Endpoint
		}
		o := setup.Connection(t.Context(), d, setup.Options{})
		if s := step(t, o, c.id, host(c.at)); s.State != setup.Failed && s.State != setup.Warning || !strings.Contains(said(s), c.words) {
			t.Errorf("%s:\n%s", name, all(o))
		}
	}
}

func TestStep_titles(t *testing.T) {
	for _, id := range setup.Steps() {
		if title := (setup.Step{ID: id}).Title(); !messages.Has(title.ID) {
			t.Errorf("%s has no title", id)
		}
	}
}
