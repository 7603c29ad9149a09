package engine

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app"
	"daypass/app/session"
	"daypass/auth"
)

// A program that asks for credentials after a renewal was refused gets the reason, and not the advice to try again in a moment.
func TestToolCredentials_reportsWhyNotRenewed(t *testing.T) {
	inBubble(t, []string{"lake"}, func(b *bench) {
		t := b.t
		b.signedIn("lake")
		b.w.set(func() { b.w.loginErr = auth.ErrTemporary })
		time.Sleep(61 * time.Minute)
		synctest.Wait()
		b.is("lake", session.Expired)
		_, err := b.ToolCredentials(t.Context(), "lake", "aws")
		denied, ok := errors.AsType[*app.HandoverError](err)
		if !ok || !errors.Is(err, app.ErrRenewing) || denied.Problem.Code != "login-temporary" {
			t.Errorf("%v", err)
		}
	})
}

// Rule 25: a provider that refuses renewals is not asked for the rest of the day, and the reason is reported.
func TestRule25_refusedRenewalsEnd(t *testing.T) {
	inBubble(t, []string{"lake"}, func(b *bench) {
		t := b.t
		b.signedIn("lake")
		b.w.set(func() { b.w.loginErr, b.w.refreshes = auth.ErrScopeRefused, 0 })
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		b.is("lake", session.NeedsSignIn)
		b.w.set(func() {
			if b.w.refreshes != 2 {
				t.Errorf("%d refreshes", b.w.refreshes)
			}
		})
		_, err := b.ToolCredentials(t.Context(), "lake", "aws")
		if lake := b.session("lake"); !errors.Is(err, app.ErrNoCredentials) || lake.Problem.Code != "login-scope-refused" {
			t.Errorf("%v, %v", err, lake.Problem)
		}
	})
}

// Warnings about the tokens have a text.
func TestTokenWarnings_haveText(t *testing.T) {
	for _, tokens := range []auth.Tokens{{Consent: auth.ConsentNext}, {Consent: auth.ConsentUseless}, {NoIDTokenOnRefresh: true}} {
		codes := tokenWarnings(tokens)
		if len(codes) != 1 || !strings.HasSuffix(app.WarningText(codes[0]), ".") {
			t.Errorf("%+v: %v", tokens, codes)
		}
	}
	if codes := tokenWarnings(auth.Tokens{Consent: auth.ConsentRequested}); len(codes) != 0 {
		t.Errorf("%v", codes)
	}
}

// What could not be ended is said, with the name of the server that could not be informed.
func TestRule33_signOutNamesUninformedServer(t *testing.T) {
	inBubble(t, []string{"lake"}, func(b *bench) {
		t := b.t
		b.signedIn("lake")
		b.w.set(func() {
			b.w.loginErr = &auth.UnreachableError{Reason: auth.Reason{Code: auth.ReasonConnectionBroken, Params: map[string]string{"Host": "login.example"}}}
			b.w.serverErr = errors.New("down")
		})
		b.must(b.SignOut(t.Context(), "lake"))
		synctest.Wait()
		s := b.is("lake", session.SignedOut)
		if s.SigningOut || s.Problem == nil || !strings.Contains(s.Problem.English().Detail, "login.example could not be notified") ||
			!strings.Contains(s.Problem.English().Detail, "minio.example could not be asked to revoke the credentials") {
			t.Errorf("%+v", s)
		}
	})
}

// wholeWords checks that a problem has a title, a cause and a next step.
func wholeWords(t *testing.T, p app.Problem) {
	t.Helper()
	for _, text := range []string{p.English().Title, p.English().Detail, p.English().NextStep} {
		if text == "" || strings.ContainsAny(text+p.English().Admin, "{}") {
			t.Errorf("%s: %+v", p.Code, p)
		}
	}
	if p.At.IsZero() || strings.HasSuffix(p.English().Title, ".") || !strings.HasSuffix(p.English().Detail, ".") || !strings.HasSuffix(p.English().NextStep, ".") {
		t.Errorf("%s reads badly: %+v", p.Code, p)
	}
}
