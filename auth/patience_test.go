package auth_test

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"daypass/auth"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
)

// mute has the provider never answer requests for a path.
func mute(issuer *oidctest.Issuer, path string) {
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = func(_ http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == path {
				<-r.Context().Done()
			}
			return false
		}
	})
}

// A provider that does not answer is given up after twenty seconds.
func TestRule25_timeoutOfProvider(t *testing.T) {
	issuer, _, tokens := inMemory(t)
	for _, path := range []string{oidctest.DiscoveryPath, oidctest.KeysPath, oidctest.TokenPath} {
		synctest.Test(t, func(t *testing.T) {
			mute(issuer, path)
			client := newClient(t, config(issuer), auth.WithTransport(issuer.Transport()))
			start := time.Now()
			_, err := client.Refresh(t.Context(), tokens.RefreshRequest())
			wantErr(t, err, auth.ErrIssuerUnreachable)
			if !auth.IsTransient(err) || time.Since(start) != 20*time.Second || !because(err, auth.ReasonNoAnswer) {
				t.Errorf("%s: %v after %v", path, err, time.Since(start))
			}
		})
	}
}

// A refresh that is canceled is no error.
func TestRefresh_canceled(t *testing.T) {
	issuer, _, tokens := inMemory(t)
	synctest.Test(t, func(t *testing.T) {
		mute(issuer, oidctest.TokenPath)
		client := newClient(t, config(issuer), auth.WithTransport(issuer.Transport()))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, err := client.Refresh(ctx, tokens.RefreshRequest())
		wantErr(t, err, auth.ErrCanceled)
		wantErr(t, err, context.Canceled)
		if auth.IsTransient(err) {
			t.Error("a cancel is taken for a network failure")
		}
	})
}

// A caller whose timeout ends first is told that it may work later.
func TestRule24_callerTimeoutIsTransient(t *testing.T) {
	issuer, _, tokens := inMemory(t)
	synctest.Test(t, func(t *testing.T) {
		mute(issuer, oidctest.TokenPath)
		client := newClient(t, config(issuer), auth.WithTransport(issuer.Transport()))
		r := auth.NewRefresher(client, tokens, func(context.Context, secret.Secret, secret.Secret) error { return nil })
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := r.Refresh(ctx); !auth.IsTransient(err) {
			t.Error(err)
		}
		time.Sleep(time.Minute) // the refresh itself goes on, and gives up by itself
	})
}

// The metadata are requested again after a day.
func TestMetadata_refetchedAfterADay(t *testing.T) {
	issuer, _, _ := inMemory(t)
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, config(issuer), auth.WithTransport(issuer.Transport()))
		before := len(issuer.Requests(oidctest.DiscoveryPath))
		for _, c := range []struct {
			wait time.Duration
			want int
		}{{0, 1}, {23 * time.Hour, 1}, {2 * time.Hour, 2}} {
			time.Sleep(c.wait)
			if _, err := client.Discover(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := len(issuer.Requests(oidctest.DiscoveryPath)) - before; n != c.want {
				t.Errorf("after %v more: %d discoveries", c.wait, n)
			}
		}
	})
}
