package stsclient

import (
	"regexp"
	"strings"
	"sync"

	"daypass/auth/safetext"
)

// errorRule recognizes one kind of error response. The first that matches counts; a group in the pattern is
// what the message is about.
type errorRule struct {
	kind    Kind
	code    string // empty: any
	pattern func() *regexp.Regexp
}

func says(kind Kind, code, pattern string) errorRule {
	// Compiled when a server first refuses: this package is part of programs that end in milliseconds.
	return errorRule{kind, code, sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })}
}

// errorRules recognize errors by code where the server has one for it (AWS, SeaweedFS, Versity), and by
// words where it has not (MinIO, RustFS). Those of one cause stand together; where the words of one
// cause appear within those of another, the more particular comes first.
var errorRules = []errorRule{
	says(KindNotReady, "STSIAMNotInitialized", ``),
	says(KindNotReady, "XMinioServerNotInitialized", ``),
	says(KindThrottled, "SlowDown", ``),
	says(KindThrottled, "Throttling", ``),
	says(KindThrottled, "ThrottlingException", ``),
	says(KindThrottled, "TooManyRequests", ``),
	says(KindNotConfigured, "", `(?i)OIDC not initialized|STS service not initialized|STS API .* is disabled|openid not configured`),

	says(KindTokenExpired, "ExpiredTokenException", ``),
	says(KindTokenExpired, "ExpiredToken", ``),
	says(KindTokenExpired, "", `(?i)token (is|has) expired|token expired|expired ID ?token|\bID token verification failed.*: (id )?token expired`),
	says(KindTokenFromFuture, "", `(?i)used before issued|not valid yet|issued in the future`),
	says(KindTokenNoExpiry, "InternalError", `^Invalid arguments specified$`),
	says(KindTokenNoExpiry, "", `(?i)missing (a required )?claim:? .?exp\b`),

	says(KindProviderCertificate, "", `(?i)thumbprint`),
	says(KindProviderUnreachable, "IDPCommunicationError", ``),
	says(KindProviderUnreachable, "", `(?i)couldn.t retrieve verification key`),
	says(KindKeyType, "", `(?i)unsupported (key type|EC curve): ?"?([\w.-]+)`),
	says(KindKeyType, "", `(?i)unknown (JWK key|curve) type:? ?"?([\w.-]+)`),
	says(KindProviderUnreachable, "", `(?i)dial tcp|connection refused|no such host|i/o timeout|Client\.Timeout|TLS handshake`+
		`|failed to (fetch|get|refresh) (JWKS|public key|provider)|JWKS endpoint returned|resolve JWKS|failed to discover`),

	says(KindProviderUnknown, "", `(?i)no (?:OpenIDConnect|OIDC|identity) provider (?:found in your account|configured|registered) for (?:issuer:? ?)?(\S*)`),
	says(KindProviderUnknown, "", `(?i)invalid (?:token )?issuer|issuer (?:does not match|mismatch|must be a valid URL)`),
	says(KindAudienceSeveral, "", `(?i)more than one audience`),
	says(KindAudience, "", "`(aud|azp)` claim invalid"),
	says(KindAudience, "", `(?i)(?:incorrect|invalid|wrong) (?:token )?audiences?|audience (?:does not match|matches none|mismatch|is not)`),
	says(KindSubject, "", "`sub` claim missing|(?i)missing (?:a required claim: ?)?.?sub(?:ject)?\\b"),
	says(KindTokenClaim, "", `(?i)missing (?:a )?required claims?:? ?"?(\w*)`),
	says(KindTokenClaim, "", `(?i)JWT missing '(\w+)'`),

	says(KindClaimMissing, "", `^(\S+) claim missing from the JWT token`),
	says(KindPolicyUnknown, "", "None of the given policies \\(`(.+)`\\) are defined"),
	says(KindNoPermissions, "", "None of the given policies \\(``\\) are defined"+`|(?i)no policies are available|requires the IDP to emit policies`),

	says(KindRoleNeeded, "", `role/dummy-internal does not exist`),
	says(KindRoleNeeded, "", `(?i)RoleArn is required|at 'roleArn' failed to satisfy constraint: Member must not be null|missing.* RoleArn`),
	says(KindRoleMalformed, "", `(?i)RoleARN parse err|at 'roleArn' failed to satisfy|is not an IAM role ARN|invalid (role )?ARN`),
	says(KindRoleUnknown, "", `(?i)RoleARN (\S+) is not defined`),
	says(KindRoleUnknown, "", `Role (arn:\S+) does not exist`),
	says(KindRoleUnknown, "", `(?i)role not found: ?(\S+)`),
	says(KindRoleUnknown, "NoSuchEntity", ``),
	says(KindRoleDenied, "", `(?i)not authorized to perform:? sts:AssumeRoleWithWebIdentity|trust policy`),

	says(KindDuration, "", `invalid token expiry|(?i)DurationSeconds|MaxSessionDuration`),
	says(KindPackedPolicy, "PackedPolicyTooLarge", ``),
	says(KindSessionPolicyLong, "", `(?i)session policy (should not exceed|exceeds)|policy too large|at 'policy' failed to satisfy constraint: Member must have length`),
	says(KindSessionPolicy, "MalformedPolicyDocument", ``),
	says(KindSessionPolicy, "MalformedPolicy", ``),
	says(KindSessionPolicy, "", `unsupported action '|Version cannot be empty expecting|(?i)invalid (session )?(policy|resource|condition)|failed to parse session policy`),

	says(KindRequestTooLong, "MetadataTooLarge", ``),
	says(KindRequestTooLong, "RequestEntityTooLarge", ``),
	says(KindRequestTooLong, "", `(?i)at 'webIdentityToken' failed to satisfy constraint: Member must have length less|request body too large`),

	says(KindAlgorithm, "", `(?i)signature type is not allowed|key is of invalid type|signing (method|algorithm)`),
	says(KindSignature, "", `(?i)verification error|Invalid kid value|No public key found for kid|missing key ID in JWT|signature is invalid|(token )?signature invalid|signature verification failed|no matching (signing )?key`),
	says(KindAccessTokenNeeded, "", `(?i)access_token is mandatory`),
	// A provider that signs its answer sends a JWT, and "eyJ" is what MinIO finds instead of JSON.
	says(KindUserInfoSigned, "", `^invalid character 'e' looking for beginning of value$`),
	says(KindUserInfo, "", `^(401|403) |(?i)UserInfo endpoint returned`),
	says(KindTokenMalformed, "", `invalid number of segments|looking for beginning of value|illegal base64|could not JSON decode`+
		`|(?i)not a valid JWT|valid JWT token|failed to parse JWT|unable to parse JWT|malformed`),
	says(KindTokenRejected, "InvalidIdentityToken", ``),
	says(KindTokenRejected, "InvalidIdentityTokenException", ``),
	says(KindTokenRejected, "IDPRejectedClaim", ``),
	says(KindTokenRejected, "", `(?i)token (verification|validation) failed|invalid token|failed to validate web identity`),

	says(KindNoWebIdentity, "InvalidAction", ``),
	says(KindNoWebIdentity, "InvalidArgument", `^unsupported Action$`),
	says(KindVersion, "", `not support version|invalid STS API version`),
	says(KindNoSTS, "MethodNotAllowed", ``),
	says(KindNoSTS, "NotImplemented", ``),
	says(KindNoSTS, "NoSuchBucket", ``),
	says(KindNotSTS, "", `unsupported API call|Unsupported action|Invalid STS API version`),
	says(KindNotSTS, "MissingParameter", ``),
	says(KindSilent, "AccessDenied", `^$`),
	says(KindSilent, "InvalidArgument", `^$`),
	says(KindSilent, "InvalidRequest", `^$`),
	says(KindDenied, "AccessDenied", ``),
}

// classify returns the kind of an error response and what it is about.
func classify(status int, code, message string) (kind Kind, subject string) {
	for _, r := range errorRules {
		if r.code != "" && !strings.EqualFold(r.code, code) {
			continue
		}
		if m := r.pattern().FindStringSubmatch(message); m != nil {
			return r.kind, safetext.Line(m[len(m)-1], 200)
		}
	}
	return byStatus(status, KindUnknown), ""
}
