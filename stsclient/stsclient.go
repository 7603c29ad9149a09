// Package stsclient makes one call: STS AssumeRoleWithWebIdentity, as MinIO and the other S3
// servers with an STS endpoint take it. It posts an identity token and gets credentials that expire.
//
// It knows nothing of OpenID Connect, of the rest of Daypass or of the screen.
package stsclient

import (
	"time"

	"daypass/auth/secret"
)

// Limits of the call, from MinIO's documentation of AssumeRoleWithWebIdentity.
const (
	MinDuration     = 15 * time.Minute
	MaxDuration     = 7 * 24 * time.Hour
	MaxPolicyLength = 2048
	MinTokenLength  = 4
	// DocumentedTokenLength is the documented maximum of a web identity token. Servers take more,
	// so a longer one is sent, with WarnLongToken.
	DocumentedTokenLength = 2048
)

// Request is one AssumeRoleWithWebIdentity call.
type Request struct {
	// WebIdentityToken is the ID token (or the JWT used instead). Required.
	WebIdentityToken secret.Secret
	// AccessToken goes out as WebIdentityAccessToken; needed where the server has claim_userinfo on.
	AccessToken secret.Secret
	// RoleARN is needed where the server works by role policy; see MinIORoleARN.
	RoleARN string
	// RoleSessionName names the session in the server's log; CleanSessionName makes one.
	RoleSessionName string
	// Duration asked for, between MinDuration and MaxDuration in whole seconds; zero leaves it to
	// the server, which then takes the token's own end.
	Duration time.Duration
	// Policy narrows the session: an IAM policy in JSON of at most MaxPolicyLength characters.
	Policy string
	// TokenRevokeType tags the credentials so that MinIO can revoke just these later.
	TokenRevokeType string
}

// Credentials are temporary S3 access.
type Credentials struct {
	AccessKeyID     string
	SecretAccessKey secret.Secret
	SessionToken    secret.Secret
	// Expiration is the server's word, by the server's clock.
	Expiration time.Time
}

// Response is a successful answer.
type Response struct {
	Credentials Credentials
	// Subject is SubjectFromWebIdentityToken, where the server sends it.
	Subject string
	// ServerTime is the answer's Date header; zero where there was none.
	ServerTime time.Time
	// ClockSkew is the server's clock minus ours, to the second; zero where ServerTime is.
	ClockSkew time.Duration
	// RequestedDuration is the Duration that was asked for; zero when none was.
	RequestedDuration time.Duration
	// AnyAction is true for a server that is known to take policies with actions of any service, such as
	// iam:* (AWS, SeaweedFS, Versity Gateway). A MinIO refuses those that it does not know.
	AnyAction bool
	// Warnings are for the screen; the credentials are usable all the same.
	Warnings []Warning
}

// Warning is something worth telling a user about a call that succeeded.
type Warning string

// The warnings.
const (
	// WarnLongToken: the token is longer than DocumentedTokenLength.
	WarnLongToken Warning = "long-token"
	// WarnSessionTokenTooLong: the session token is so long that S3 will refuse requests that carry
	// it (MinIO: 400 MetadataTooLarge). The provider puts too many claims in the token.
	WarnSessionTokenTooLong Warning = "session-token-too-long"
)
