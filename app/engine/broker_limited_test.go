package engine

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/limits"
	"daypass/app/location"
	"daypass/app/session"
	"daypass/app/tools"
	"daypass/stsclient"
)

// Limited credentials are requested with a policy.
func TestLimited_requestsPolicy(t *testing.T) {
	b := unbubbled(t, tools.Paths{}, definition("lake"))
	b.must(b.SignIn(t.Context(), "lake"))
	b.reach("lake", active)
	scope := &limits.Scope{Locations: []location.Location{{Bucket: "measurements"}}, Duration: 15 * time.Minute}
	clientToken, err := b.AddClient(t.Context(), "lake", clients.NewClient{Name: "x", Scope: scope})
	b.must(err)
	policy, _ := scope.Policy()
	b.w.set(func() {
		last := b.w.requests[len(b.w.requests)-1]
		if last.Policy != policy || last.Duration != scope.Duration || len(b.w.requests) != 2 {
			t.Errorf("%+v", last)
		}
	})
	if clientToken.Access.AccessKeyID != "KEY2" || fetch(t, clientToken) != 200 {
		t.Errorf("%+v", clientToken)
	}
	if keys, err := b.Credentials(t.Context(), "lake"); err != nil || keys.AccessKeyID != "KEY1" {
		t.Errorf("the session's own keys are %+v %v", keys, err)
	}
	bad := &limits.Scope{Locations: []location.Location{{Bucket: "*"}}}
	if _, err := b.AddClient(t.Context(), "lake", clients.NewClient{Scope: bad}); err == nil {
		t.Error("a scope that is none was taken")
	}
	if seen, _ := b.Clients(t.Context(), "lake"); len(seen) != 1 {
		t.Errorf("a consumer without keys was kept: %+v", seen)
	}
}

// limitedTo asks for credentials of a program that are limited to places.
func (b *bench) limitedTo(paths ...location.Location) error {
	_, err := b.AddClient(b.t.Context(), "lake", clients.NewClient{Name: "x", Scope: &limits.Scope{Locations: paths}})
	return err
}

// Credentials of a server that ignores policies are not issued.
func TestRule41_serverThatIgnoresPolicies(t *testing.T) {
	part, whole := location.Location{Bucket: "lake", Prefix: "a/"}, location.Location{Bucket: "lake"}
	everything := func(string, string) bool { return true }
	busy := &stsclient.Error{Kind: stsclient.KindServerError}
	for name, c := range map[string]struct {
		storage fakeStorage
		limit   location.Location
		want    error
	}{
		"holds to them":                   {fakeStorage{buckets: []string{"lake"}}, part, nil},
		"lets nobody list buckets":        {fakeStorage{bucketsErr: &stsclient.Error{Kind: stsclient.KindDenied}}, part, nil},
		"shows names only":                {fakeStorage{buckets: []string{"lake", "payroll"}}, whole, nil},
		"allows all, part of a bucket":    {fakeStorage{allowed: everything}, part, app.ErrPolicyIgnored},
		"allows all, one bucket":          {fakeStorage{allowed: everything}, whole, app.ErrPolicyIgnored},
		"allows another bucket":           {fakeStorage{buckets: []string{"lake", "payroll"}, allowed: func(b, _ string) bool { return b == "payroll" }}, whole, app.ErrPolicyIgnored},
		"allows the bucket of the prefix": {fakeStorage{allowed: func(b, _ string) bool { return b == "lake" }}, part, app.ErrPolicyIgnored},
		"cannot answer":                   {fakeStorage{err: busy}, part, app.ErrLimitsUnchecked},
		"cannot list buckets now":         {fakeStorage{bucketsErr: busy}, whole, app.ErrLimitsUnchecked},
	} {
		b := unbubbled(t, tools.Paths{}, definition("lake"))
		b.must(b.SignIn(t.Context(), "lake"))
		b.reach("lake", active)
		b.w.set(func() { b.w.storage = c.storage })
		err := b.limitedTo(c.limit)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if seen, _ := b.Clients(t.Context(), "lake"); err != nil && len(seen) != 0 {
			t.Errorf("%s: a client without credentials was kept: %+v", name, seen)
		}
	}
}

// Ceph knows no admin:* and refuses a policy that has it.
func TestRule41_serverWithoutAdminActions(t *testing.T) {
	b := unbubbled(t, tools.Paths{}, definition("lake"))
	b.must(b.SignIn(t.Context(), "lake"))
	b.reach("lake", active)
	b.w.set(func() {
		b.w.answer = func(req stsclient.Request) error {
			if strings.Contains(req.Policy, "admin:") {
				return &stsclient.Error{Kind: stsclient.KindSessionPolicy}
			}
			return nil
		}
	})
	b.must(b.limitedTo(location.Location{Bucket: "lake"}))
	b.w.set(func() {
		if last := b.w.requests[len(b.w.requests)-1].Policy; !strings.Contains(last, `"Deny","Action":["sts:*"]`) {
			t.Errorf("%s", last)
		}
	})
}

