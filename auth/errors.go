package auth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"daypass/auth/safetext"
	"daypass/auth/secret"
)

// What can go wrong, for errors.Is. The typed errors below carry the details. No error of this
// package quotes a token, a code or a client secret.
var (
	// ErrIssuerUnreachable: no usable answer came. See UnreachableError. Always transient.
	ErrIssuerUnreachable = errors.New("the identity provider gives no usable answer")
	// ErrDiscovery: the provider's metadata cannot be used. See DiscoveryError.
	ErrDiscovery = errors.New("the provider's metadata cannot be used")
	// ErrOtherSite: the metadata sends the user or their tokens to another site than the issuer's, which
	// the user has not confirmed. See OtherSiteError.
	ErrOtherSite = errors.New("the provider names another site than its own")
	// ErrMixUp: the metadata names an endpoint of another issuer. See OtherSiteError.
	ErrMixUp = errors.New("the provider names an endpoint of another provider")
	// ErrInsecure: an address is plain http and not on loopback.
	ErrInsecure = errors.New("plain http is only allowed on loopback")
	// ErrDeniedByUser: access_denied, by the user or by a rule at the provider.
	ErrDeniedByUser = errors.New("the sign-in was denied")
	// ErrRefusedByProvider: the provider answered with an error. See ProviderError.
	ErrRefusedByProvider = errors.New("the identity provider refused")
	// The kinds of ErrRefusedByProvider that have a cause and a next step of their own.

	// ErrClientRefused: the provider does not know the client ID or its secret, or does not let the
	// client do this.
	ErrClientRefused = fmt.Errorf("%w the client", ErrRefusedByProvider)
	// ErrScopeRefused: a requested scope is unknown or not allowed. See ProviderError.Scopes.
	ErrScopeRefused = fmt.Errorf("%w a scope", ErrRefusedByProvider)
	// ErrOfflineRefused: the client or the user may not have a refresh token.
	ErrOfflineRefused = fmt.Errorf("%w offline access", ErrRefusedByProvider)
	// ErrConsentRequired: somebody, often an administrator, has to consent to the client first.
	ErrConsentRequired = fmt.Errorf("%w without consent", ErrRefusedByProvider)
	// ErrInteractionRequired: the provider wanted to ask the user something and was told not to.
	ErrInteractionRequired = fmt.Errorf("%w without asking the user", ErrRefusedByProvider)
	// ErrTemporary: the provider asks to try later.
	ErrTemporary = fmt.Errorf("%w for now", ErrRefusedByProvider)
	// ErrCodeExpired: the code of a sign-in on another device expired before anyone used it. It is
	// ErrTimedOut.
	ErrCodeExpired = fmt.Errorf("%w: the code has expired", ErrTimedOut)
	// ErrUnsupported: the provider requires what Daypass does not support. See UnsupportedError.
	ErrUnsupported = errors.New("the provider requires an unsupported feature")

	// ErrSignInAgain: the provider issues no more tokens without the user (invalid_grant).
	ErrSignInAgain = errors.New("the refresh token is no longer accepted")
	// ErrTimedOut: nobody came back from the browser in time.
	ErrTimedOut = errors.New("nobody signed in in time")
	// ErrCanceled: the context of the call was canceled.
	ErrCanceled = errors.New("cancelled")
	// ErrTokenInvalid: a token, or the browser's answer, failed a check. See TokenError.
	ErrTokenInvalid = errors.New("the provider's answer failed a check")
	// ErrSubjectChanged: a refresh brought the identity of somebody else. The session must end.
	ErrSubjectChanged = errors.New("the refreshed token is somebody else's")
	// ErrNoIDToken: a refresh brought no ID token, and nothing else can stand in for it.
	ErrNoIDToken = errors.New("the refresh brought no ID token")
	// ErrPortInUse: every port of Config.RedirectPorts is in use.
	ErrPortInUse = errors.New("the sign-in port is in use")
	// ErrNoRevocation: the provider has no revocation endpoint.
	ErrNoRevocation = errors.New("the provider has no revocation endpoint")
)

// ConfigError is a Config, or a request, that cannot be used. It is ErrInsecure too where an
// address is plain http.
type ConfigError struct {
	// Field is the field's name, such as "Issuer".
	Field string
	// Detail is a sentence for a developer: what a user enters is checked before.
	Detail string

	insecure bool
	cause    error
}

// Error implements error.
func (e *ConfigError) Error() string { return e.Field + ": " + e.Detail }

// Unwrap returns why a file could not be used.
func (e *ConfigError) Unwrap() error { return e.cause }

// Is makes an insecure address ErrInsecure.
func (e *ConfigError) Is(target error) bool { return e.insecure && target == ErrInsecure }

