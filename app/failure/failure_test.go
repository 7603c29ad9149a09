package failure_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/text/language"

	"daypass/app/connection"
	"daypass/app/failure"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/auth"
	"daypass/auth/cafile"
	"daypass/stsclient"
)

// Every failure a user can meet has a title, a cause and a next step, and no gap left unfilled.
func TestOf_everyFailureHasText(t *testing.T) {
	def := definition()
	for _, c := range []struct {
		err   error
		class session.Class
		code  string
	}{
		{auth.ErrSignInAgain, session.SignInAgain, "login-again"},
		{auth.ErrSubjectChanged, session.WrongUser, "login-other-person"},
		{auth.ErrNoIDToken, session.SignInAgain, "login-no-id-token"},
		{auth.ErrDeniedByUser, session.Refused, "login-denied"},
		{auth.ErrTimedOut, session.Refused, "login-timed-out"},
		{auth.ErrPortInUse, session.Refused, "login-port-taken"},
		{auth.ErrInsecure, session.Refused, "login-insecure"},
		{&auth.DiscoveryError{Check: "issuer", Reason: auth.Reason{Code: auth.ReasonPKCE}}, session.Disturbed, "login-discovery"},
		{&auth.TokenError{Check: auth.CheckSignature, Reason: auth.Reason{Code: auth.ReasonSignature}}, session.Refused, "login-token-invalid"},
		{&auth.UnreachableError{Doing: "discovery", Reason: auth.Reason{Code: auth.ReasonNotJSON, Params: map[string]string{"Host": "login.example"}}}, session.Transient, "login-unreachable"},
		{&stsclient.Error{Kind: stsclient.KindUnreachable}, session.Transient, "sts-unreachable"},
		{&stsclient.Error{Kind: stsclient.KindPolicyUnknown}, session.Refused, "sts-policy-unknown"},
		{&stsclient.Error{Kind: stsclient.KindRedirect}, session.Disturbed, "sts-redirect"},
		{&stsclient.LimitError{Parameter: "Policy", Limit: stsclient.LimitPolicyJSON}, session.Refused, "connection-limits"},
		{&cafile.Error{File: "/ca.pem", Kind: cafile.KindMissing}, session.Refused, "ca-file"},
		{context.DeadlineExceeded, session.Transient, "unexpected"},
		{errors.New("something else"), session.Refused, "unexpected"},
	} {
		f := failure.Of(fmt.Errorf("while doing it: %w", c.err), def)
		if f.Class != c.class || f.Problem.Code != c.code {
			t.Errorf("%v: %s %s, want %s %s", c.err, f.Class, f.Problem.Code, c.class, c.code)
		}
		wholeWords(t, f.Problem)
	}
}

func wholeWords(t *testing.T, p session.Problem) {
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

// An attempt that was canceled is no problem.
func TestOf_canceledAttemptIsNoProblem(t *testing.T) {
	for _, err := range []error{context.Canceled, auth.ErrCanceled} {
		if f := failure.Of(err, definition()); f.Class != session.Canceled {
			t.Errorf("%v: %s", err, f.Class)
		}
	}
}

// A computer without a network is no load on anybody; a service out of order is another matter.
func TestOf_requestThatWasNotSent(t *testing.T) {
	for err, notSent := range map[error]bool{
		fmt.Errorf("%w: %w", auth.ErrIssuerUnreachable, syscall.ENETUNREACH):                      true,
		fmt.Errorf("%w: %w", auth.ErrIssuerUnreachable, &net.DNSError{Err: "server misbehaving"}): true,
		fmt.Errorf("%w: %w", auth.ErrIssuerUnreachable, syscall.EHOSTUNREACH):                     false,
		fmt.Errorf("%w: %w", auth.ErrIssuerUnreachable, syscall.ECONNREFUSED):                     false,
		auth.ErrIssuerUnreachable: false,
	} {
		if f := failure.Of(err, definition()); f.NotSent != notSent || f.Class != session.Transient {
			t.Errorf("%v: %+v", err, f)
		}
	}
}

func definition() connection.Definition {
	return connection.Definition{
		Name: "Lake", Endpoint: "https://minio.example",
		Provider: connection.Provider{Issuer: "https://login.example", ClientID: "desktop-app", StaySignedIn: true},
	}
}

// A refused lifetime of limited credentials says what the server accepts.
func TestOf_refusedLifetime(t *testing.T) {
	p := failure.Of(&stsclient.Error{Kind: stsclient.KindDuration, MaxDuration: 12 * time.Hour}, definition()).Problem
	if !strings.Contains(p.English().Detail, "at most 12 h") || !strings.Contains(p.English().NextStep, "lifetime") {
		t.Errorf("%+v", p)
	}
	wholeWords(t, p)
}

// An error that no table knows keeps its words in every language.
func TestOf_unknownErrorHasWords(t *testing.T) {
	err := fmt.Errorf("check: %w", messages.NewError(nil, "agent.keyring.failed"))
	p := failure.Of(err, definition()).Problem
	if p.Code != "unexpected" || !strings.Contains(p.Words(messages.In(language.German)).Detail, "Schlüsselbund") {
		t.Errorf("%+v", p)
	}
}
