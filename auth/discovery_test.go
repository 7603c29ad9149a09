package auth_test

import (
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daypass/auth"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
)

// An issuer is HTTPS or on loopback.
func TestRule1_issuerIsHTTPSOrLoopback(t *testing.T) {
	for issuer, ok := range map[string]bool{
		"https://login.example":      true,
		"http://127.0.0.1:5556/dex":  true,
		"http://[::1]:5556":          true,
		"http://localhost:5556":      true,
		"http://idp.example":         false,
		"http://localhost.example":   false,
		"http://127.0.0.1.example":   false,
		"http://10.0.0.1":            false,
		"ftp://login.example":        false,
		"HTTP://idp.example":         false,
		"https://u:p@login.example":  false,
		"https://login.example?a=b":  false,
		"https://login.example#frag": false,
		"login.example":              false,
		"":                           false,
	} {
		_, err := auth.New(auth.Config{Issuer: issuer, ClientID: "c"})
		if (err == nil) != ok {
			t.Errorf("%q: %v", issuer, err)
		}
		var wrong *auth.ConfigError
		if err != nil && (!errors.As(err, &wrong) || wrong.Field != "Issuer" || !strings.HasSuffix(wrong.Detail, ".")) {
			t.Errorf("%q: not a ConfigError with a sentence: %v", issuer, err)
		}
	}
	_, err := auth.New(auth.Config{Issuer: "http://idp.example", ClientID: "c"})
	wantErr(t, err, auth.ErrInsecure)
	if !strings.Contains(err.Error(), "tokens are sent there") {
		t.Errorf("it does not say why: %v", err)
	}
}

// The issuer in the metadata is the configured one.
func TestRule2_metadataIssuerMatches(t *testing.T) {
	issuer := oidctest.Start(t)
	for name, change := range map[string]string{"other": "https://evil.example", "slash": issuer.URL + "/", "case": strings.ToUpper(issuer.URL), "none": ""} {
		issuer.Behave(func(b *oidctest.Behavior) { b.Metadata = func(d map[string]any) { d["issuer"] = change } })
		_, err := newClient(t, config(issuer)).Discover(t.Context())
		var wrong *auth.DiscoveryError
		if !errors.Is(err, auth.ErrDiscovery) || !errors.As(err, &wrong) || wrong.Check != "issuer" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A discovery URL means the issuer that it begins with.
func TestRule2_discoveryURLAsIssuer(t *testing.T) {
	issuer := oidctest.Start(t)
	cfg := config(issuer)
	cfg.Issuer = " " + issuer.URL + oidctest.DiscoveryPath
	p, err := newClient(t, cfg).Discover(t.Context())
	if err != nil || p.Issuer != issuer.URL {
		t.Fatalf("issuer %v, %v", p, err)
	}
	// A discovery URL cannot show whether the issuer ends in a slash.
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Metadata = func(d map[string]any) { d["issuer"] = issuer.URL + "/" }
	})
	if p, err = newClient(t, cfg).Discover(t.Context()); err != nil || p.Issuer != issuer.URL+"/" {
		t.Fatalf("issuer %v, %v", p, err)
	}
}

// Every endpoint is HTTPS.
func TestRule3_endpointsAreHTTPS(t *testing.T) {
	issuer := oidctest.Start(t)
	for _, endpoint := range []string{
		"authorization_endpoint", "token_endpoint", "jwks_uri", "revocation_endpoint", "end_session_endpoint",
		"userinfo_endpoint", "device_authorization_endpoint",
	} {
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Metadata = func(d map[string]any) { d[endpoint] = "http://idp.example/x" }
		})
		_, err := newClient(t, config(issuer)).Discover(t.Context())
		wantErr(t, err, auth.ErrInsecure)
		var wrong *auth.DiscoveryError
		if !errors.As(err, &wrong) || wrong.Check != endpoint {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
}

// An HTTPS issuer may not send tokens to loopback.
func TestRule3_noTokensToLoopback(t *testing.T) {
	issuer := oidctest.NewInMemory("https://login.example")
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Metadata = func(d map[string]any) { d["token_endpoint"] = "http://127.0.0.1:9/token" }
	})
	_, err := newClient(t, config(issuer), auth.WithTransport(issuer.Transport())).Discover(t.Context())
	wantErr(t, err, auth.ErrInsecure)
}