// DiscoveryError is metadata that failed a check (OpenID Connect Discovery section 4.3). It is
// ErrDiscovery, and ErrInsecure where an endpoint is plain http.
type DiscoveryError struct {
	// Check is the metadata's member that failed, such as "issuer" or "token_endpoint", or
	// "document" for the whole.
	Check string
	// Reason is why.
	Reason Reason

	insecure bool
}

// Error implements error.
func (e *DiscoveryError) Error() string { return "discovery: " + e.Check + ": " + e.Reason.String() }

// Is makes it ErrDiscovery, and an insecure endpoint ErrInsecure.
func (e *DiscoveryError) Is(target error) bool {
	return target == ErrDiscovery || e.insecure && target == ErrInsecure
}

func (e *DiscoveryError) reasons() []Reason { return []Reason{e.Reason} }

// OtherSiteError is metadata, or a device code's page, that is on another site than the issuer. It is
// ErrMixUp where that belongs to another issuer that is in use, and ErrOtherSite otherwise: then the
// user can confirm the hosts, see Trust.
type OtherSiteError struct {
	// Issuer is the issuer's host.
	Issuer string
	// Hosts are the hosts in question, each with its port where there is one.
	Hosts []string
	// Owner is the host of the other issuer to which the one of Hosts belongs; empty where none does.
	Owner string
}

// Error implements error.
func (e *OtherSiteError) Error() string { return e.reasons()[0].String() }

// Is makes it ErrMixUp or ErrOtherSite.
func (e *OtherSiteError) Is(target error) bool {
	if e.Owner != "" {
		return target == ErrMixUp
	}
	return target == ErrOtherSite
}

func (e *OtherSiteError) reasons() []Reason {
	hosts := strings.Join(e.Hosts, ", ")
	if e.Owner != "" {
		return []Reason{because(ReasonSiteOwned, "Issuer", e.Issuer, "Hosts", hosts, "Owner", e.Owner)}
	}
	return []Reason{because(ReasonSiteOther, "Issuer", e.Issuer, "Hosts", hosts)}
}

// UnreachableError is a request without a usable answer: no connection, no trust in the
// certificate, 5xx, 429, or a web page where JSON was due. It is ErrIssuerUnreachable.
type UnreachableError struct {
	// Doing names the request: "discovery", "signing keys", "token request" or "revocation".
	Doing string
	// Status is the HTTP status; zero when there was none.
	Status int
	// Reason is why there was none.
	Reason Reason
	// RetryAfter is how long the provider asked to wait; zero when it did not say.
	RetryAfter time.Duration

	cause error
	// said is what a 4xx without an error code says instead, and vague is true where it is probably the provider's own
	// answer to what was sent.
	said  string
	vague bool
}

// Error implements error.
func (e *UnreachableError) Error() string { return e.Doing + ": " + e.Reason.String() }

// Unwrap returns ErrIssuerUnreachable and what the network said.
func (e *UnreachableError) Unwrap() []error { return []error{ErrIssuerUnreachable, e.cause} }

func (e *UnreachableError) reasons() []Reason { return []Reason{e.Reason} }

// Feature is what a provider can require and Daypass does not support.
type Feature string

// The features.
const (
	PushedRequests  Feature = "par"       // pushed authorization requests
	SignedRequests  Feature = "jar"       // signed authorization requests
	FormPost        Feature = "form-post" // the answer as a form, sent to a web server
	DPoP            Feature = "dpop"      // proof of possession
	EncryptedTokens Feature = "jwe"       // encrypted ID tokens
)

// UnsupportedError is a provider that requires a Feature. It is ErrUnsupported.
type UnsupportedError struct {
	Feature Feature
	// Reason is how it was found.
	Reason Reason

	cause error
}

// Error implements error.
func (e *UnsupportedError) Error() string { return string(e.Feature) + ": " + e.Reason.String() }

// Unwrap returns ErrUnsupported and what the provider said, if it said something.
func (e *UnsupportedError) Unwrap() []error {
	if e.cause == nil {
		return []error{ErrUnsupported}
	}
	return []error{ErrUnsupported, e.cause}
}

func (e *UnsupportedError) reasons() []Reason {
	if e.Reason.Code == ReasonProviderMessage {
		return []Reason{e.Reason}
	}
	return append([]Reason{e.Reason}, Reasons(e.cause)...)
}

// ProviderError is an error in the provider's own words (RFC 6749 sections 4.1.2.1 and 5.2). It is
// ErrDeniedByUser for access_denied, ErrSignInAgain for a refresh token that has ended, ErrCodeExpired
// for a device code that has, and otherwise ErrRefusedByProvider, perhaps one of its kinds.
type ProviderError struct {
	// Status is the HTTP status; zero for an error that the browser brought.
	Status int
	// Code is the provider's "error", such as "invalid_client".
	Code string
	// Description is the provider's "error_description", made printable, shortened, and without
	// anything that looks like a token. It is text to show; nothing in it is opened.
	Description string
	// Scopes are those that an ErrScopeRefused may be about.
	Scopes []string

	kind error
}

