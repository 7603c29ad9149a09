// Package failure turns errors of an attempt into what they mean for a session, and into words.
package failure

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"strings"

	"daypass/app/connection"
	"daypass/app/schedule"
	"daypass/app/session"
	"daypass/auth"
	"daypass/stsclient"
)

// entry is one line of the table from errors to words. In the texts {login} and {server} are the
// hosts of the two sides, and {reason} what the error says for a user.
type entry struct {
	is                        error
	class                     session.Class
	code, title, detail, next string
	admin                     string
	// tokenWorks is as in session.Failure.
	tokenWorks bool
	// none replaces a detail that is nothing but a reason, where there is none.
	none string
}

// signInProblems is the table for the identity provider's side; the first entry that matches counts.
// The storage server's errors bring their own words, see stsclient.Error.
var signInProblems = []entry{
	{
		is: auth.ErrSignInAgain, class: session.SignInAgain, code: "login-again",
		title:  "The login asks for you again",
		detail: "{login} no longer renews this session: it has ended there, or an administrator ended it.",
		next:   "Sign in again. Your keys work until they end.",
	},
	{
		is: auth.ErrSubjectChanged, class: session.WrongUser, code: "login-other-person",
		title:  "Signed out for safety",
		detail: "{login} answered a renewal with the identity of somebody else, so the session was ended.",
		next:   "Sign in again as yourself.",
		admin:  "The provider returned an ID token with another subject (sub) for the same refresh token.",
	},
	{
		is: auth.ErrNoIDToken, class: session.SignInAgain, code: "login-no-id-token",
		title:  "This login cannot renew by itself",
		detail: "{login} sends no identity token when a session is renewed, so you sign in each time the keys end.",
		next:   "Sign in again when your keys end.",
		admin:  "Have the provider return an id_token for the refresh_token grant with the scope openid.", tokenWorks: true,
	},
	{
		is: auth.ErrDeniedByUser, class: session.Refused, code: "login-denied",
		title:  "Sign-in was refused",
		detail: "{login} says that access was denied, by you or by a rule there.",
		next:   "Sign in again and allow access, or ask your administrator whether you may use this application.",
		admin:  "Check whether the person may use the client {client}.",
	},
	{
		is: auth.ErrNoDeviceCode, class: session.Refused, code: "login-no-device-code",
		title:  "This login has no codes for other devices",
		detail: "{login} does not offer to sign in on another device by a code.",
		next:   "Sign in with the browser of this computer.",
		admin:  "Allow the device authorization grant (RFC 8628) for client {client}, if people work where there is no browser.",
	},
	{
		is: auth.ErrTimedOut, class: session.Refused, code: "login-timed-out",
		title:  "Nobody signed in within five minutes",
		detail: "Daypass waited for your browser and heard nothing back from {login}. If the page there showed an error, Daypass was not told of it.",
		next:   "Sign in again. If the page shows an error, give its text to your administrator.",
		admin:  "A refused redirect URI or client ID is shown in the browser only. Client {client} must allow a loopback redirect.",
	},
	{
		is: auth.ErrPortInUse, class: session.Refused, code: "login-port-taken",
		title:  "Another program uses the sign-in port",
		detail: "This connection needs a fixed port on your computer for the answer from {login}, and every port it lists is in use.",
		next:   "Close the other program, or edit the connection and use another port that {login} allows.",
	},
	{
		is: auth.ErrMixUp, class: session.Refused, code: "login-mix-up",
		title:  "Provider poses as another",
		detail: "Signing in at {login} would use the sign-in of another of your connections, and could give your access there away. {reason}",
		next:   "Remove this connection unless you are sure who made it.",
		admin:  "The discovery document of {login} names an endpoint that belongs to the issuer of another connection.",
	},
	{
		is: auth.ErrOtherSite, class: session.Disturbed, code: "login-other-site",
		title:  "Provider names another site",
		detail: "Your sign-in would be sent to a site that you have not confirmed. {reason}",
		next:   "Sign in again to be asked about it.",
		admin:  "The endpoints in the discovery document are on another site than the issuer {login}.",
	},
	{
		is: auth.ErrInsecure, class: session.Refused, code: "login-insecure",
		title:  "This login is not encrypted",
		detail: "{login} would be asked over plain http, where anybody on the way can read your sign-in. {reason}",
		next:   "Ask your administrator for the https address.",
	},
	{
		is: auth.ErrDiscovery, class: session.Disturbed, code: "login-discovery",
		title:  "The login's description is wrong",
		detail: "{login} answered, but not as an OpenID Connect provider with this address would. {reason}",
		next:   "Check the login address of this connection.",
		admin:  "The discovery document must be at <issuer>/.well-known/openid-configuration and name the same issuer.",
	},
	{
		is: auth.ErrTokenInvalid, class: session.Refused, code: "login-token-invalid",
		title:  "The login's answer could not be trusted",
		detail: "The identity token from {login} failed a check. {reason}",
		next:   "Check that your computer's clock is right and sign in again.",
		admin:  "The ID token must be signed by the issuer's published keys, for the audience {client}.",
	},
	{
		is: auth.ErrRefusedByProvider, class: session.Refused, code: "login-refused",
		title:  "The login refused the sign-in",
		detail: "{login} refused. {reason}",
		next:   "Give this message to your administrator.",
		admin:  "Check the registration of client {client}: public client, authorization code with PKCE (S256), loopback redirect.",
	},
	{
		is: auth.ErrIssuerUnreachable, class: session.Transient, code: "login-unreachable",
		title:  "The login cannot be reached",
		detail: "{reason}", none: "There was no usable answer from {login}.",
		next: "Check your network or VPN, then try again.",
	},
}