// Endpoints that are missing or not valid are reported.
func TestRule3_missingOrInvalidEndpoints(t *testing.T) {
	issuer := oidctest.Start(t)
	for _, value := range []string{"", "/relative", "https://", "https://u:p@login.example/x", "https://login.example/x#y", "::"} {
		issuer.Behave(func(b *oidctest.Behavior) { b.Metadata = func(d map[string]any) { d["token_endpoint"] = value } })
		_, err := newClient(t, config(issuer)).Discover(t.Context())
		var wrong *auth.DiscoveryError
		if !errors.As(err, &wrong) || wrong.Check != "token_endpoint" {
			t.Errorf("%q: %v", value, err)
		}
	}
}

// Credentials are never sent on by a redirect.
func TestRule3_redirectGetsNoCredentials(t *testing.T) {
	reached := false
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer other.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.ClientSecret = secret.New("the client's secret")
			b.Intercept = func(w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Path == oidctest.TokenPath || r.URL.Path == oidctest.RevokePath {
					http.Redirect(w, r, other.URL, status)
					return true
				}
				return false
			}
		})
		cfg := config(issuer)
		cfg.ClientSecret = secret.New("the client's secret")
		client := newClient(t, cfg)
		_, page, err := signIn(t, client, issuer)
		wantErr(t, err, auth.ErrIssuerUnreachable)
		if !strings.Contains(page.Body, "not completed") {
			t.Errorf("%d: the browser was told that all is well", status)
		}
		wantErr(t, client.Revoke(t.Context(), secret.New("r")), auth.ErrIssuerUnreachable)
	}
	if reached {
		t.Fatal("a redirect was followed with credentials")
	}
}

// Metadata that redirect to plain HTTP are not followed.
func TestRule3_metadataRedirectToHTTP(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = func(w http.ResponseWriter, r *http.Request) bool {
			http.Redirect(w, r, "http://portal.example/login", http.StatusFound)
			return true
		}
	})
	_, err := newClient(t, config(issuer)).Discover(t.Context())
	if !auth.IsTransient(err) || !because(err, auth.ReasonRedirectInsecure) {
		t.Fatalf("got %v", err)
	}
}

// Not even one on loopback, where any program of this computer could answer for the issuer.
func TestRule3_metadataRedirectToLoopback(t *testing.T) {
	reached := false
	local := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer local.Close()
	issuer := oidctest.NewInMemory("https://login.example")
	away := oidctest.KeysPath
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path != away {
				return false
			}
			http.Redirect(w, r, local.URL, http.StatusFound)
			return true
		}
	})
	both := byHost{"login.example": issuer.Transport(), "": http.DefaultTransport}
	for _, away = range []string{oidctest.KeysPath, oidctest.DiscoveryPath} {
		_, err := newClient(t, config(issuer), auth.WithTransport(both)).Discover(t.Context())
		if !auth.IsTransient(err) || !because(err, auth.ReasonRedirectInsecure) || reached {
			t.Errorf("%s: %v", away, err)
		}
	}
}

// byHost is a network in which some hosts are in memory; the empty one stands for all others.
type byHost map[string]http.RoundTripper

func (b byHost) RoundTrip(r *http.Request) (*http.Response, error) {
	if to := b[r.URL.Host]; to != nil {
		return to.RoundTrip(r)
	}
	return b[""].RoundTrip(r)
}

// The sign-in link begins with an address of the metadata, and is handed to scripts and shells.
func TestRule7_oddCharactersInEndpoint(t *testing.T) {
	for _, odd := range []string{"?a b", `?a"b`, "?`id`", "?a|b", "?<b>", "/\u202e", "/ü", `?a\b`} {
		issuer := oidctest.Start(t)
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Metadata = func(document map[string]any) { document["authorization_endpoint"] = issuer.URL + odd }
		})
		_, err := newClient(t, config(issuer)).Discover(t.Context())
		wantErr(t, err, auth.ErrDiscovery)
	}
}

