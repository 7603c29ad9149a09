package auth_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"daypass/auth"
	"daypass/auth/oidctest"
)

// byDevice signs in by a code at a provider that behaves as d says, in a bubble.
func byDevice(t *testing.T, d *oidctest.Device, check func(t *testing.T, issuer *oidctest.Issuer, code auth.DeviceCode, tokens auth.Tokens, err error)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		issuer := oidctest.NewInMemory("https://login.example")
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Device = d
			b.Metadata = func(document map[string]any) {
				document["device_authorization_endpoint"] = "https://login.example" + oidctest.DevicePath
			}
		})
		client := newClient(t, config(issuer), auth.WithTransport(issuer.Transport()))
		var code auth.DeviceCode
		polls := 0
		tokens, err := client.SignInByDevice(t.Context(), func(c auth.DeviceCode) { code = c; polls++ })
		if err != nil && polls > 1 || err == nil && polls != 1 {
			t.Errorf("the code was told %d times", polls)
		}
		check(t, issuer, code, tokens, err)
	})
}

// The code is shown, and then exchanged.
func TestRule26_codeIsShownThenExchanged(t *testing.T) {
	byDevice(t, &oidctest.Device{Answers: []string{"authorization_pending", "authorization_pending"}}, func(t *testing.T, issuer *oidctest.Issuer, code auth.DeviceCode, tokens auth.Tokens, err error) {
		if err != nil {
			t.Fatal(err)
		}
		if code.UserCode != oidctest.UserCode || code.VerificationURI != "https://login.example/device" || !strings.HasSuffix(code.VerificationURIComplete, oidctest.UserCode) {
			t.Errorf("%+v", code)
		}
		if tokens.Identity.Subject != oidctest.Subject || tokens.RefreshToken.IsZero() || tokens.WebIdentityFrom != auth.FromIDToken {
			t.Errorf("%+v", tokens)
		}
		requested := issuer.Requests(oidctest.DevicePath)[0].Form
		if !strings.Contains(requested.Get("scope"), "offline_access") || requested.Get("code_challenge_method") != "S256" {
			t.Errorf("%v", requested)
		}
	})
}

// The interval and slow_down are obeyed.
func TestRule26_intervalAndSlowDown(t *testing.T) {
	answers := []string{"authorization_pending", "slow_down", "authorization_pending", "slow_down", "down", "authorization_pending"}
	byDevice(t, &oidctest.Device{Interval: 2, Answers: answers}, func(t *testing.T, issuer *oidctest.Issuer, _ auth.DeviceCode, _ auth.Tokens, err error) {
		if err != nil {
			t.Fatal(err)
		}
		polls := issuer.Polls()
		var gaps []string
		for i := 1; i < len(polls); i++ {
			gaps = append(gaps, fmt.Sprint(polls[i].Sub(polls[i-1])))
		}
		if got := strings.Join(gaps, " "); got != "2s 7s 7s 12s 24s 24s" {
			t.Errorf("%s", got)
		}
	})
	byDevice(t, &oidctest.Device{Answers: []string{"authorization_pending"}}, func(t *testing.T, issuer *oidctest.Issuer, _ auth.DeviceCode, _ auth.Tokens, _ error) {
		if polls := issuer.Polls(); polls[1].Sub(polls[0]) != 5*time.Second {
			t.Errorf("without an interval: %v", polls[1].Sub(polls[0]))
		}
	})
}

