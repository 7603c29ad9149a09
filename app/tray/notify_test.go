//go:build linux

package tray_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"daypass/app/session"
	"daypass/app/sessionbus/bustest"
	"daypass/auth/oidctest"
	"daypass/stsclient/ststest"
)

// signedIn returns a desktop with a notification service whose user has just signed in.
func signedIn(t *testing.T) (*desktop, *bustest.Service) {
	t.Helper()
	bus := bustest.New(t)
	service := bustest.NewService(t, bus, "actions", "body")
	d := newDesktop(t, bus, "Lake")
	if err := d.client.SignIn(t.Context(), "lake"); err != nil {
		t.Fatal(err)
	}
	d.sts.Push(ststest.Success(time.Hour))
	d.user()
	d.phase("lake", session.Active)
	if _, ever := service.Count(); ever != 0 {
		t.Error("a success was told")
	}
	return d, service
}

// renew asks for a renewal until there is one: keys that were just got are not renewed.
func (d *desktop) renew() {
	d.t.Helper()
	before := len(d.issuer.Requests(oidctest.TokenPath))
	bustest.Until(d.t, "a renewal", func() bool {
		if err := d.client.RenewNow(d.t.Context(), "lake"); err != nil {
			d.t.Fatal(err)
		}
		return len(d.issuer.Requests(oidctest.TokenPath)) > before
	})
}

// There is no display here, and so no clipboard.
func TestCopySecret_failureIsReported(t *testing.T) {
	d, service := signedIn(t)
	h := newHost(t, d.bus)
	h.click("Lake", "Environment for sh")
	shown := service.Shows(1, "The credentials were not copied")
	if !strings.Contains(shown.Body, "daypass creds lake") {
		t.Errorf("%+v", shown)
	}
}

// The provider asks for the user, and the notification's button signs in.
func TestNotification_signInAgain(t *testing.T) {
	d, service := signedIn(t)
	d.issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = oidctest.Answer(oidctest.TokenPath, http.StatusBadRequest, "application/json", `{"error":"invalid_grant"}`)
	})
	d.renew()
	shown := service.Shows(1, "Sign in to Lake again")
	if !strings.Contains(shown.Body, "in 59 min") || shown.Timeout != 0 || len(shown.Actions) != 4 {
		t.Errorf("%+v", shown)
	}
	d.issuer.Behave(func(b *oidctest.Behavior) { b.Intercept = nil })
	service.Press(1, "sign-in")
	d.phase("lake", session.SigningIn)
	service.Dismissed(1)
	d.sts.Push(ststest.Success(time.Hour))
	d.user()
	d.phase("lake", session.Active)
	if open, ever := service.Count(); open != 0 || ever != 1 {
		t.Errorf("%d notifications are open, %d were shown", open, ever)
	}
}

// A failed renewal is reported once, and withdrawn.
func TestNotification_failedRenewalOnce(t *testing.T) {
	d, service := signedIn(t)
	d.issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = oidctest.Answer(oidctest.TokenPath, http.StatusServiceUnavailable, "text/plain", "later")
	})
	d.renew()
	service.Shows(1, "Renewal failed for Lake")
	d.sts.Push(ststest.Success(time.Hour))
	d.issuer.Behave(func(b *oidctest.Behavior) { b.Intercept = nil })
	service.Dismissed(1)
	d.phase("lake", session.Active)
	if _, ever := service.Count(); ever != 1 {
		t.Errorf("%d notifications were shown", ever)
	}
}

// The end of the agent leaves no notification.
func TestNotification_withdrawnWithAgent(t *testing.T) {
	d, service := signedIn(t)
	d.issuer.Behave(func(b *oidctest.Behavior) {
		b.Intercept = oidctest.Answer(oidctest.TokenPath, http.StatusBadRequest, "application/json", `{"error":"invalid_grant"}`)
	})
	d.renew()
	service.Shows(1, "Sign in to Lake again")
	if err := d.client.Quit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if open, _ := service.Count(); open != 0 {
		t.Error("it is still there")
	}
}
