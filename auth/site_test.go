package auth_test

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"daypass/auth"
	"daypass/auth/oidctest"
)

func host(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Host
}

// names has a provider name other endpoints than its own.
func names(issuer *oidctest.Issuer, endpoints map[string]string) {
	issuer.Behave(func(b *oidctest.Behavior) {
		b.Metadata = func(document map[string]any) {
			for name, address := range endpoints {
				document[name] = address
			}
		}
	})
}

// The attack: the user sees the true sign-in page, and the attacker's token endpoint gets the code and
// the verifier. It needs no listener, no browser and no code to be refused.
func TestRule38_mixUpIsRefused(t *testing.T) {
	company, attacker := oidctest.Start(t), oidctest.Start(t)
	names(attacker, map[string]string{"authorization_endpoint": company.URL + oidctest.AuthorizePath})
	for _, known := range []bool{false, true} {
		trust := auth.Trust{Others: func() []auth.Site {
			if known {
				return []auth.Site{{Issuer: company.URL}}
			}
			return nil
		}}
		client := newClient(t, config(attacker), auth.WithTrust(trust))
		_, err := client.SignIn(t.Context(), auth.SignInRequest{
			OnLink: func(string) { t.Error("there is a link") }, OpenBrowser: func(string) error { t.Error("the browser opens"); return nil },
		})
		var other *auth.OtherSiteError
		if !errors.As(err, &other) || !slices.Equal(other.Hosts, []string{host(t, company.URL)}) || other.Issuer != host(t, attacker.URL) {
			t.Fatalf("%v", err)
		}
		if errors.Is(err, auth.ErrMixUp) != known || errors.Is(err, auth.ErrOtherSite) == known {
			t.Errorf("known %v: %v", known, err)
		}
		if len(attacker.Requests(oidctest.TokenPath)) > 0 || len(company.Requests(oidctest.AuthorizePath)) > 0 {
			t.Error("somebody was asked for something")
		}
	}
}

// Every endpoint that gets something of the sign-in counts.
func TestRule38_endpointsOnIssuersSite(t *testing.T) {
	const elsewhere = "http://127.0.0.1:9/x"
	for _, name := range []string{"authorization_endpoint", "token_endpoint", "device_authorization_endpoint", "revocation_endpoint"} {
		issuer := oidctest.Start(t)
		names(issuer, map[string]string{name: elsewhere})
		_, err := newClient(t, config(issuer)).SignIn(t.Context(), auth.SignInRequest{})
		if !errors.Is(err, auth.ErrOtherSite) || !strings.Contains(reasons(err), "127.0.0.1:9") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A session that goes on sends its refresh token nowhere else, whatever the metadata say later.
func TestRule38_refreshTokenToOtherSite(t *testing.T) {
	issuer := oidctest.Start(t)
	tokens := mustSignIn(t, newClient(t, config(issuer)), issuer)
	names(issuer, map[string]string{"token_endpoint": "http://127.0.0.1:9/t", "revocation_endpoint": "http://127.0.0.1:9/r"})
	later := newClient(t, config(issuer))
	_, err := later.Refresh(t.Context(), tokens.RefreshRequest())
	wantErr(t, err, auth.ErrOtherSite)
	wantErr(t, later.Revoke(t.Context(), tokens.RefreshToken), auth.ErrOtherSite)
}

// A confirmed host is not asked about again.
func TestRule38_confirmedHost(t *testing.T) {
	front, issuer := oidctest.Start(t), oidctest.Start(t)
	names(issuer, map[string]string{"authorization_endpoint": front.URL + "/elsewhere"})
	trust := auth.Trust{Confirmed: func(name string) bool { return name == host(t, front.URL) }}
	w := startSignIn(t, newClient(t, config(issuer), auth.WithTrust(trust)))
	if !strings.HasPrefix(w.link, front.URL+"/elsewhere?") {
		t.Errorf("the link is %s", w.link)
	}
	w.cancel()
	<-w.done
}

// The attack by a code: the attacker's provider shows the company's page, with a code of the attacker's.
func TestRule39_devicePageIsOnIssuersSite(t *testing.T) {
	company, attacker := oidctest.Start(t), oidctest.Start(t)
	attacker.Behave(func(b *oidctest.Behavior) {
		b.Device = &oidctest.Device{VerificationURI: company.URL + "/device"}
		b.Metadata = func(document map[string]any) {
			document["device_authorization_endpoint"] = attacker.URL + oidctest.DevicePath
		}
	})
	for _, known := range []bool{false, true} {
		trust := auth.Trust{Others: func() []auth.Site {
			if known {
				return []auth.Site{{Issuer: company.URL}}
			}
			return nil
		}}
		shown := func(c auth.DeviceCode) { t.Errorf("the code is shown: %+v", c) }
		_, err := newClient(t, config(attacker), auth.WithTrust(trust)).SignInByDevice(t.Context(), shown)
		if errors.Is(err, auth.ErrMixUp) != known || errors.Is(err, auth.ErrOtherSite) == known {
			t.Errorf("known %v: %v", known, err)
		}
	}
}
