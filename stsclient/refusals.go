package stsclient

import (
	"net/http"
	"regexp"
	"strings"
	"sync"
)

// refusal recognises one kind of refusal. The first that matches counts; a group in the pattern is
// what the message is about.
type refusal struct {
	kind    Kind
	code    string // empty: any
	pattern func() *regexp.Regexp
}

func says(kind Kind, code, pattern string) refusal {
	// Compiled when a server first refuses: this package is part of programs that end in milliseconds.
	return refusal{kind, code, sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })}
}

// refusals are told apart by code where the server has one for it (AWS, SeaweedFS, Ceph), and by
// words where it has not (MinIO).
var refusals = []refusal{
	says(KindNotReady, "STSIAMNotInitialized", ``),
	says(KindTokenExpired, "ExpiredTokenException", ``),
	says(KindTokenExpired, "ExpiredToken", ``),
	says(KindProviderUnreachable, "IDPCommunicationError", ``),
	says(KindDenied, "IDPRejectedClaim", ``),
	says(KindSessionPolicyLong, "PackedPolicyTooLarge", ``),
	says(KindSessionPolicy, "MalformedPolicyDocument", ``),
	says(KindRequestTooLong, "MetadataTooLarge", ``),
	says(KindRequestTooLong, "RequestEntityTooLarge", ``),
	says(KindThrottled, "SlowDown", ``),
	says(KindThrottled, "Throttling", ``),
	says(KindThrottled, "TooManyRequests", ``),
	says(KindTokenNoExpiry, "InternalError", `^Invalid arguments specified$`),

	says(KindTokenExpired, "", `(?i)token is expired`),
	says(KindTokenFromFuture, "", `(?i)used before issued|not valid yet`),
	says(KindProviderUnreachable, "", `(?i)dial tcp|connection refused|no such host|i/o timeout|Client\.Timeout|TLS handshake`),
	says(KindAudience, "", "`(aud|azp)` claim invalid"),
	says(KindSubject, "", "`sub` claim missing"),
	says(KindClaimMissing, "", `^(\S+) claim missing from the JWT token`),
	says(KindPolicyUnknown, "", "None of the given policies \\(`(.*)`\\) are defined"),
	says(KindRoleNeeded, "", `role/dummy-internal does not exist`),
	says(KindRoleMalformed, "", `RoleARN parse err`),
	says(KindRoleUnknown, "", `(?i)RoleARN (\S+) is not defined`),
	says(KindRoleUnknown, "", `Role (arn:\S+) does not exist`),
	says(KindDuration, "", `invalid token expiry|(?i)DurationSeconds`),
	says(KindSessionPolicyLong, "", `Session policy should not exceed`),
	says(KindSessionPolicy, "", `unsupported action|Version cannot be empty expecting|(?i)invalid (policy|resource|condition)`),
	says(KindAlgorithm, "", `signature type is not allowed|key is of invalid type|signing method`),
	says(KindSignature, "", `verification error|Invalid kid value|No public key found for kid|signature is invalid`),
	says(KindTokenMalformed, "", `invalid number of segments|looking for beginning of value|illegal base64|could not JSON decode`),
	says(KindUserInfo, "", `^(401|403) `),
	says(KindTokenMalformed, "InvalidIdentityToken", ``),
	says(KindNotSTS, "", `unsupported API call|Unsupported action|Invalid STS API version`),
	says(KindNotSTS, "MethodNotAllowed", ``),
	says(KindNotSTS, "NotImplemented", ``),
	says(KindNotSTS, "MissingParameter", ``),
	says(KindDenied, "AccessDenied", ``),
}

// classify finds the kind of a refusal and what it is about.
func classify(status int, code, message string) (kind Kind, subject string) {
	for _, r := range refusals {
		if r.code != "" && !strings.EqualFold(r.code, code) {
			continue
		}
		if m := r.pattern().FindStringSubmatch(message); m != nil {
			if len(m) > 1 {
				subject = printable(m[1], 200)
			}
			return r.kind, subject
		}
	}
	switch {
	case status == http.StatusTooManyRequests:
		return KindThrottled, ""
	case status >= 500:
		return KindServerFault, ""
	}
	return KindUnknown, ""
}

// words are what a kind says. {server} is the server's host, {said} its own words, {subject} what
// they are about.
type words struct{ title, person, admin string }