// Error implements error.
func (e *ProviderError) Error() string { return "the provider answered " + e.words() }

func (e *ProviderError) words() string {
	if e.Description == "" {
		return e.Code
	}
	return e.Code + ": " + e.Description
}

// Unwrap returns the sentinel that it is.
func (e *ProviderError) Unwrap() error { return e.kind }

func (e *ProviderError) reasons() []Reason { return []Reason{e.reason()} }

func (e *ProviderError) reason() Reason { return because(ReasonProviderMessage, "Message", e.words()) }

// temporary reports whether the code itself asks to try later (RFC 6749 section 4.1.2.1, RFC 8628).
func (e *ProviderError) temporary() bool {
	return e.Code == "temporarily_unavailable" || e.Code == "server_error" || e.Code == "slow_down"
}

// TokenError is a token, or an answer, that failed a check (OpenID Connect Core section 3.1.3.7,
// RFC 9207). It is ErrTokenInvalid, and on a refresh that names somebody else ErrSubjectChanged.
type TokenError struct {
	// Check is which one failed; see the constants.
	Check Check
	// Reason is why.
	Reason Reason

	subjectChanged bool
}

// Check names one of the checks of an answer.
type Check string

// The checks.
const (
	CheckMissing        Check = "missing"         // there is no ID token
	CheckFormat         Check = "format"          // it is not a signed JWT with the claims it needs
	CheckAlgorithm      Check = "algorithm"       // alg is none, symmetric or unknown
	CheckSignature      Check = "signature"       // none of the issuer's keys made it
	CheckIssuer         Check = "issuer"          // iss
	CheckAudience       Check = "audience"        // aud
	CheckAuthorized     Check = "azp"             // azp
	CheckExpired        Check = "expired"         // exp
	CheckIssuedAt       Check = "issued-at"       // iat or nbf
	CheckNonce          Check = "nonce"           // nonce
	CheckAge            Check = "auth-time"       // auth_time, by max_age
	CheckSubject        Check = "subject"         // sub
	CheckResponseIssuer Check = "response-issuer" // iss of the browser's answer (RFC 9207)
)

// Error implements error.
func (e *TokenError) Error() string { return string(e.Check) + ": " + e.Reason.String() }

// Is makes it ErrTokenInvalid, and ErrSubjectChanged where it says so.
func (e *TokenError) Is(target error) bool {
	return target == ErrTokenInvalid || e.subjectChanged && target == ErrSubjectChanged
}

func (e *TokenError) reasons() []Reason { return []Reason{e.Reason} }

// SaveError says that rotated tokens are here but could not be stored: they work until the program
// ends. The Tokens returned beside it are good.
type SaveError struct{ Err error }

// Error implements error.
func (e *SaveError) Error() string { return fmt.Sprintf("store the rotated refresh token: %v", e.Err) }

// Unwrap returns what Save said.
func (e *SaveError) Unwrap() error { return e.Err }

// IsTransient reports whether the same request may succeed later, so that tokens are kept and the
// caller backs off: network failures, 5xx, 429, and answers that are not the provider's.
func IsTransient(err error) bool {
	if errors.Is(err, context.Canceled) {
		return false
	}
	var refused *ProviderError
	if errors.As(err, &refused) {
		return refused.temporary()
	}
	return errors.Is(err, ErrIssuerUnreachable)
}

// IsVagueDenial reports whether err is a 400 or 401 without an error code and without a web page. It is transient by
// IsTransient, since gateways answer so as well, but what was sent may be of no more use.
func IsVagueDenial(err error) bool {
	var unreachable *UnreachableError
	return errors.As(err, &unreachable) && unreachable.vague
}

// RetryAfter is how long the provider asked to be left alone (RFC 9110 section 10.2.3); zero when
// it did not say.
func RetryAfter(err error) time.Duration {
	var unreachable *UnreachableError
	if errors.As(err, &unreachable) {
		return unreachable.RetryAfter
	}
	return 0
}

// ended is the error of a context that has ended; deadline is what running out of time means here.
func ended(ctx context.Context, deadline error) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", deadline, ctx.Err())
	}
	return fmt.Errorf("%w: %w", ErrCanceled, ctx.Err())
}

// maxForeignText bounds, in runes, what is repeated of a text that came from outside.
const maxForeignText = 300

// foreign makes a text from outside fit to be shown: printable, short, without the secrets that
// were sent, and without anything else that could be one.
func foreign(s string, sent ...secret.Secret) string {
	return safetext.Line(secret.Scrub(s, sent...), maxForeignText)
}