// Polling stops on denial and on expiry.
func TestRule26_stopsOnDenialAndExpiry(t *testing.T) {
	pending := make([]string, 1000)
	for i := range pending {
		pending[i] = "authorization_pending"
	}
	tests := map[string]struct {
		device oidctest.Device
		want   error
	}{
		"denied":               {oidctest.Device{Answers: []string{"authorization_pending", "access_denied"}}, auth.ErrDeniedByUser},
		"expired there":        {oidctest.Device{Answers: []string{"expired_token"}}, auth.ErrCodeExpired},
		"expired at Entra ID":  {oidctest.Device{Answers: []string{"code_expired"}}, auth.ErrCodeExpired},
		"declined at Entra ID": {oidctest.Device{Answers: []string{"authorization_declined"}}, auth.ErrDeniedByUser},
		"expired here":         {oidctest.Device{Answers: pending, ExpiresIn: 60}, auth.ErrCodeExpired},
		"refused":              {oidctest.Device{Answers: []string{"invalid_client"}}, auth.ErrRefusedByProvider},
		"sent to plain http":   {oidctest.Device{VerificationURI: "http://login.example/device"}, auth.ErrInsecure},
		"sent to no address":   {oidctest.Device{VerificationURI: "javascript:alert(1)"}, auth.ErrDiscovery},
		"sent to a local one":  {oidctest.Device{VerificationURI: "http://127.0.0.1/device"}, auth.ErrOtherSite},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			byDevice(t, &tt.device, func(t *testing.T, issuer *oidctest.Issuer, _ auth.DeviceCode, _ auth.Tokens, err error) {
				if !errors.Is(err, tt.want) {
					t.Errorf("%v", err)
				}
				for _, s := range issuer.Secrets() {
					if err != nil && strings.Contains(err.Error(), s) {
						t.Errorf("a secret is in %v", err)
					}
				}
			})
		})
	}
}

func TestDeviceCode_cancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		issuer := oidctest.NewInMemory("https://login.example")
		issuer.Behave(func(b *oidctest.Behavior) {
			b.Device = &oidctest.Device{Answers: []string{"authorization_pending", "authorization_pending", "authorization_pending"}}
			b.Metadata = func(document map[string]any) {
				document["device_authorization_endpoint"] = "https://login.example" + oidctest.DevicePath
			}
		})
		client := newClient(t, config(issuer), auth.WithTransport(issuer.Transport()))
		ctx, cancel := context.WithCancel(t.Context())
		_, err := client.SignInByDevice(ctx, func(auth.DeviceCode) { time.AfterFunc(7*time.Second, cancel) })
		if !errors.Is(err, auth.ErrCanceled) || len(issuer.Polls()) != 1 {
			t.Errorf("%v after %d polls", err, len(issuer.Polls()))
		}
	})
}

// The client may not use device codes.
func TestDeviceCode_unauthorizedClient(t *testing.T) {
	issuer := oidctest.Start(t)
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Metadata = func(d map[string]any) { d["device_authorization_endpoint"] = issuer.URL + oidctest.DevicePath }
	})
	_, err := newClient(t, config(issuer)).SignInByDevice(t.Context(), func(auth.DeviceCode) { t.Error("a code from nowhere") })
	wantErr(t, err, auth.ErrNoDeviceCode)
}

// The provider has no device codes.
func TestDeviceCode_unsupported(t *testing.T) {
	issuer := oidctest.Start(t)
	_, err := newClient(t, config(issuer)).SignInByDevice(t.Context(), func(auth.DeviceCode) { t.Error("a code from nowhere") })
	wantErr(t, err, auth.ErrNoDeviceCode)
}

// The address is shown to the user and copied by them.
func TestRule26_deceptiveAddress(t *testing.T) {
	for _, odd := range []string{"https://login.example/\u202egpj", "https://login.example\u0085evil", "https://login.example@evil.example/", "https://login.example/a b", "http://login.example/"} {
		byDevice(t, &oidctest.Device{VerificationURI: odd}, func(t *testing.T, _ *oidctest.Issuer, code auth.DeviceCode, _ auth.Tokens, err error) {
			if code.UserCode != "" {
				t.Errorf("%q was shown", odd)
			}
			wantErr(t, err, auth.ErrDiscovery)
		})
	}
}

// A name from the provider is made printable.
func TestProviderName_isPrintable(t *testing.T) {
	for _, c := range []struct {
		identity auth.Identity
		want     string
	}{
		{auth.Identity{Email: "ada@example.com", Name: "Ada"}, "ada@example.com"},
		{auth.Identity{Email: "a\x1b]0;x\ada\u202e\n", Name: "Ada"}, `a\x1b]0;x\x07da\u202e`},
		{auth.Identity{Email: "\u200b\u2066", Name: "Ada"}, `\u200b\u2066`},
		{auth.Identity{Subject: strings.Repeat("é", 1<<16)}, strings.Repeat("é", 99) + "…"},
	} {
		if got := c.identity.Display(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
