package engine

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"daypass/app/connection"
	"daypass/app/session"
	"daypass/app/sessionstore"
	"daypass/app/vault"
	"daypass/auth"
	"daypass/auth/oidctest"
	"daypass/auth/secret"
	"daypass/stsclient"
	"daypass/stsclient/ststest"
)

// skewedSTS issues credentials of an hour by a clock that is ahead of the test's.
type skewedSTS struct{ ahead time.Duration }

// RoundTrip implements http.RoundTripper.
func (s *skewedSTS) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	there := time.Now().Add(s.ahead)
	w.Header().Set("Date", there.UTC().Format(http.TimeFormat))
	ststest.SuccessWith("KEY", "s", "t", there.Add(time.Hour))(w, r)
	return w.Result(), nil
}

// Everybody else's clock is right and ours is not, by hours and in either direction: the real provider's
// and server's parts, in eight hours of fake time.
func TestClock_wrongByHoursStillRenews(t *testing.T) {
	for name, ahead := range map[string]time.Duration{"slow": 7 * time.Hour, "fast": -7 * time.Hour} {
		t.Run("our clock is "+name, func(t *testing.T) {
			issuer := oidctest.NewInMemory("https://login.example")
			sts := &skewedSTS{ahead}
			tokens := signInAt(t, issuer)
			atHome(t, func(def *connection.Definition) { def.Provider.ClientID = oidctest.ClientID }, func(h *home) {
				issuer.Behave(func(b *oidctest.Behavior) { b.Skew, b.Lifetime = ahead, 2*time.Minute })
				h.build = skewedDependencies(issuer, sts)
				time.Sleep(48 * time.Hour) // a bubble begins where dates do
				h.store(tokens)
				h.run(func(b *bench) { <-b.Ready(); b.renewsFor(8*time.Hour, ahead) })
			})
		})
	}
}

// The clock of everybody else jumps, which is what a jump of ours looks like to them.
func TestClock_changeNoticedAtNextRenewal(t *testing.T) {
	issuer := oidctest.NewInMemory("https://login.example")
	sts := &skewedSTS{}
	tokens := signInAt(t, issuer)
	atHome(t, func(def *connection.Definition) { def.Provider.ClientID = oidctest.ClientID }, func(h *home) {
		h.build = skewedDependencies(issuer, sts)
		time.Sleep(48 * time.Hour) // a bubble begins where dates do
		h.store(tokens)
		h.run(func(b *bench) {
			<-b.Ready()
			for _, ahead := range []time.Duration{0, 5 * time.Hour, -5 * time.Hour, 0} {
				issuer.Behave(func(b *oidctest.Behavior) { b.Skew, b.Lifetime = ahead, 2*time.Minute })
				sts.ahead = ahead
				b.must(b.RenewNow(t.Context(), "lake"))
				b.renewsFor(2*time.Hour, ahead)
			}
		})
	})
}

// renewsFor looks every minute whether the session has live keys whose end is told by our clock.
func (b *bench) renewsFor(d, ahead time.Duration) {
	b.t.Helper()
	time.Sleep(time.Minute)
	before := b.session("lake").Renewals
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(time.Minute) {
		s := b.is("lake", session.Active)
		if remaining := time.Until(s.ExpiresAt); remaining <= 0 || remaining > time.Hour+time.Second || s.Problem != nil {
			b.t.Fatalf("%v left, problem %+v", remaining, s.Problem)
		}
		if deviation := s.ClockSkew.Duration() - ahead; deviation.Abs() > time.Second {
			b.t.Fatalf("the clocks are said to differ by %v and not by %v", s.ClockSkew.Duration(), ahead)
		}
	}
	if n := b.session("lake").Renewals - before; n < int(d/time.Hour) {
		b.t.Fatalf("%d renewals in %v", n, d)
	}
}

func signInAt(t *testing.T, issuer *oidctest.Issuer) auth.Tokens {
	t.Helper()
	client, err := auth.New(auth.Config{Issuer: issuer.URL, ClientID: oidctest.ClientID, Offline: true}, auth.WithTransport(issuer.Transport()))
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := client.SignIn(t.Context(), auth.SignInRequest{OpenBrowser: issuer.Browser().Open})
	if err != nil {
		t.Fatal(err)
	}
	tokens.WebIdentity, tokens.AccessToken = secret.Secret{}, secret.Secret{} // of another time than the bubble's
	return tokens
}

// store has the vault hold a session of which there is nothing but tokens.
func (h *home) store(tokens auth.Tokens) {
	h.t.Helper()
	def := definition("Lake")
	def.Provider.ClientID = oidctest.ClientID
	entry, err := sessionstore.Encode(session.Record{Tokens: tokens}, def.Normalized(), time.Now())
	if err != nil {
		h.t.Fatal(err)
	}
	v := vault.New(h.state(), h.r, "vault")
	if err := v.Open(h.t.Context(), true); err != nil {
		h.t.Fatal(err)
	}
	if err := v.Write(map[string]json.RawMessage{"lake": entry}); err != nil {
		h.t.Fatal(err)
	}
	if err := v.Close(); err != nil {
		h.t.Fatal(err)
	}
}

// skewedDependencies are the real ones without sockets.
func skewedDependencies(issuer *oidctest.Issuer, sts http.RoundTripper) builder {
	return func(def connection.Definition, save auth.SaveFunc) (dependencies, error) {
		client, err := auth.New(authConfig(def), auth.WithTransport(issuer.Transport()))
		if err != nil {
			return dependencies{}, err
		}
		keys, err := stsclient.New(stsConfig(def), stsclient.WithTransport(sts))
		if err != nil {
			return dependencies{}, err
		}
		return dependencies{provider: &provider{Client: client, save: save}, sts: keys, revoker: keys}, nil
	}
}
