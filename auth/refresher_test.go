package auth_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"

	"daypass/auth"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
)

// hold has the token endpoint wait for each value of the channel.
func hold(issuer *oidctest.Issuer) chan<- bool {
	release := make(chan bool)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = func(_ http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == oidctest.TokenPath {
				<-release
			}
			return false
		}
	})
	return release
}

// inMemory is a provider without sockets and a session there, made by a sign-in outside the bubble.
func inMemory(t *testing.T) (*oidctest.Issuer, *auth.Client, auth.Tokens) {
	t.Helper()
	issuer := oidctest.NewInMemory("https://login.example")
	client := newClient(t, config(issuer), auth.WithTransport(issuer.Transport()))
	return issuer, client, mustSignIn(t, client, issuer)
}

func TestRule24_fiftyCallersOneRequest(t *testing.T) {
	issuer, _, tokens := inMemory(t)
	synctest.Test(t, func(t *testing.T) {
		release := hold(issuer)
		saved := 0
		client := newClient(t, config(issuer), auth.WithTransport(issuer.Transport()))
		r := auth.NewRefresher(client, tokens, func(context.Context, secret.Secret, secret.Secret) error {
			saved++
			return nil
		})
		var (
			callers sync.WaitGroup
			results [50]auth.Tokens
		)
		for n := range results {
			callers.Go(func() {
				var err error
				if results[n], err = r.Refresh(t.Context()); err != nil {
					t.Errorf("caller %d: %v", n, err)
				}
			})
		}
		synctest.Wait()
		release <- true
		callers.Wait()
		if n := len(issuer.Requests(oidctest.TokenPath)); n != 2 || saved != 1 {
			t.Errorf("%d token requests with the sign-in, saved %d times", n, saved)
		}
		for n := range results {
			if results[n].RefreshToken.IsZero() || results[n] != results[0] {
				t.Errorf("caller %d got other tokens", n)
			}
		}
	})
}

// Rotated tokens are stored before any caller gets them.
func TestRule24_storedBeforeReturned(t *testing.T) {
	_, client, tokens := inMemory(t)
	stored := tokens.RefreshToken
	r := auth.NewRefresher(client, tokens, func(_ context.Context, spent, fresh secret.Secret) error {
		if !spent.Equal(stored) {
			t.Error("the token that is said to be spent is not the one before")
		}
		stored = fresh
		return nil
	})
	for range 3 { // each uses the one before
		got, err := r.Refresh(t.Context())
		if err != nil || !stored.Equal(got.RefreshToken) {
			t.Fatalf("%v: what was given is not what was stored", err)
		}
	}
}

// A save that fails loses no token.
func TestRule24_failedSaveLosesNothing(t *testing.T) {
	_, client, tokens := inMemory(t)
	full := errors.New("disk full")
	r := auth.NewRefresher(client, tokens, func(context.Context, secret.Secret, secret.Secret) error { return full })
	for range 2 {
		got, err := r.Refresh(t.Context())
		var failed *auth.SaveError
		if !errors.As(err, &failed) || !errors.Is(err, full) || got.WebIdentity.IsZero() || got.RefreshToken.IsZero() {
			t.Fatalf("%v with %+v", err, got)
		}
		if auth.IsTransient(err) {
			t.Error("a full disk is not the network")
		}
	}
}

// A rotated token is stored even if the rest of the answer is invalid.
func TestRule24_storedThoughAnswerIsBad(t *testing.T) {
	issuer, client, tokens := inMemory(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.Claims = func(_ string, c map[string]any) { c["aud"] = "other" } })
	var stored secret.Secret
	r := auth.NewRefresher(client, tokens, func(_ context.Context, _, fresh secret.Secret) error {
		stored = fresh
		return nil
	})
	_, err := r.Refresh(t.Context())
	wantErr(t, err, auth.ErrTokenInvalid)
	if stored.IsZero() || stored.Equal(tokens.RefreshToken) {
		t.Fatal("the rotated token is not stored")
	}
	issuer.Behave(func(b *oidctest.Behavior) { b.Claims = nil })
	if _, err := r.Refresh(t.Context()); err != nil {
		t.Errorf("the session is lost: %v", err)
	}
}

// Nothing is stored where no token came.
func TestRule24_nothingToStore(t *testing.T) {
	issuer, client, tokens := inMemory(t)
	issuer.Behave(func(b *oidctest.Behavior) { b.Intercept = oidctest.Answer(oidctest.TokenPath, 503, "", "") })
	r := auth.NewRefresher(client, tokens, func(context.Context, secret.Secret, secret.Secret) error {
		t.Error("saved")
		return nil
	})
	got, err := r.Refresh(t.Context())
	if !auth.IsTransient(err) || got != (auth.Tokens{}) {
		t.Errorf("%v with %+v", err, got)
	}
	issuer.Behave(func(b *oidctest.Behavior) { b.Intercept = nil })
	r = auth.NewRefresher(client, tokens, func(context.Context, secret.Secret, secret.Secret) error { return nil })
	if _, err := r.Refresh(t.Context()); err != nil {
		t.Errorf("the refresh token was lost in an outage: %v", err)
	}
}

// A caller who leaves does not end the refresh.
func TestRule24_canceledCaller(t *testing.T) {
	issuer, _, tokens := inMemory(t)
	synctest.Test(t, func(t *testing.T) {
		release := hold(issuer)
		client := newClient(t, config(issuer), auth.WithTransport(issuer.Transport()))
		var stored secret.Secret
		r := auth.NewRefresher(client, tokens, func(_ context.Context, _, fresh secret.Secret) error {
			stored = fresh
			return nil
		})
		ctx, leave := context.WithCancel(t.Context())
		done := make(chan error)
		go func() {
			_, err := r.Refresh(ctx)
			done <- err
		}()
		synctest.Wait()
		leave()
		wantErr(t, <-done, auth.ErrCanceled)
		release <- true
		synctest.Wait()
		if stored.IsZero() || stored.Equal(tokens.RefreshToken) {
			t.Error("the rotated refresh token was lost with its caller")
		}
	})
}