// A server with roles of its own is told to deny them too.
func TestRule41_serverWithOwnRoles(t *testing.T) {
	b := unbubbled(t, tools.Paths{}, definition("lake"))
	b.must(b.SignIn(t.Context(), "lake"))
	b.reach("lake", active)
	b.w.set(func() { b.w.anyAction = true })
	b.must(b.limitedTo(location.Location{Bucket: "lake"}))
	b.w.set(func() {
		last := b.w.requests[len(b.w.requests)-1].Policy
		for _, denied := range []string{"admin:*", "iam:*", "sts:*"} {
			if !strings.Contains(last, `"Deny","Action":["`+denied+`"]`) {
				t.Errorf("%s is not denied: %s", denied, last)
			}
		}
	})
}

// Limited credentials are issued after the ID token has expired, too.
func TestLimited_afterIDTokenExpired(t *testing.T) {
	b := unbubbled(t, tools.Paths{}, definition("lake"))
	b.w.set(func() { b.w.idLife = time.Second })
	b.must(b.SignIn(t.Context(), "lake"))
	b.reach("lake", active)
	b.age("lake")
	b.w.set(func() { b.w.idLife = time.Minute })
	scope := &limits.Scope{Locations: []location.Location{{Bucket: "measurements"}}}
	_, err := b.AddClient(t.Context(), "lake", clients.NewClient{Name: "x", Scope: scope})
	b.must(err)
	b.w.set(func() {
		if b.w.refreshes != 1 {
			t.Errorf("%d refreshes", b.w.refreshes)
		}
	})
}

// The policy of the connection itself is not lost.
func TestLimited_keepsConnectionPolicy(t *testing.T) {
	def := definition("lake")
	def.Keys.Policy = `{"Version":"2012-10-17","Statement":[]}`
	b := unbubbled(t, tools.Paths{}, def)
	b.must(b.SignIn(t.Context(), "lake"))
	b.reach("lake", active)
	scope := &limits.Scope{Locations: []location.Location{{Bucket: "measurements"}}}
	if _, err := b.AddClient(t.Context(), "lake", clients.NewClient{Scope: scope}); !errors.Is(err, app.ErrHasPolicy) {
		t.Errorf("%v", err)
	}
}

// The report holds no secret.
func TestDiagnose_holdsNoSecret(t *testing.T) {
	b := unbubbled(t, tools.Paths{}, definition("lake"))
	report, err := b.Diagnose(t.Context(), "lake")
	if err != nil || !strings.Contains(report.Text(), "You are not signed in") {
		t.Errorf("%v\n%s", err, report.Text())
	}
	b.must(b.SignIn(t.Context(), "lake"))
	b.reach("lake", active)
	if report, err = b.Diagnose(t.Context(), "lake"); err != nil {
		t.Fatal(err)
	}
	text := report.Text()
	if strings.Contains(text, "id-s1") || strings.Contains(text, "refresh-s1") || !strings.Contains(text, "KEY1") {
		t.Errorf("%s", text)
	}
	if _, err := b.Diagnose(t.Context(), "none"); !errors.Is(err, app.ErrNoConnection) {
		t.Errorf("%v", err)
	}
}

// After an error, when the tokens are gone, the report still has the refused claims and what was requested.
func TestDiagnose_keepsRefusedClaims(t *testing.T) {
	b := unbubbled(t, tools.Paths{}, definition("lake"))
	claims := base64.RawURLEncoding.EncodeToString([]byte(`{"aud":"desktop-app","exp":1,"groups":["no-such-policy"],"nonce":"hush"}`))
	b.w.set(func() {
		b.w.idToken = "e30." + claims + ".signature"
		b.w.serverErr = &stsclient.Error{Kind: stsclient.KindPolicyUnknown}
	})
	b.must(b.SignIn(t.Context(), "lake"))
	b.reach("lake", func(s app.Session) bool { return s.Phase == session.SignInFailed })
	report, err := b.Diagnose(t.Context(), "lake")
	b.must(err)
	text := report.Text()
	for _, want := range []string{
		"groups = no-such-policy", "Claims in the ID token that could name policies: groups (no-such-policy)", "Action = AssumeRoleWithWebIdentity", "The ID token is for this client",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "signature") || strings.Contains(text, "hush") || strings.Contains(text, "Answered") {
		t.Errorf("%s", text)
	}
	b.must(b.SignOut(t.Context(), "lake"))
	b.reach("lake", func(s app.Session) bool { return s.Phase == session.SignedOut })
	if report, err = b.Diagnose(t.Context(), "lake"); err != nil || strings.Contains(report.Text(), "no-such-policy") {
		t.Errorf("claims of a user outlive their sign-out: %v\n%s", err, report.Text())
	}
}