// Of turns any error of an attempt into what it means for the session and into words.
func Of(err error, def connection.Definition) session.Failure {
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
	fill := strings.NewReplacer("{login}", Host(def.Provider.Issuer), "{server}", Host(def.Endpoint),
		"{client}", def.Provider.ClientID, "{reason}", auth.Reason(err), "{scopes}", scopesOf(err, def), "{feature}", featureOf(err))
	f := session.Failure{Class: e.class, RetryAfter: auth.RetryAfter(err), TokenWorks: e.tokenWorks, Problem: session.Problem{
		Code: e.code, Title: e.title, Detail: cmp.Or(strings.TrimSpace(fill.Replace(e.detail)), fill.Replace(e.none)),
		NextStep: fill.Replace(e.next), Admin: e.adminText(err, fill.Replace(e.admin)), At: schedule.Now(),
	}}
	if auth.IsTransient(err) {
		f.Class = session.Transient
	}
	return f
}

// nextSteps are for the errors that the user can do something about.
var nextSteps = map[stsclient.Kind]string{
	stsclient.KindDuration:          "Choose a lifetime that the server accepts, or leave it to the server.",
	stsclient.KindNoSTS:             "Edit the connection: check the address, and give that of the STS where it is another.",
	stsclient.KindConsole:           "Edit the connection and enter the address of the S3 API. It is often the same host with port 9000.",
	stsclient.KindRedirect:          "Edit the connection and enter the address of the S3 API, not the one that you open in the browser. It is often the same host with port 9000.",
	stsclient.KindRoleNeeded:        "Edit the connection and enter the role.",
	stsclient.KindRoleMalformed:     "Edit the connection and correct the role.",
	stsclient.KindAccessTokenNeeded: "Ask your administrator for a connection file that sends the access token.",
}

func serverFailure(err *stsclient.Error, def connection.Definition) session.Failure {
	f := session.Failure{Class: session.Refused, RetryAfter: err.RetryAfter, Problem: session.Problem{
		Code: "sts-" + string(err.Kind), Title: err.Title(), Detail: err.UserText(), Admin: err.Admin(), At: schedule.Now(),
	}}
	f.Problem.NextStep = "Give this message to the administrator of " + Host(def.Endpoint) + "."
	if next := nextSteps[err.Kind]; next != "" {
		f.Problem.NextStep = next
	}
	if stsclient.IsTransient(err) {
		f.Class = session.Transient
		f.Problem.NextStep = "Daypass tries again by itself. Check your network or VPN if this stays."
	} else if stsclient.MayBeIntermediary(err) {
		f.Class = session.Disturbed
	}
	return f
}

func outsideLimits(err *stsclient.LimitError) session.Failure {
	return session.Failure{Class: session.Refused, Problem: session.Problem{
		Code: "connection-limits", Title: "This connection asks for something impossible", Detail: session.Sentence(err.Reason),
		NextStep: "Edit the connection and correct it.", Admin: "The STS parameter is " + err.Parameter + ".", At: schedule.Now(),
	}}
}

// otherFailure is for an error that no table knows: still a title, a cause and a next step.
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
		Code: "unexpected", Title: "Something unexpected went wrong", Detail: session.Sentence(err.Error()),
		NextStep: "Try again. If it stays, give this message to your administrator.", At: schedule.Now(),
	}
}

// Host returns the host and port of a URL, for words; the text itself where it is none.
func Host(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return raw
	}
	return u.Host
}
