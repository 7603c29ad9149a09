package engine

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/session"
	"daypass/app/tools"
	"daypass/auth"
	"daypass/stsclient"
)

// signInRefused signs in at a server that refuses the token, and returns the problem.
func (b *bench) signInRefused(claims string, stsErr *stsclient.Error) app.Problem {
	b.t.Helper()
	part := base64.RawURLEncoding.EncodeToString
	b.w.set(func() {
		b.w.idToken = part([]byte(`{"alg":"RS256","kid":"k1"}`)) + "." + part([]byte(claims)) + ".signature"
		b.w.serverErr = stsErr
	})
	b.must(b.SignIn(b.t.Context(), "lake"))
	return *b.reach("lake", func(s app.Session) bool { return s.Problem != nil }).Problem
}

// An error that the server does not explain is diagnosed.
func TestSignIn_diagnosesUnexplainedError(t *testing.T) {
	b := unbubbled(t, tools.Paths{}, definition("lake"))
	b.w.set(func() { b.w.keySet = []auth.SigningKey{{ID: "k1", Type: "RSA"}} })
	p := b.signInRefused(`{"aud":"web","iss":"https://login.example","exp":4102444800}`, &stsclient.Error{Kind: stsclient.KindSilent})
	if !strings.Contains(p.English().Detail, "for web, not for desktop-app") || !strings.Contains(p.English().Admin, "x5c") || !strings.Contains(p.English().Admin, "role_arn") {
		t.Errorf("%+v", p)
	}
}

// MinIO waits forever for a provider of whose keys it cannot read one.
func TestSignIn_namesKeyThatStopsMinIO(t *testing.T) {
	b := unbubbled(t, tools.Paths{}, definition("lake"))
	b.w.set(func() {
		b.w.keySet = []auth.SigningKey{{ID: "k1", Type: "RSA"}, {ID: "ed", Type: "OKP", Curve: "Ed25519"}}
	})
	p := b.signInRefused(`{"aud":"desktop-app"}`, &stsclient.Error{Kind: stsclient.KindNotReady})
	if !strings.Contains(p.English().Detail, `"ed" (OKP, Ed25519)`) || !strings.Contains(p.English().Admin, "jwks_uri") {
		t.Errorf("%+v", p)
	}
}

// Groups that Entra ID left out are named as the problem.
func TestSignIn_groupsOmittedByEntra(t *testing.T) {
	b := unbubbled(t, tools.Paths{}, definition("lake"))
	p := b.signInRefused(`{"aud":"desktop-app","_claim_names":{"groups":"src1"}}`, &stsclient.Error{Kind: stsclient.KindClaimMissing})
	if !strings.Contains(p.English().Detail, "omitted your groups") || !strings.Contains(p.English().Admin, "assigned to") {
		t.Errorf("%+v", p)
	}
}

// A session token that the storage refuses is reported at sign-in; where the storage accepts it, nothing is.
func TestCheckSessionToken_reportsOversizedToken(t *testing.T) {
	tooLong := &stsclient.Error{Kind: stsclient.KindRequestTooLong}
	for name, c := range map[string]struct {
		storage fakeStorage
		phase   session.Phase
		warned  bool
	}{
		"MinIO":           {fakeStorage{bucketsErr: tooLong}, session.SignInFailed, false},
		"SeaweedFS":       {fakeStorage{}, session.Active, false},
		"no list":         {fakeStorage{bucketsErr: &stsclient.Error{Kind: stsclient.KindDenied}}, session.Active, false},
		"storage is away": {fakeStorage{bucketsErr: &stsclient.Error{Kind: stsclient.KindUnreachable}}, session.Active, true},
	} {
		b := unbubbled(t, tools.Paths{}, definition("lake"))
		b.w.set(func() { b.w.storage, b.w.warnings = c.storage, []stsclient.Warning{stsclient.WarnSessionTokenTooLong} })
		b.must(b.SignIn(t.Context(), "lake"))
		s := b.reach("lake", func(s app.Session) bool { return s.Phase == session.Active || s.Phase == session.SignInFailed })
		if s.Phase != c.phase || (len(s.Warnings) > 0) != c.warned {
			t.Errorf("%s: %s %v %+v", name, s.Phase, s.Warnings, s.Problem)
		}
		if c.phase == session.SignInFailed && s.Problem.Code != "sts-request-too-long" {
			t.Errorf("%s: %+v", name, s.Problem)
		}
	}
}

// The report has what the credentials allow.
func TestDiagnose_checksAccess(t *testing.T) {
	b := unbubbled(t, tools.Paths{}, definition("lake"))
	b.must(b.SignIn(t.Context(), "lake"))
	b.reach("lake", active)
	b.w.set(func() {
		b.w.storage = fakeStorage{bucketsErr: &stsclient.Error{Kind: stsclient.KindDenied}, product: stsclient.Product{MinIO: true, Release: time.Unix(1700000000, 0)}}
	})
	report, err := b.Diagnose(t.Context(), "lake")
	b.must(err)
	for _, want := range []string{"[warning] Access denied with these credentials", "[warning] This MinIO release lacks a security fix", "2025-10-15"} {
		if !strings.Contains(report.Text(), want) {
			t.Errorf("no %q in\n%s", want, report.Text())
		}
	}
}

// A scope that the provider offers, and without which the server finds no permissions, is suggested.
func TestScopeToAdd_suggested(t *testing.T) {
	stsErr := &stsclient.Error{Kind: stsclient.KindNoPermissions}
	for name, tt := range map[string]struct {
		offers, asked []string
		err           error
		want          string
	}{
		"offered":           {[]string{"openid", "groups"}, nil, stsErr, "groups"},
		"by another name":   {[]string{"roles"}, []string{"openid"}, stsErr, "roles"},
		"not offered":       {[]string{"openid"}, nil, stsErr, ""},
		"requested already": {[]string{"groups"}, []string{"openid", "groups"}, stsErr, ""},
		"another refusal":   {[]string{"groups"}, nil, &stsclient.Error{Kind: stsclient.KindAudience}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, []string{"Lake"}, func(b *bench) {
				b.w.scopes, b.w.serverErr = tt.offers, tt.err
				def, err := b.Connection(b.t.Context(), "lake")
				b.must(err)
				def.Provider.Scopes = tt.asked
				_, err = b.SaveConnection(b.t.Context(), def)
				b.must(err)
				b.must(b.SignIn(b.t.Context(), "lake"))
				s := b.is("lake", session.SignInFailed)
				if s.Problem.Scope != tt.want || tt.want != "" && !strings.Contains(s.Problem.English().NextStep, tt.want) {
					t.Errorf("scope %q, next step %q, want %q", s.Problem.Scope, s.Problem.English().NextStep, tt.want)
				}
			})
		})
	}
}
