package app

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"daypass/app/handover"
	"daypass/app/handover/tools"
	"daypass/app/session"
	"daypass/stsclient"
)

func TestNarrowerKeysAreAskedForWithAPolicy(t *testing.T) {
	b := unbubbled(t, tools.Places{}, definition("lake"))
	b.must(b.SignIn(t.Context(), "lake"))
	b.reach("lake", active)
	scope := &handover.Scope{Places: []handover.Place{{Bucket: "measurements"}}, Duration: 15 * time.Minute}
	grant, err := b.AddConsumer(t.Context(), "lake", handover.NewConsumer{Name: "x", Scope: scope})
	b.must(err)
	policy, _ := scope.Policy()
	b.w.set(func() {
		last := b.w.requests[len(b.w.requests)-1]
		if last.Policy != policy || last.Duration != scope.Duration || len(b.w.requests) != 2 {
			t.Errorf("%+v", last)
		}
	})
	if grant.Access.AccessKeyID != "KEY2" || fetch(t, grant) != 200 {
		t.Errorf("%+v", grant)
	}
	if keys, err := b.Keys(t.Context(), "lake"); err != nil || keys.AccessKeyID != "KEY1" {
		t.Errorf("the session's own keys are %+v %v", keys, err)
	}
	bad := &handover.Scope{Places: []handover.Place{{Bucket: "*"}}}
	if _, err := b.AddConsumer(t.Context(), "lake", handover.NewConsumer{Scope: bad}); err == nil {
		t.Error("a scope that is none was taken")
	}
	if seen, _ := b.Consumers(t.Context(), "lake"); len(seen) != 1 {
		t.Errorf("a consumer without keys was kept: %+v", seen)
	}
}

func TestNarrowerKeysAfterTheLoginsTokenHasEnded(t *testing.T) {
	b := unbubbled(t, tools.Places{}, definition("lake"))
	b.w.set(func() { b.w.idLife = time.Second })
	b.must(b.SignIn(t.Context(), "lake"))
	b.reach("lake", active)
	b.age("lake")
	b.w.set(func() { b.w.idLife = time.Minute })
	scope := &handover.Scope{Places: []handover.Place{{Bucket: "measurements"}}}
	_, err := b.AddConsumer(t.Context(), "lake", handover.NewConsumer{Name: "x", Scope: scope})
	b.must(err)
	b.w.set(func() {
		if b.w.refreshes != 1 {
			t.Errorf("%d refreshes", b.w.refreshes)
		}
	})
}

func TestAConnectionsOwnPolicyIsNotLost(t *testing.T) {
	def := definition("lake")
	def.Keys.Policy = `{"Version":"2012-10-17","Statement":[]}`
	b := unbubbled(t, tools.Places{}, def)
	b.must(b.SignIn(t.Context(), "lake"))
	b.reach("lake", active)
	scope := &handover.Scope{Places: []handover.Place{{Bucket: "measurements"}}}
	if _, err := b.AddConsumer(t.Context(), "lake", handover.NewConsumer{Scope: scope}); !errors.Is(err, ErrPolicyTaken) {
		t.Errorf("%v", err)
	}
}

func TestDiagnosisHoldsNoSecret(t *testing.T) {
	b := unbubbled(t, tools.Places{}, definition("lake"))
	report, err := b.Diagnose(t.Context(), "lake")
	if err != nil || !strings.Contains(report.Text(), "Nobody is signed in") {
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
	if _, err := b.Diagnose(t.Context(), "none"); !errors.Is(err, ErrNoConnection) {
		t.Errorf("%v", err)
	}
}

// After a refusal, when the tokens are gone, it can still be told what the login said and what was asked.
func TestARefusalIsDiagnosedWithTheClaimsThatWereRefused(t *testing.T) {
	b := unbubbled(t, tools.Places{}, definition("lake"))
	claims := base64.RawURLEncoding.EncodeToString([]byte(`{"aud":"desktop-app","exp":1,"groups":["no-such-policy"],"nonce":"hush"}`))
	b.w.set(func() {
		b.w.idToken = "e30." + claims + ".signature"
		b.w.serverErr = &stsclient.Error{Kind: stsclient.KindPolicyUnknown}
	})
	b.must(b.SignIn(t.Context(), "lake"))
	b.reach("lake", func(s Session) bool { return s.Phase == session.Trouble })
	report, err := b.Diagnose(t.Context(), "lake")
	b.must(err)
	text := report.Text()
	for _, want := range []string{
		"groups = no-such-policy", "Claims in the token that could name policies: groups (no-such-policy)", "Action = AssumeRoleWithWebIdentity", "The token is for this client",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "signature") || strings.Contains(text, "hush") || strings.Contains(text, "Answered") {
		t.Errorf("%s", text)
	}
	b.must(b.SignOut(t.Context(), "lake"))
	b.reach("lake", func(s Session) bool { return s.Phase == session.SignedOut })
	if report, err = b.Diagnose(t.Context(), "lake"); err != nil || strings.Contains(report.Text(), "no-such-policy") {
		t.Errorf("what the login said of a person outlives their sign-out: %v\n%s", err, report.Text())
	}
}
