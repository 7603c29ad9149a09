package stsclient

// words are what a kind says. {server} is the server's host, {said} its own words, {subject} what
// they are about, and {limits} the lifetimes that it accepts.
type words struct{ title, user, admin string }

var wordsOf = map[Kind]words{
	KindTokenExpired: {
		"ID token expired", "{server} says that the ID token had already expired when it arrived.",
		"The ID token's lifetime is too short, or the clocks of the provider and of {server} differ.",
	},
	KindTokenFromFuture: {
		"ID token was issued in the future", "{server} says that the ID token was issued in its future: check the clocks.",
		"The clock of {server} is behind the identity provider's. Synchronize both.",
	},
	KindTokenMalformed: {
		"The storage server cannot read the ID token", "{server} could not read the ID token.",
		"The provider's token is not a signed JWT that {server} understands.",
	},
	KindTokenNoExpiry: {
		"ID token has no expiry", "{server} does not accept an ID token without an expiry.",
		"Have the identity provider put exp into its ID tokens.",
	},
	KindTokenClaim: {
		"ID token lacks a claim", "{server} requires the claim {subject} in the ID token, and it is not there.",
		"Have the identity provider put {subject} into its ID tokens.",
	},
	KindTokenRejected: {
		"The storage server rejected the ID token", "{server} validated the ID token and did not accept it.",
		"Check the issuer, the audience and the signing keys that {server} is set up with against those of the provider.",
	},
	KindSignature: {
		"The storage server does not trust this provider", "{server} could not verify the signature of the ID token.",
		"{server} knows other signing keys than the provider used: check its config_url or provider, and restart it after the provider changed its keys.",
	},
	KindAlgorithm: {
		"Signature algorithm not accepted", "{server} does not accept the algorithm with which the provider signs its tokens.",
		"Have the provider sign ID tokens with RS256 or ES256.",
	},
	KindKeyType: {
		"Signing key not supported", "{server} does not support a signing key of the provider: {subject}.",
		"The key set (jwks_uri) of the provider must hold only keys that {server} supports: RSA, or EC with P-256.",
	},
	KindAudience: {
		"ID token is for another application", "{server} expects tokens for another client than this connection uses.",
		"The client ID of this connection and the one that {server} is set up with (client_id, or the provider's list of audiences) must be the same.",
	},
	KindAudienceSeveral: {
		"ID token has several audiences", "{server} does not accept an ID token for several audiences that does not say which client requested it.",
		"Have the provider issue ID tokens with the client ID as their only audience, or with azp.",
	},
	KindProviderUnknown: {
		"The storage server does not know this provider", "{server} has no identity provider for the issuer of this connection.",
		"Register the issuer {subject} on {server} as an OpenID Connect provider, spelled as in its tokens (scheme, port, path, slash at the end).",
	},
	KindProviderCertificate: {
		"The provider's certificate is not registered", "{server} does not accept the certificate of the identity provider.",
		"Update the thumbprint of the provider that is registered on {server}.",
	},
	KindSubject: {
		"ID token has no subject", "{server} does not accept an ID token without a subject.",
		"Have the identity provider put sub into its ID tokens.",
	},
	KindClaimMissing: {
		"No permissions assigned", "Your sign-in worked, but the ID token does not have the claim {subject} in which {server} looks for your permissions.",
		"Add a mapper that puts the claim {subject} into the ID token, with the names of policies of {server} as its value; or change claim_name on {server}.",
	},
	KindPolicyUnknown: {
		"No permissions assigned", "Your sign-in worked, but {server} has no policy named {subject}.",
		"Create a policy named {subject} on {server}, or have the identity provider name one that exists.",
	},
	KindNoPermissions: {
		"No permissions assigned", "Your sign-in worked, but nothing in the ID token gives you permissions on {server}.",
		"Have the identity provider name policies or groups that {server} knows, in the claim that {server} is set up to read.",
	},
	KindRoleNeeded: {
		"This connection must name a role", "{server} requires a role, and this connection names none.",
		`Set role_arn under [keys] in the connection: "derive" for MinIO, or the role's ARN as the server prints it, such as arn:aws:iam::ACCOUNT:role/NAME.`,
	},
	KindRoleUnknown: {
		"Role not found", "{server} has no role {subject}.",
		"Check role_arn in the connection. MinIO's ARN follows from the client ID: client_id on {server} must be the connection's, and a role policy must be set.",
	},
	KindRoleMalformed: {
		"The role is not written correctly", "{server} cannot read the role that this connection names.",
		`Write the role's whole ARN, or role_arn = "derive" for MinIO.`,
	},
	KindRoleDenied: {
		"Role not allowed", "{server} does not let you assume the role of this connection.",
		"The role must exist under exactly this ARN, and its trust policy must allow sts:AssumeRoleWithWebIdentity for this provider, audience and subject.",
	},
	KindDuration: {
		"Lifetime not accepted", "{server} does not issue credentials for as long as was requested.{limits}",
		"Change the duration of the connection, or the limit on {server} (a role may have one of its own).",
	},
	KindSessionPolicyLong: {
		"The limits are too long to send", "The policy that limits these credentials has more characters than {server} accepts.",
		"Shorten the policy of the connection: 2048 characters are the most.",
	},
	KindPackedPolicy: {
		"The limits are too large when packed", "The policy that limits these credentials has few enough characters, but {server} packs it together with the session's tags, and the result is too large.",
		"This is not the limit of 2048 characters. Name fewer places, or have fewer and shorter session tags in the token.",
	},
	KindSessionPolicy: {
		"The limits were rejected", "{server} cannot use the policy that limits these credentials.",
		"Fix the policy of the connection.",
	},
	KindUserInfo: {
		"The provider refused the storage server", "{server} asks the identity provider for your permissions, and was refused there.",
		"claim_userinfo is on: the connection needs send_access_token = true, and the access token must be valid at the provider's userinfo endpoint.",
	},
	KindAccessTokenNeeded: {
		"The storage server needs the access token", "{server} asks the identity provider for your permissions, and this connection does not send it the access token for that.",
		"claim_userinfo is on at {server}: set send_access_token = true under [keys] in the connection.",
	},
	KindUserInfoSigned: {
		"Signed user information not supported", "The identity provider signs its answer about you, and {server} cannot read that.",
		"Have the provider's userinfo endpoint answer in plain JSON for this client (no userinfo_signed_response_alg), or switch claim_userinfo off.",
	},
	KindRequestTooLong: {
		"ID token too long", "The identity provider puts too many claims into the ID token, and {server} does not accept a token of that length.",
		"Have the provider leave claims out of the ID token, long lists of groups above all.",
	},
	KindDenied: {
		"Access denied", "{server} does not let you in.", "",
	},
	KindSilent: {
		"Access denied", "{server} refused and did not say why.",
		"{server} gives no reason. Check there that the provider, its audience and its signing keys are registered, and that the role exists and trusts them.",
	},
	KindNotSTS: {
		"No credentials at this address", "{server} answered, but it does not issue temporary credentials at this address.",
		"Use the address of the S3 API, not of the console or of a proxy that forwards only part of it.",
	},
	KindNoSTS: {
		"No STS at this address", "{server} answered, but there is no STS at this address.",
		"Where the STS has an address or a port of its own (Versity Gateway, AWS), set sts_endpoint in the connection. Where it shares that of the S3 API, it may be switched off (SeaweedFS: the IAM configuration has no sts).",
	},
	KindNoWebIdentity: {
		"The server cannot use this sign-in", "{server} has an STS, but it does not offer AssumeRoleWithWebIdentity.",
		"Use a version of the server that issues credentials for ID tokens.",
	},
	KindVersion: {
		"The request was changed on its way", "{server} did not see the version of the STS API that Daypass sent.",
		"A proxy in front of {server} may drop or change the form body of requests. It must pass them on unchanged.",
	},
	KindNotConfigured: {
		"The storage server has no provider", "{server} has no identity provider set up, or could not reach it when it started.",
		"Set up OpenID Connect on {server}, see that it can reach the provider, and restart it.",
	},
	KindNotReady: {
		"The storage server is still starting", "{server} is not ready to sign anybody in yet.",
		"MinIO stays in this state while it cannot reach the identity provider, or cannot read a key of its key set (jwks_uri).",
	},
	KindProviderUnreachable: {
		"The storage server cannot reach the provider", "Your sign-in worked, but {server} could not fetch the signing keys of the identity provider.",
		"{server} must reach the provider's addresses itself.",
	},
	KindThrottled: {
		"The storage server is busy", "{server} asks to be left alone for a moment.", "",
	},
	KindServerError: {
		"The storage server has a fault", "{server} could not answer because of a fault of its own.", "",
	},
	KindUnreachable: {
		"The storage server cannot be reached", "There was no answer from {server}.", "",
	},
	KindCertificate: {
		"The storage server's certificate is not trusted", "{server} could not prove that it is who it says: {said}",
		"Use a certificate from a known authority, or give the connection the authority's file as ca_file.",
	},
	KindRedirect: {
		"Address redirects elsewhere", "{server} answered with a redirect to {subject}. A web console or another web page does that, or the sign-in page of a network; an S3 API answers itself. Your sign-in is never sent on to another address.",
		"Enter the address of the S3 API, not that of a console or of a page in front of it. MinIO's is by default the host of the console with port 9000. Where the S3 API has moved, enter its new address.",
	},
	KindWebPage: {
		"A web page answered instead of the storage server", "A proxy, or the sign-in page of a network, answered in place of {server}.",
		"Let requests to {server} pass the proxy unchanged.",
	},
	KindConsole: {
		"Address of the web console", "{server} is the web console of a storage server, not its S3 API.",
		"The S3 API has an address of its own. MinIO's is by default the host of the console with port 9000.",
	},
	KindBadAnswer: {
		"The storage server's answer cannot be used", "{server} answered with something that is not a set of credentials: {said}",
		"Check that the address is that of an S3 server with STS.",
	},
	KindUnknown: {
		"The storage server refused", "{server} refused and said: {said}",
		"Daypass does not know this refusal; the server's words are all there is.",
	},
}
