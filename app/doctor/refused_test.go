package doctor

import (
	"strings"
	"testing"
	"time"

	"daypass/app/messages"
	"daypass/auth"
)

var (
	goodKey    = auth.SigningKey{ID: "k1", Type: "RSA", Algorithm: "RS256", HasCertificate: true}
	ed25519Key = auth.SigningKey{ID: "ed-1", Type: "OKP", Curve: "Ed25519"}
)

// silence is an error without a reason of a token in which nothing is wrong.
func silence() Refused {
	return Refused{
		Now: now, Reason: NoReason, Claims: ReadClaims(jwt(`{"iss":"https://login.example","aud":"desktop-app","exp":1772622000}`)),
		Header: Claims{"alg": "RS256", "kid": "k1"}, ClientID: "desktop-app", Issuer: "https://login.example", HasRole: true,
		Keys: []auth.SigningKey{goodKey},
	}
}

// What the server does not say is found in the token and in the provider's keys.
func TestFindings_ofTokenAndKeys(t *testing.T) {
	claims := func(text string) func(*Refused) { return func(r *Refused) { r.Claims = ReadClaims(jwt(text)) } }
	for name, c := range map[string]struct {
		change func(*Refused)
		says   string
	}{
		"expired":         {claims(`{"iss":"https://login.example","aud":"desktop-app","exp":1772600000}`), "has expired"},
		"other audience":  {claims(`{"iss":"https://login.example","aud":"web","exp":1772622000}`), "for web, not for desktop-app"},
		"several":         {claims(`{"iss":"https://login.example","aud":["desktop-app","web"],"exp":1772622000}`), "several audiences and no azp"},
		"other issuer":    {claims(`{"iss":"https://other.example","aud":"desktop-app","exp":1772622000}`), "https://other.example"},
		"no role":         {func(r *Refused) { r.HasRole = false }, "role_arn"},
		"long duration":   {func(r *Refused) { r.Duration = 24 * time.Hour }, "1 d"},
		"no certificate":  {func(r *Refused) { r.Keys[0].HasCertificate = false }, `"k1" (RSA, RS256) of the provider has no certificate (x5c)`},
		"ES256":           {func(r *Refused) { r.Header["alg"] = "ES256" }, "only RS256"},
		"unpublished key": {func(r *Refused) { r.Header["kid"] = "k9" }, `kid "k9"`},
		"no key set": {func(r *Refused) {
			r.Keys, r.KeysErr = nil, auth.ErrIssuerUnreachable
			r.KeysReasons = []messages.Message{{ID: "problem.reason.error", Args: map[string]string{"Error": "No connection."}}}
		}, "No connection."},
		"Ed25519 at MinIO": {func(r *Refused) { r.Reason, r.Keys = KeysReason, append(r.Keys, ed25519Key) }, `"ed-1" (OKP, Ed25519)`},
		"another curve": {func(r *Refused) {
			r.Reason, r.Keys[0] = KeysReason, auth.SigningKey{Type: "EC", Curve: "secp256k1"}
		}, ": EC, secp256k1."},
		"padded": {func(r *Refused) { r.Reason, r.Keys[0].Padded = KeysReason, true }, `"k1" (RSA, RS256)`},
	} {
		r := silence()
		c.change(&r)
		found := ""
		for _, f := range r.Findings() {
			found += messages.ForPrograms().Say(f.Detail) + " " + messages.ForPrograms().Sentences(f.Admin) + " "
		}
		if !strings.Contains(found, c.says) {
			t.Errorf("%s: %q", name, found)
		}
	}
	if found := silence().Findings(); len(found) != 0 {
		t.Errorf("all is well, but %+v", found)
	}
	ready := silence()
	ready.Reason = KeysReason
	if found := ready.Findings(); len(found) != 0 {
		t.Errorf("MinIO reads all keys, but %+v", found)
	}
}

func TestGroupsOmitted_claims(t *testing.T) {
	for text, want := range map[string]bool{
		`{"_claim_names":{"groups":"src1"},"_claim_sources":{"src1":{"endpoint":"https://graph.example"}}}`: true,
		`{"hasgroups":true}`: true, `{"hasgroups":"true"}`: true, `{"hasgroups":false}`: false, `{"groups":["a"],"hasgroups":true}`: false,
		`{"groups":["a"]}`: false, `{"_claim_names":{"address":"src1"}}`: false, `{"_claim_names":"groups"}`: false, `{}`: false,
	} {
		if got := ReadClaims(jwt(text)).GroupsOmitted(); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	f := facts()
	f.Claims["hasgroups"] = true
	delete(f.Claims, "groups")
	f.Problem = Problem{Code: "sts-claim-missing"}
	for _, c := range f.Session() {
		if c.Code == "groups-left-out" && c.Severity == Failure && strings.Contains(c.Admin, "assigned to") {
			return
		}
	}
	t.Errorf("%+v", f.Session())
}

func TestCheckAccess_severities(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2025, 10, day, 17, 29, 55, 0, time.UTC) }
	for name, c := range map[string]struct {
		access Access
		code   string
		mark   Severity
	}{
		"nothing":   {Access{Denied: true, ServerMessage: "AccessDenied: no"}, "access-denied", Warning},
		"no bucket": {Access{}, "access-no-bucket", Warning},
		"no answer": {Access{Unanswered: true}, "access-unknown", Warning},
		"old MinIO": {Access{Buckets: 1, MinIO: true, Release: at(14)}, "minio-release-old", Warning},
		"new MinIO": {Access{Buckets: 1, MinIO: true, Release: at(15)}, "minio-release", OK},
		"a MinIO":   {Access{Buckets: 1, MinIO: true}, "minio-release-unknown", Notice},
	} {
		f := facts()
		f.Access = &c.access
		found := false
		for _, check := range f.Session() {
			found = found || check.Code == c.code && check.Severity == c.mark
		}
		if !found {
			t.Errorf("%s: %+v", name, f.Session())
		}
	}
	f := facts()
	f.Access = &Access{Buckets: 2}
	for _, c := range f.Session() {
		if c.Severity != OK {
			t.Errorf("all is well, but %+v", c)
		}
	}
}