// TLS is verified, and a CA file is trusted.
func TestRule4_tlsAndCAFile(t *testing.T) {
	issuer := oidctest.NewInMemory("")
	server := httptest.NewUnstartedServer(issuer)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	issuer.URL = server.URL

	_, err := newClient(t, config(issuer)).Discover(t.Context())
	wantErr(t, err, auth.ErrIssuerUnreachable)
	if !because(err, auth.ReasonCertificateAuthority) || !auth.IsTransient(err) {
		t.Fatalf("an untrusted certificate: %v", err)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(file, block, 0o600); err != nil {
		t.Fatal(err)
	}
	cfg := config(issuer)
	cfg.CAFile = file
	if _, err := newClient(t, cfg).Discover(t.Context()); err != nil {
		t.Fatalf("with its CA: %v", err)
	}
}

// A CA file that cannot be used is reported.
func TestRule4_unusableCAFile(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{empty, empty + ".missing"} {
		_, err := auth.New(auth.Config{Issuer: "https://login.example", ClientID: "c", CAFile: file})
		var wrong *auth.ConfigError
		if !errors.As(err, &wrong) || wrong.Field != "CAFile" {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// Validation errors of a configuration name the field.
func TestConfig_invalidFields(t *testing.T) {
	for field, change := range map[string]func(*auth.Config){
		"ClientID":      func(c *auth.Config) { c.ClientID = " " },
		"RedirectHost":  func(c *auth.Config) { c.RedirectHost = "0.0.0.0" },
		"RedirectPorts": func(c *auth.Config) { c.RedirectPorts = []int{8000, 70000} },
		"RedirectPath":  func(c *auth.Config) { c.RedirectPath = "callback" },
		"ExtraParams":   func(c *auth.Config) { c.ExtraParams = map[string]string{"": "x"} },
	} {
		cfg := auth.Config{Issuer: "https://login.example", ClientID: "c"}
		change(&cfg)
		_, err := auth.New(cfg)
		var wrong *auth.ConfigError
		if !errors.As(err, &wrong) || wrong.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	for _, path := range []string{"//evil.example", "/a?b", "/a#b", "/a b", "/%2e", "http://x/y"} {
		if _, err := auth.New(auth.Config{Issuer: "https://login.example", ClientID: "c", RedirectPath: path}); err == nil {
			t.Errorf("redirect path %q is accepted", path)
		}
	}
}

// The metadata are requested once, and again after an error.
func TestDiscovery_cachedUnlessFailed(t *testing.T) {
	issuer := oidctest.Start(t)
	client := newClient(t, config(issuer))
	tokens := mustSignIn(t, client, issuer)
	if _, err := client.Refresh(t.Context(), tokens.RefreshRequest()); err != nil {
		t.Fatal(err)
	}
	if n := len(issuer.Requests(oidctest.DiscoveryPath)); n != 1 {
		t.Fatalf("%d discoveries", n)
	}
	// The token endpoint moves.
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = oidctest.Answer(oidctest.TokenPath, 404, "text/html", "<h1>gone</h1>")
	})
	if _, err := client.Refresh(t.Context(), tokens.RefreshRequest()); !auth.IsTransient(err) {
		t.Fatalf("got %v", err)
	}
	issuer.Behave(func(b *oidctest.Behavior) { b.Intercept = nil })
	_, _ = client.Refresh(t.Context(), tokens.RefreshRequest())
	if n := len(issuer.Requests(oidctest.DiscoveryPath)); n != 2 {
		t.Fatalf("%d discoveries after trouble", n)
	}
}

// An address at which there is no identity provider is reported.
func TestDiscovery_noProvider(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = oidctest.Answer(oidctest.DiscoveryPath, 404, "text/plain", "no")
	})
	_, err := newClient(t, config(issuer)).Discover(t.Context())
	wantErr(t, err, auth.ErrDiscovery)
	if auth.IsTransient(err) {
		t.Fatal("a wrong address is not transient")
	}
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = oidctest.Answer(oidctest.KeysPath, 200, "application/json", `{"keys":[]}`)
	})
	_, err = newClient(t, config(issuer)).Discover(t.Context())
	wantErr(t, err, auth.ErrDiscovery)
}
