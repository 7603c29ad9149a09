package failure

import (
	"errors"
	"strings"

	"daypass/app/connection"
	"daypass/app/session"
	"daypass/auth"
)

// providerProblems is the table of what an identity provider refuses for a cause of its own. It comes
// before the general one. {feature} is what is not supported, {scopes} are the scopes in question.
var providerProblems = []entry{
	{
		is: auth.ErrUnsupported, class: session.Refused, code: "login-unsupported",
		title:  "Unsupported provider feature",
		detail: "{login} requires something that Daypass does not support: {feature}. {reason}",
		next:   "Give this message to your administrator.",
		admin:  "Do not require {feature} of client {client}.",
	},
	{
		is: auth.ErrCodeExpired, class: session.Refused, code: "login-code-expired",
		title:  "The code has expired",
		detail: "Nobody entered the code at {login} before it expired.",
		next:   "Sign in again to get a new code.",
	},
	{
		is: auth.ErrOfflineRefused, class: session.Refused, code: "login-offline-refused",
		title:  "Staying signed in is not allowed",
		detail: "{login} does not allow you or this client to stay signed in (offline access). {reason}",
		next:   "Turn off “Stay signed in” in this connection, or ask your administrator to allow offline access.",
		admin:  "Allow client {client} the scope offline_access. In Keycloak, the user also needs the role offline_access.",
	},
	{
		is: auth.ErrScopeRefused, class: session.Refused, code: "login-scope-refused",
		title:  "Scope not allowed",
		detail: "{login} does not allow a scope that this connection asks for: {scopes}. {reason}",
		next:   "Remove the scope from this connection, or ask your administrator to allow it.",
		admin:  "Allow client {client} these scopes, or remove them from the connection: {scopes}.",
	},
	{
		is: auth.ErrConsentRequired, class: session.Refused, code: "login-consent-required",
		title:  "Consent required",
		detail: "{login} lets nobody in before somebody has consented to this application. {reason}",
		next:   "Ask your administrator to consent to the application, then sign in again.",
		admin:  "Grant consent for client {client} and the scopes {scopes}. In Entra ID: Enterprise applications, Permissions, Grant admin consent.",
	},
	{
		is: auth.ErrInteractionRequired, class: session.Refused, code: "login-interaction-required",
		title:  "The provider needs to ask you",
		detail: "{login} does not sign you in without asking you first. {reason}",
		next:   "Sign in again. If the connection has “prompt” among its extra parameters, remove it.",
		admin:  "The authorization request must not have prompt=none.",
	},
	{
		is: auth.ErrClientRefused, class: session.Refused, code: "login-client-refused",
		title:  "Client not accepted",
		detail: "{login} does not accept this client ID or its secret, or does not allow it to sign in this way. {reason}",
		next:   "Check the client ID of this connection, or give this message to your administrator.",
		admin: "Check that client {client} exists, is enabled and is public (or has the client secret of the connection), with " +
			"authorization code, PKCE (S256), refresh tokens and a loopback redirect.",
	},
	{
		is: auth.ErrTemporary, class: session.Transient, code: "login-temporary",
		title:  "Provider temporarily unavailable",
		detail: "{login} cannot answer at the moment. {reason}",
		next:   "Try again in a few minutes.",
	},
	{
		is: errRenewalRefused, class: session.Refused, code: "login-renewal-refused",
		title:  "Renewal refused",
		detail: "{login} did not renew the session. {reason}",
		next:   "Sign in again. If it happens again, give this message to your administrator.",
		admin:  "Check that client {client} may use refresh tokens (grant type refresh_token) for the scopes {scopes}.",
	},
}

// errRenewalRefused is an ErrRefusedByProvider that answers a renewal.
var errRenewalRefused = errors.New("the provider refused a renewal")

// RenewalError is the failure of a renewal at the provider.
type RenewalError struct{ Err error }

// Error implements error.
func (e RenewalError) Error() string { return e.Err.Error() }

// Unwrap returns what happened.
func (e RenewalError) Unwrap() error { return e.Err }

// Is makes an error errRenewalRefused.
func (e RenewalError) Is(target error) bool {
	return target == errRenewalRefused && errors.Is(e.Err, auth.ErrRefusedByProvider)
}

// hints are what an administrator changes where the provider's text names the cause. The codes are those
// of Entra ID.
var hints = []struct{ text, admin string }{
	{"AADSTS7000218", "The client is registered as a web application: add the platform “Mobile and desktop applications” or allow public client flows."},
	{"AADSTS9002326", "The client is registered as a single-page application: add the platform “Mobile and desktop applications” instead."},
	{"AADSTS9002327", "The client is registered as a single-page application: add the platform “Mobile and desktop applications” instead."},
	{"AADSTS700016", "No application with this client ID is in this tenant."},
	{"AADSTS7000215", "The client secret is not the one in Entra ID (its value is needed, not its ID)."},
	{"AADSTS7000222", "The client secret has expired."},
	{"AADSTS50011", "The redirect URI is not registered: add http://localhost and set redirect_host to localhost."},
	{"AADSTS50105", "The user is not assigned to the application."},
	{"AADSTS53003", "A Conditional Access policy blocks this sign-in."},
	{"AADSTS50057", "The user's account is disabled."},
}

// adminText adds to what an administrator changes the hints that fit, and the provider's own words where
// the user is not shown them.
func (e entry) adminText(err error, filled string) string {
	var refused *auth.ProviderError
	if !errors.As(err, &refused) {
		return filled
	}
	parts := []string{filled}
	for _, h := range hints {
		if strings.Contains(refused.Description, h.text) {
			parts = append(parts, h.admin)
			break
		}
	}
	if !strings.Contains(e.detail, "{reason}") {
		parts = append(parts, auth.Reason(err))
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// scopesOf are the scopes that a failure is about, else those that the connection asks for.
func scopesOf(err error, def connection.Definition) string {
	if refused := new(auth.ProviderError); errors.As(err, &refused) && len(refused.Scopes) > 0 {
		return strings.Join(refused.Scopes, ", ")
	}
	if len(def.Provider.Scopes) == 0 {
		return "openid, profile, email"
	}
	return strings.Join(def.Provider.Scopes, ", ")
}

func featureOf(err error) string {
	if unsupported := new(auth.UnsupportedError); errors.As(err, &unsupported) {
		return string(unsupported.Feature)
	}
	return ""
}
