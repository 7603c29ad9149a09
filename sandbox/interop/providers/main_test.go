//go:build interop

// Package providers tests Daypass with real identity providers: Keycloak, Ory Hydra, oidc-provider, the example
// of zitadel/oidc, and Dex, each with a MinIO that takes their sign-ins.
package providers

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daypass/sandbox/headless"
	"daypass/sandbox/interop/idp"
	"daypass/sandbox/interop/journey"
	"daypass/sandbox/interop/matrix"
	"daypass/sandbox/interop/store"
)

// lifetime is how long ID tokens are valid where a provider lets us say so, and with them the credentials of MinIO.
const lifetime = 30 * time.Second

// The columns.
const (
	signIn  = "sign-in"
	renewal = "renewal"
	restart = "restart"
	signOut = "sign-out"
	device  = "device code"
)

var table = matrix.Table{
	File: filepath.Join("..", "..", "..", "docs", "interop.md"), Heading: "Identity providers with MinIO",
	Columns: []string{"provider", "settings", signIn, renewal, restart, signOut, device},
}

func TestMain(m *testing.M) {
	code := m.Run()
	if err := table.Write(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// noDeviceCodes is the reason of providers that offer none.
const noDeviceCodes = "not offered by the provider"

// noRevocation is the reason of providers at which a refresh token cannot be revoked.
const noRevocation = "the refresh token stays valid: the provider has no revocation endpoint"

// tour takes a new user through all steps.
func tour(t *testing.T, name, settings string, p *idp.Provider, s store.Server, wants map[string]string) {
	t.Helper()
	row := table.NewRow(t, name, settings, wants)
	u := journey.New(t, p, s)
	must(t, u.Start(t.Context()))
	if !row.Step(t, signIn, func(t *testing.T) string { return signsIn(t, u) }) || wants[signIn] != "" {
		return
	}
	if !row.Step(t, renewal, func(t *testing.T) string { return renews(t, u) }) || wants[renewal] != "" {
		return
	}
	row.Step(t, restart, func(t *testing.T) string { return restarts(t, u) })
	row.Step(t, signOut, func(t *testing.T) string { return signsOut(t, u) })
	row.Step(t, device, func(t *testing.T) string { return signsInByCode(t, u) })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// signsIn returns the title of the problem where Daypass says one.
func signsIn(t *testing.T, u *journey.User) string {
	t.Helper()
	words, err := u.SignIn(t)
	if err != nil {
		return title(t, u, words)
	}
	usable(t, u)
	return ""
}

// title is that of the problem that ended a sign-in.
func title(t *testing.T, u *journey.User, words string) string {
	t.Helper()
	s := u.Session(t)
	if s.Problem == nil {
		t.Fatalf("not signed in, and no problem: %s", words)
	}
	t.Log(words)
	return s.Problem.Title
}

// usable fails the test unless the credentials list the buckets.
func usable(t *testing.T, u *journey.User) {
	t.Helper()
	if _, err := u.Buckets(t); err != nil {
		t.Fatal("the buckets cannot be listed:", err)
	}
}

func renews(t *testing.T, u *journey.User) string {
	t.Helper()
	before, err := u.Keys(t.Context(), journey.ID)
	must(t, err)
	renewals := u.Session(t).Renewals
	s := u.Until(t, "renewal", func(s headless.Session) bool {
		return s.Renewals > renewals && s.ExpiresAt.After(before.ExpiresAt) || ended(s)
	})
	if ended(s) {
		return s.Problem.Title
	}
	if now, err := u.Keys(t.Context(), journey.ID); err != nil || now.AccessKeyID == before.AccessKeyID {
		t.Errorf("the credentials after the renewal are the old ones: %v", err)
	}
	usable(t, u)
	return ""
}

// ended reports whether only the user can go on.
func ended(s headless.Session) bool {
	return s.Problem != nil && s.Phase != "active" && s.Phase != "renewing" && s.Phase != "exchanging"
}

func restarts(t *testing.T, u *journey.User) string {
	t.Helper()
	browsed := u.Browsed()
	must(t, u.Stop())
	must(t, u.Start(t.Context()))
	u.Until(t, "session after the restart", func(s headless.Session) bool { return s.Phase == "active" || ended(s) })
	reason := renews(t, u)
	if u.Browsed() != browsed {
		t.Error("the browser was opened after the restart")
	}
	return reason
}

func signsOut(t *testing.T, u *journey.User) string {
	t.Helper()
	if s := u.Session(t); s.Phase != "active" {
		return "" // it has ended already
	}
	keys, err := u.Keys(t.Context(), journey.ID)
	must(t, err)
	token := u.RefreshToken(t)
	words := u.Run(t, "daypass", "logout", journey.ID)
	if _, err := u.BucketsWith(t, keys); err == nil {
		t.Error("the credentials still work")
	}
	if s := u.Session(t); s.Phase != "signed-out" {
		t.Errorf("%+v", s)
	}
	if u.Provider.Endpoint(t, "revocation_endpoint") == "" {
		return noRevocation
	}
	if token == "" || !u.Revoked(t, token) || u.Refreshable(t, token) {
		t.Errorf("the refresh token is not revoked: %s", words)
	}
	return ""
}

func signsInByCode(t *testing.T, u *journey.User) string {
	t.Helper()
	words, err := u.SignIn(t, "--device")
	if u.Provider.Endpoint(t, "device_authorization_endpoint") == "" {
		if err == nil || !strings.Contains(words, "code") {
			t.Errorf("a provider without device codes: %v, %s", err, words)
		}
		return noDeviceCodes
	}
	if err != nil {
		return title(t, u, words)
	}
	usable(t, u)
	return ""
}
