package sessionstore_test

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"daypass/app/connection"
	"daypass/app/credentials"
	"daypass/app/session"
	"daypass/app/sessionstore"
	"daypass/auth"
	"daypass/auth/secret"
)

func definition() connection.Definition {
	return connection.Definition{
		Name: "Lake", Endpoint: "https://minio.example",
		Provider: connection.Provider{Issuer: "https://login.example", ClientID: "desktop-app", StaySignedIn: true},
	}.Normalized()
}

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func record() session.Record {
	return session.Record{
		Tokens: auth.Tokens{
			RefreshToken: secret.New("r"), AccessToken: secret.New("a"), WebIdentity: secret.New("w"), WebIdentityFrom: auth.FromAccessToken,
			WebIdentityExpiry: monday.Add(time.Minute), Identity: auth.Identity{Issuer: "https://login.example", Subject: "ada", Email: "ada@example.com"},
			Scope: "openid email", ScopeRefused: true, NoIDTokenOnRefresh: true, Consent: auth.ConsentRequested,
			ProofKey: secret.New("k"), Bound: true,
		},
		Credentials: &session.Credentials{
			Credentials: credentials.Credentials{
				AccessKeyID: "AKIA", SecretAccessKey: secret.New("s"), SessionToken: secret.New("t"), ExpiresAt: monday.Add(time.Hour),
			},
			IssuedAt: monday, RequestedDuration: 30 * time.Minute, ClockSkew: -3 * time.Second, Warnings: []string{"w1"},
		},
		RevokeType: "daypass-mark", MustSignIn: true, Renewals: 3,
		Problem: &session.Problem{Code: "login-again", Title: "Sign in again", Detail: "It has ended.", NextStep: "Sign in.", At: monday},
	}
}

// golden is an entry as it is on disk; the names and forms of its fields do not change, so that sessions stored
// by earlier versions are still read.
const golden = `{"service":"2dba8fef0cddd0b77e7b440a01c3644e1a1e504ab7c17415a73e1236b5db77aa","stored_at":"2026-03-02T09:00:00Z","refresh_token":"r","access_token":"a","web_identity":"w",` +
	`"web_identity_from":"access_token","web_identity_expiry":"2026-03-02T09:01:00Z",` +
	`"identity":{"Issuer":"https://login.example","Subject":"ada","Email":"ada@example.com","Username":"","Name":""},"scope":"openid email","scope_refused":true,"no_id_token_on_refresh":true,"consent":"asked","proof_key":"k","bound":true,` +
	`"keys":{"access_key_id":"AKIA","secret_access_key":"s","session_token":"t","issued_at":"2026-03-02T09:00:00Z","expires_at":"2026-03-02T10:00:00Z",` +
	`"asked":1800000000000,"clock_skew":-3000000000,"warnings":["w1"]},"mark":"daypass-mark","must_sign_in":true,"renewals":3,` +
	`"problem":{"code":"login-again","title":"Sign in again","detail":"It has ended.","next_step":"Sign in.","at":"2026-03-02T09:00:00Z"}}`

func TestEncode_entryOnDisk(t *testing.T) {
	entry, err := sessionstore.Encode(record(), definition(), monday)
	if err != nil {
		t.Fatal(err)
	}
	if !sameJSON(t, entry, golden) {
		t.Errorf("got  %s\nwant %s", entry, golden)
	}
}

func sameJSON(t *testing.T, a json.RawMessage, b string) bool {
	t.Helper()
	var one, other any
	if err := errors.Join(json.Unmarshal(a, &one), json.Unmarshal([]byte(b), &other)); err != nil {
		t.Fatal(err)
	}
	return reflect.DeepEqual(one, other)
}

