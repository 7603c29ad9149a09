package stsclient

import (
	"context"
	"errors"
	"strings"
	"time"

	"daypass/auth/safetext"
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

// Error is a call that brought no credentials. It has no words for a user: they follow from its kind. None of its texts holds a token or a key.
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

// Server returns the host that was asked.
func (e *Error) Server() string { return e.host }

// Subject returns what the message is about: a claim, policies, a role. It is empty where the server did not name it.
func (e *Error) Subject() string { return e.subject }

// maxQuoted bounds, in runes, what is repeated of an error of the network.
const maxQuoted = 300

// Quote returns the server's own words, and those of the network or of the TLS library where no answer came; empty where
// there are none.
func (e *Error) Quote() string {
	if message := e.ServerMessage(); message != "" || e.cause == nil {
		return message
	}
	return safetext.Line(e.cause.Error(), maxQuoted)
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
