// Package failure turns errors of an attempt into what they mean for a session, and into problems that users are shown.
package failure

import (
	"context"
	"errors"
	"net"
	"net/url"
	"syscall"

	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/schedule"
	"daypass/app/session"
	"daypass/auth"
	"daypass/auth/cafile"
	"daypass/stsclient"
)

// entry is one line of the table from errors to problems.
type entry struct {
	is    error
	class session.Class
	code  string
	// reason is set where the user is shown what the error says of itself.
	reason bool
	// tokenWorks is as in session.Failure.
	tokenWorks bool
}

// signInProblems is the table for the identity provider's side; the first entry that matches counts.
// The storage server's errors bring their own code, see stsclient.Error.
var signInProblems = []entry{
	{is: auth.ErrSignInAgain, class: session.SignInAgain, code: "login-again"},
	{is: auth.ErrSubjectChanged, class: session.WrongUser, code: "login-other-person"},
	{is: auth.ErrNoIDToken, class: session.SignInAgain, code: "login-no-id-token", tokenWorks: true},
	{is: auth.ErrDeniedByUser, class: session.Refused, code: "login-denied"},
	{is: auth.ErrNoDeviceCode, class: session.Refused, code: "login-no-device-code"},
	{is: auth.ErrTimedOut, class: session.Refused, code: "login-timed-out"},
	{is: auth.ErrPortInUse, class: session.Refused, code: "login-port-taken"},
	{is: auth.ErrMixUp, class: session.Refused, code: "login-mix-up", reason: true},
	{is: auth.ErrOtherSite, class: session.Disturbed, code: "login-other-site", reason: true},
	{is: auth.ErrInsecure, class: session.Refused, code: "login-insecure", reason: true},
	{is: auth.ErrDiscovery, class: session.Disturbed, code: "login-discovery", reason: true},
	{is: auth.ErrTokenInvalid, class: session.Refused, code: "login-token-invalid", reason: true},
	{is: auth.ErrRefusedByProvider, class: session.Refused, code: "login-refused", reason: true},
	{is: auth.ErrIssuerUnreachable, class: session.Transient, code: "login-unreachable", reason: true},
}

// Of turns any error of an attempt into what it means for the session and into a problem.
func Of(err error, def connection.Definition) session.Failure {
	f := of(err, def)
	f.NotSent = notSent(err)
	return f
}

// notSent reports whether a request went no further than this computer: it has no network, or nobody told it the address
// of the host. A host that cannot be reached is another matter: it may be out of order for everybody.
func notSent(err error) bool {
	_, unresolved := errors.AsType[*net.DNSError](err)
	return unresolved || errors.Is(err, syscall.ENETUNREACH)
}

func of(err error, def connection.Definition) session.Failure {
	if errors.Is(err, context.Canceled) || errors.Is(err, auth.ErrCanceled) {
		return session.Failure{Class: session.Canceled, Problem: Unexpected(err)}
	}
	var stsErr *stsclient.Error
	if errors.As(err, &stsErr) {
		return serverFailure(stsErr, def)
	}
	var limit *stsclient.LimitError
	if errors.As(err, &limit) {
		return outsideLimits(limit)
	}
	var file *cafile.Error
	if errors.As(err, &file) {
		return session.Failure{Class: session.Refused, Problem: CAFile(file)}
	}
	for _, table := range [][]entry{providerProblems, signInProblems} {
		for _, e := range table {
			if errors.Is(err, e.is) {
				return e.failure(err, def)
			}
		}
	}
	return otherFailure(err)
}

func (e entry) failure(err error, def connection.Definition) session.Failure {
	f := session.Failure{Class: e.class, RetryAfter: auth.RetryAfter(err), TokenWorks: e.tokenWorks, Problem: session.Problem{
		Code: e.code, Params: paramsOf(err, def), Hints: hintsFor(err), At: schedule.Now(),
	}}
	switch reasons := ReasonsOf(err); {
	case e.reason:
		f.Problem.Reasons = reasons
	case isProviders(err): // an administrator is told what the user is not
		f.Problem.Hints = append(f.Problem.Hints, reasons...)
	}
	if auth.IsTransient(err) {
		f.Class = session.Transient
	}
	f.Class = renewalClass(f.Class, err)
	return f
}

// paramsOf are the parameters of all texts on the provider's side.
func paramsOf(err error, def connection.Definition) map[string]string {
	params := map[string]string{"Provider": Host(def.Provider.Issuer), "ClientID": def.Provider.ClientID, "Scopes": scopesOf(err, def)}
	if unsupported := new(auth.UnsupportedError); errors.As(err, &unsupported) {
		params["Feature"] = string(unsupported.Feature)
	}
	return params
}

// outsideLimits is for a request that was not sent.
func outsideLimits(err *stsclient.LimitError) session.Failure {
	return session.Failure{Class: session.Refused, Problem: session.Problem{
		Code: "connection-limits", Params: map[string]string{"Parameter": err.Parameter},
		Reasons: []messages.Message{{ID: "problem.reason.limit." + string(err.Limit)}}, At: schedule.Now(),
	}}
}

// CAFile returns the problem of a connection's file of certificate authorities that cannot be used.
func CAFile(err *cafile.Error) session.Problem {
	return session.Problem{Code: "ca-file", Variant: string(err.Kind), Params: map[string]string{"File": err.File}, At: schedule.Now()}
}

// otherFailure is for an error that no table knows.
func otherFailure(err error) session.Failure {
	f := session.Failure{Class: session.Refused, Problem: Unexpected(err)}
	if auth.IsTransient(err) || stsclient.IsTransient(err) || errors.Is(err, context.DeadlineExceeded) {
		f.Class = session.Transient
	}
	return f
}

// Unexpected returns the problem of an error that no table knows.
func Unexpected(err error) session.Problem {
	return session.Problem{
		Code: "unexpected", Reasons: session.ReasonsOf(err), At: schedule.Now(),
	}
}

// Host returns the host and port of a URL, to show it; the text itself where it is none.
func Host(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return raw
	}
	return u.Host
}