func TestDecode_entryOfAnEarlierVersion(t *testing.T) {
	got, ok := sessionstore.Decode(json.RawMessage(golden), definition(), monday)
	if !ok || got.Doubtful || got.Credentials == nil || got.Problem == nil {
		t.Fatalf("%+v %v", got, ok)
	}
	// Its words are all there is of the problem.
	if words := got.Problem.Current(); words.Title != "Sign in again" || words.Detail != "It has ended." || words.NextStep != "Sign in." {
		t.Errorf("%+v", words)
	}
	again, err := sessionstore.Encode(got.Record, definition(), monday)
	if err != nil || !sameJSON(t, again, golden) {
		t.Errorf("%s %v", again, err)
	}
	if got.Credentials.SecretAccessKey.Reveal() != "s" || got.Tokens.RefreshToken.Reveal() != "r" {
		t.Error("the secrets are others")
	}
}

func TestDecode_clockSetBackMakesExpiriesDoubtful(t *testing.T) {
	entry, err := sessionstore.Encode(session.Record{Tokens: auth.Tokens{RefreshToken: secret.New("r")}}, definition(), monday)
	if err != nil {
		t.Fatal(err)
	}
	for back, want := range map[time.Duration]bool{0: false, time.Second: false, 3 * time.Hour: true} {
		e, ok := sessionstore.Decode(entry, definition(), monday.Add(-back))
		if !ok || e.Doubtful != want || e.Tokens.RefreshToken.Reveal() != "r" {
			t.Errorf("set back by %v: doubtful %v", back, e.Doubtful)
		}
	}
}

// A session goes on under a definition that differs in what counts at the next sign-in; earlier versions noted that too.
func TestDecode_entryOfTheSameService(t *testing.T) {
	before := definition()
	before.Provider.RedirectPorts = []int{8400}
	entry, err := sessionstore.Encode(record(), before, monday)
	if err != nil {
		t.Fatal(err)
	}
	after := before
	after.Name, after.Provider.RedirectPorts, after.Keys.Duration = "Pond", []int{8401}, time.Hour
	var earlier map[string]any
	if err := json.Unmarshal(entry, &earlier); err != nil {
		t.Fatal(err)
	}
	whole := before
	whole.Name = ""
	earlier["service"] = fmt.Sprintf("%x", sha256.Sum256(whole.Canonical()))
	old, err := json.Marshal(earlier)
	if err != nil {
		t.Fatal(err)
	}
	for def, entries := range map[*connection.Definition][]json.RawMessage{&before: {entry, old}, &after: {entry}} {
		for _, e := range entries {
			if _, ok := sessionstore.Decode(e, *def, monday); !ok {
				t.Errorf("%+v: not taken up", def.Provider)
			}
		}
	}
}

func TestDecode_entryOfAnotherServiceIsOfNoUse(t *testing.T) {
	entry, err := sessionstore.Encode(record(), definition(), monday)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*connection.Definition){
		"issuer":   func(d *connection.Definition) { d.Provider.Issuer = "https://other.example" },
		"endpoint": func(d *connection.Definition) { d.Endpoint = "https://other.example" },
		"policy":   func(d *connection.Definition) { d.Provider.StaySignedIn = false },
	} {
		def := definition()
		change(&def)
		if _, ok := sessionstore.Decode(entry, def, monday); ok {
			t.Errorf("%s: taken", name)
		}
	}
	if _, ok := sessionstore.Decode(json.RawMessage("{"), definition(), monday); ok {
		t.Error("damaged: taken")
	}
}

func TestKeepable_rulesOfTheConnection(t *testing.T) {
	def := definition()
	r := record()
	r.Tokens.IDToken = secret.New("i")
	if got := sessionstore.Keepable(r, def); !got.Tokens.IDToken.IsZero() || got.Tokens.AccessToken.IsZero() {
		t.Errorf("%+v", got.Tokens)
	}
	r.Tokens.WebIdentityFrom = auth.FromIDToken
	if got := sessionstore.Keepable(r, def); !got.Tokens.AccessToken.IsZero() {
		t.Error("an access token that nothing needs is stored")
	}
	def.Keys.SendAccessToken = true
	if got := sessionstore.Keepable(r, def); got.Tokens.AccessToken.IsZero() {
		t.Error("the access token to send is not stored")
	}
	def.Provider.StaySignedIn = false
	if got := sessionstore.Keepable(r, def); got != (session.Record{}) {
		t.Error("stored against the connection's rule")
	}
}
