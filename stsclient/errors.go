package stsclient

import (
	"context"
	"errors"
	"strings"
	"time"
)

// Kind says what an Error means.
type Kind string

// The kinds. MinIO has one code for nearly all of its errors, which differ by their words.
// KindSilent is an error without a reason: the token and the provider's keys may show it.
const (
	KindTokenExpired        Kind = "token-expired"
	KindTokenFromFuture     Kind = "token-from-future"
	KindTokenMalformed      Kind = "token-malformed"
	KindTokenNoExpiry       Kind = "token-no-expiry"
	KindTokenClaim          Kind = "token-claim-missing"
	KindTokenRejected       Kind = "token-rejected"
	KindSignature           Kind = "signature"
	KindAlgorithm           Kind = "algorithm"
	KindKeyType             Kind = "key-type"
	KindAudience            Kind = "audience"
	KindAudienceSeveral     Kind = "audience-several"
	KindProviderUnknown     Kind = "provider-unknown"
	KindProviderCertificate Kind = "provider-certificate"
	KindSubject             Kind = "subject-missing"
	KindClaimMissing        Kind = "claim-missing"
	KindPolicyUnknown       Kind = "policy-unknown"
	KindNoPermissions       Kind = "no-permissions"
	KindRoleNeeded          Kind = "role-needed"
	KindRoleUnknown         Kind = "role-unknown"
	KindRoleMalformed       Kind = "role-malformed"
	KindRoleDenied          Kind = "role-denied"
	KindDuration            Kind = "duration"
	KindSessionPolicyLong   Kind = "session-policy-too-long"
	KindSessionPolicy       Kind = "session-policy-invalid"
	KindPackedPolicy        Kind = "session-policy-packed"
	KindUserInfo            Kind = "userinfo"
	KindUserInfoSigned      Kind = "userinfo-signed"
	KindAccessTokenNeeded   Kind = "access-token-needed"
	KindRequestTooLong      Kind = "request-too-long"
	KindDenied              Kind = "denied"
	KindSilent              Kind = "denied-silently"
	KindNotSTS              Kind = "not-sts"
	KindNoSTS               Kind = "no-sts"
	KindNoWebIdentity       Kind = "no-web-identity"
	KindVersion             Kind = "api-version"
	KindNotConfigured       Kind = "provider-not-configured"
	KindNotReady            Kind = "not-ready"
	KindProviderUnreachable Kind = "provider-unreachable"
	KindThrottled           Kind = "throttled"
	KindServerError         Kind = "server-fault"
	KindUnreachable         Kind = "unreachable"
	KindCertificate         Kind = "certificate"
	KindRedirect            Kind = "redirect"
	KindWebPage             Kind = "web-page"
	KindConsole             Kind = "console"
	KindBadAnswer           Kind = "bad-answer"
	KindUnknown             Kind = "unknown"
)

// Error is a call that brought no credentials. None of its texts holds a token or a key.
type Error struct {
	Kind Kind
	// HTTPStatus is the answer's status; zero when there was no answer.
	HTTPStatus int
	// Code, Message and RequestID are the server's own, made printable and cut short. They are
	// untrusted text.
	Code, Message, RequestID string
	// RetryAfter is how long the server asked to wait; zero when it did not say.
	RetryAfter time.Duration
	// MinDuration and MaxDuration are the lifetimes that a server said it accepts; zero where it did not.
	MinDuration, MaxDuration time.Duration

	// subject is what the message was about: a claim, policies, a role.
	subject string
	// host is the server that was asked.
	host  string
	cause error
}

// Error implements error with what a log needs.
func (e *Error) Error() string {
	parts := []string{"sts: " + string(e.Kind)}
	for _, s := range []string{e.Code, e.Message} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if e.cause != nil && e.Message == "" {
		parts = append(parts, e.cause.Error())
	}
	return strings.Join(parts, ": ")
}

// Unwrap returns the cause, such as a network error.
func (e *Error) Unwrap() error { return e.cause }

// Title says what happened in a few words.
func (e *Error) Title() string { return e.fill(e.words().title) }

// UserText returns one sentence or two for the user.
func (e *Error) UserText() string { return e.fill(e.words().user) }

// Admin returns what an administrator must change, and the server's own words. It is empty where nobody
// must change anything and the server said nothing.
func (e *Error) Admin() string {
	w := e.words()
	if e.Code == "" && e.Message == "" || strings.Contains(w.admin, "{said}") {
		return e.fill(w.admin)
	}
	return e.fill(w.admin + " {server} said: " + e.ServerMessage())
}

// ServerMessage returns the server's own code and message, as an administrator finds them in its log; empty where
// it gave neither.
func (e *Error) ServerMessage() string {
	switch {
	case e.Message == "":
		return e.Code
	case e.Code == "":
		return e.Message
	}
	return e.Code + ": " + e.Message
}

func (e *Error) words() words {
	if w, known := wordsOf[e.Kind]; known {
		return w
	}
	return wordsOf[KindUnknown]
}

func (e *Error) fill(text string) string {
	quoted := e.Message
	if quoted == "" {
		quoted = e.Code
	}
	if quoted == "" && e.cause != nil {
		quoted = e.cause.Error()
	}
	subject := e.subject
	if subject == "" {
		text = withoutSubject.Replace(text)
	}
	return strings.TrimSpace(strings.NewReplacer("{server}", e.host, "{subject}", subject, "{said}", quoted, "{limits}", e.limits()).Replace(text))
}

// withoutSubject replaces the parts of the texts that read badly where a server did not name the subject.
var withoutSubject = strings.NewReplacer(": {subject}.", ".", "a redirect to {subject}", "a redirect", "the issuer {subject} on", "the issuer of this connection on",
	"the claim {subject}", "a claim", "put {subject} into", "put it into", "named {subject}", "of that name", "no role {subject}.", "no such role.")

// limits is a sentence on the lifetimes that the server accepts, in its own words where they hold no numbers.
func (e *Error) limits() string {
	switch low, high := e.MinDuration, e.MaxDuration; {
	case low > 0 && high > 0:
		return " It accepts " + spoken(low) + " to " + spoken(high) + "."
	case high > 0:
		return " It accepts at most " + spoken(high) + "."
	case low > 0:
		return " It accepts no less than " + spoken(low) + "."
	case e.Message != "":
		return " It said: " + e.Message
	}
	return ""
}

// transient kinds may succeed later with the same request.
var transient = map[Kind]bool{
	KindNotReady: true, KindProviderUnreachable: true, KindThrottled: true, KindServerError: true,
	KindUnreachable: true, KindWebPage: true,
}

// mayBeIntermediary are the kinds that a captive portal, or a proxy that has lost its server, sends in the server's
// place; a wrong address says the same.
var mayBeIntermediary = map[Kind]bool{
	KindCertificate: true, KindRedirect: true, KindBadAnswer: true, KindNotSTS: true, KindNoSTS: true, KindNotConfigured: true,
	KindSilent: true,
}

// MayBeIntermediary reports whether somebody else than the server may have answered. Where the same call
// has succeeded before, it may succeed later without anybody changing anything.
func MayBeIntermediary(err error) bool {
	var e *Error
	return errors.As(err, &e) && mayBeIntermediary[e.Kind]
}

// IsTransient reports whether the same call may succeed later without anybody changing anything.
func IsTransient(err error) bool {
	var e *Error
	if errors.As(err, &e) {
		return transient[e.Kind]
	}
	return errors.Is(err, context.DeadlineExceeded)
}