var wordsOf = map[Kind]words{
	KindTokenExpired: {
		"The sign-in came too late", "{server} says that the identity token had already ended when it arrived.",
		"The ID token's life is too short, or the clocks of the provider and of {server} differ.",
	},
	KindTokenFromFuture: {
		"The clocks do not agree", "{server} says that your sign-in lies in its future.",
		"The clock of {server} is behind the identity provider's. Synchronise both.",
	},
	KindTokenMalformed: {
		"The storage server cannot read the sign-in", "{server} could not read the identity token.",
		"The provider's token is not a signed JWT that {server} understands. It said: {said}",
	},
	KindTokenNoExpiry: {
		"The sign-in has no end", "{server} does not accept an identity token without an end.",
		"Have the identity provider put exp into its ID tokens.",
	},
	KindSignature: {
		"The storage server does not trust this login", "{server} could not verify the signature of your sign-in.",
		"{server} knows other signing keys than the provider used: check its config_url, and restart it after the provider changed its keys. It said: {said}",
	},
	KindAlgorithm: {
		"The storage server does not trust this login", "{server} does not accept the way in which the login signs its tokens.",
		"Have the provider sign ID tokens with RS256 or ES256. {server} said: {said}",
	},
	KindAudience: {
		"This login is meant for another application", "{server} expects tokens for another client than this connection uses.",
		"The client ID of this connection and client_id in the OpenID configuration of {server} must be the same (claim {subject}).",
	},
	KindSubject: {
		"The sign-in names nobody", "{server} does not accept an identity token without a subject.",
		"Have the identity provider put sub into its ID tokens.",
	},
	KindClaimMissing: {
		"The storage server does not know what you may do", "Your sign-in worked, but it does not carry the claim {subject} in which {server} looks for your rights.",
		"Add a mapper that puts the claim {subject} into the ID token, with the names of MinIO policies as its value; or change claim_name on {server}.",
	},
	KindPolicyUnknown: {
		"The storage server does not know your rights", "Your sign-in worked, but {server} has no policy named {subject}.",
		"Create a policy named {subject} on {server}, or have the identity provider name one that exists.",
	},
	KindRoleNeeded: {
		"This connection must name a role", "{server} gives rights by role, and this connection names none.",
		`Set role_arn = "derive" under [keys] in the connection, or the role's ARN as {server} prints it when it starts.`,
	},
	KindRoleUnknown: {
		"The storage server does not know this role", "{server} has no role {subject}.",
		"The role's ARN follows from the client ID: check that client_id on {server} is the connection's, and that a role policy is set.",
	},
	KindRoleMalformed: {
		"The role is not written correctly", "{server} cannot read the role that this connection names.",
		`Write the role's whole ARN, or role_arn = "derive". {server} said: {said}`,
	},
	KindDuration: {
		"The lifetime was refused", "{server} does not give keys for as long as this connection asks for.",
		"Choose a duration between 15m and 168h in the connection, within what {server} allows.",
	},
	KindSessionPolicyLong: {
		"The limits are too long to send", "The policy that narrows these keys has more characters than {server} takes.",
		"Shorten the policy of the connection: 2048 characters are the most.",
	},
	KindSessionPolicy: {
		"The limits were refused", "{server} cannot use the policy that narrows these keys.",
		"Mend the policy of the connection. {server} said: {said}",
	},
	KindUserInfo: {
		"The storage server could not ask the login about you", "{server} asks the login for your rights, and was refused there.",
		"claim_userinfo is on: the connection needs send_access_token = true, and the access token must be valid at the provider's userinfo endpoint.",
	},
	KindRequestTooLong: {
		"Your sign-in is too long for the storage server", "Your provider puts too many claims into the token, and {server} does not take a token of that length.",
		"Have the provider leave claims out of the ID token, long lists of groups above all.",
	},
	KindDenied: {
		"The storage server refused", "{server} does not let you in.",
		"{server} said: {said}",
	},
	KindNotSTS: {
		"This address gives no keys", "{server} answered, but it does not offer temporary keys at this address.",
		"Use the address of the S3 API, not of the console or of a proxy that forwards only part of it. {server} said: {said}",
	},
	KindNotReady: {
		"The storage server is still starting", "{server} is not ready to sign anybody in yet.",
		"MinIO stays in this state while it cannot reach the identity provider.",
	},
	KindProviderUnreachable: {
		"The storage server cannot reach the login", "Your sign-in worked, but {server} could not ask the identity provider about it.",
		"{server} must reach the provider's addresses itself. It said: {said}",
	},
	KindThrottled: {
		"The storage server is busy", "{server} asks to be left alone for a moment.", "",
	},
	KindServerFault: {
		"The storage server has a fault", "{server} could not answer because of a fault of its own.",
		"{server} said: {said}",
	},
	KindUnreachable: {
		"The storage server cannot be reached", "There was no answer from {server}.", "",
	},
	KindCertificate: {
		"The storage server's certificate is not trusted", "{server} could not prove that it is who it says: {said}",
		"Use a certificate from a known authority, or give the connection the authority's file as ca_file.",
	},
	KindRedirect: {
		"The storage server points elsewhere", "{server} answered with a redirect. Your sign-in is never sent on to another address.",
		"Put the address that the redirect leads to into the connection.",
	},
	KindWebPage: {
		"A web page answered instead of the storage server", "A proxy, or the sign-in page of a network, answered in place of {server}.",
		"Let requests to {server} pass the proxy unchanged.",
	},
	KindBadAnswer: {
		"The storage server's answer makes no sense", "{server} answered with something that is not a set of keys: {said}",
		"Check that the address is that of an S3 server with STS.",
	},
	KindUnknown: {
		"The storage server refused", "{server} refused and said: {said}",
		"Daypass does not know this refusal; the server's words are all there is.",
	},
}
