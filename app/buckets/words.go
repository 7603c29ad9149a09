package buckets

// words are what a failure says; see fill for what stands in braces.
type words struct{ code, title, detail, next, admin string }

// kindOf maps the codes of S3 servers to kinds. What is not here goes by its status.
var kindOf = map[string]Kind{
	"AccessDenied": Denied, "AllAccessDisabled": Denied, "AccountProblem": Denied, "InvalidObjectState": Denied,

	"NoSuchBucket": NotFound, "NoSuchKey": NotFound, "NoSuchVersion": NotFound, "NoSuchUpload": NotFound,

	"InvalidAccessKeyId": CredentialsExpired, "InvalidTokenId": CredentialsExpired, "InvalidToken": CredentialsExpired, "ExpiredToken": CredentialsExpired,
	"ExpiredTokenException": CredentialsExpired, "TokenRefreshRequired": CredentialsExpired, "InvalidClientTokenId": CredentialsExpired,

	"RequestTimeTooSkewed": ClockSkew, "RequestExpired": ClockSkew,
	"MetadataTooLarge": TokenTooLong, "RequestHeaderSectionTooLarge": TokenTooLong,

	"InvalidBucketName": InvalidName, "KeyTooLongError": InvalidName, "KeyTooLong": InvalidName, "XMinioInvalidObjectName": InvalidName,
	"XMinioParentIsObject": InvalidName, "XMinioInvalidResourceName": InvalidName,

	"BucketAlreadyExists": Exists, "BucketAlreadyOwnedByYou": Exists, "XMinioObjectExistsAsDirectory": Exists,
	"BucketNotEmpty": NotEmpty, "PreconditionFailed": Changed, "ConditionalRequestConflict": Changed, "InvalidRange": Changed,
	"ObjectLocked": Locked, "DaypassProtected": Protected,

	"XMinioAdminBucketQuotaExceeded": Full, "XMinioStorageFull": Full, "QuotaExceeded": Full, "InsufficientCapacity": Full,

	"SlowDown": Busy, "SlowDownRead": Busy, "SlowDownWrite": Busy, "ServiceUnavailable": Busy, "InternalError": Busy,
	"RequestTimeout": Busy, "XMinioServerNotInitialized": Busy, "Throttling": Busy, "TooManyRequests": Busy,
	"OperationAborted": Busy, "XMinioBackendDown": Busy,

	"NotImplemented": Unsupported, "MethodNotAllowed": Unsupported,

	"AuthorizationHeaderMalformed": Other, "InvalidRegion": Other, "PermanentRedirect": Other, "TemporaryRedirect": Other, "Redirect": Other,
	"IllegalLocationConstraintException": Other, "InvalidLocationConstraint": Other, "EntityTooLarge": Other, "MaxMessageLengthExceeded": Other, "SignatureDoesNotMatch": Other,
	"InvalidTag": Other, "BadDigest": Other, "XAmzContentChecksumMismatch": Other,
}

// byMessage is where a server has one code for several things and tells them apart by words.
var byMessage = []struct {
	says string
	kind Kind
}{
	{"WORM protected", Locked},
	{"Object is locked", Locked},
	{"Access Denied because object protected by object lock", Locked},
}

// wordsOf has the words of each kind.
var wordsOf = map[Kind]words{
	Denied: {
		"denied", "You may not do this",
		"{server} knows who you are and does not allow you to {doing}.",
		"Ask your administrator for the right to {doing}.",
		"A policy of this person must allow {action} on {resource}.",
	},
	NotFound: {
		"not-found", "It is not there",
		"{server} has nothing by the name of {subject}: it may have been deleted or renamed, or the name is spelled differently.",
		"Check the name, capital letters too, or refresh the list.", "",
	},
	CredentialsExpired: {
		"keys-ended", "Your keys no longer work",
		"{server} does not know the keys of this session any more: they have ended, or somebody revoked them.",
		"Renew the session, or sign in again.",
		"{server} said: {said}. Keys end early when sessions are revoked on the server, when its signing credentials change, or when it lost its data.",
	},
	ClockSkew: {
		"clock-skew", "Your clock is wrong",
		"{server} does not accept requests from this computer, because the two clocks differ by more than 15 minutes.",
		"Set this computer's clock, best by having it synchronised, and try again.",
		"If this computer's clock is right, synchronise the clock of {server}.",
	},
	TokenTooLong: {
		"token-too-long", "Your sign-in is too long for the storage server",
		"Your provider puts too many claims into the token, and {server} does not take requests that carry it.",
		"Give this message to your administrator.",
		"Have the provider leave claims out of the ID token, long lists of groups above all. {server} said: {said}.",
	},
	InvalidName: {
		"bad-name", "The server does not take this name",
		"{server} does not accept {subject} as a name. It said: {said}.",
		"Use another name.", "",
	},
	Exists: {
		"exists", "The name is taken",
		"There is something by the name of {subject} on {server} already.",
		"Choose another name.", "",
	},
	NotEmpty: {
		"not-empty", "The bucket is not empty",
		"{server} deletes only empty buckets, and {subject} still holds objects, or earlier versions of objects.",
		"Delete what is in it first, with all versions.", "",
	},
	Changed: {
		"changed", "It was changed meanwhile",
		"{subject} is no longer the object you were looking at: somebody wrote it anew or deleted it.",
		"Refresh the list and look at it again.", "",
	},
	Locked: {
		"locked", "It is locked",
		"{server} keeps {subject} from being changed or deleted, because of a retention period or a legal hold.",
		"Wait until the retention ends, or ask your administrator.",
		"The object has an object lock: a retention (governance or compliance) or a legal hold.",
	},
	Protected: {
		"protected", "The object is protected",
		"{subject} has a protection that a move would leave behind: {said}.",
		"Move it together with its protection, or copy it instead.",
		"The target bucket must have object lock, and a policy of this user must allow s3:PutObjectRetention and s3:PutObjectLegalHold there.",
	},
	Full: {
		"full", "The storage is full",
		"{server} has no room left for {subject}.",
		"Delete something, or ask your administrator for more room.",
		"{server} said: {said}.",
	},
	Busy: {
		"busy", "The storage server cannot answer now",
		"{server} has a fault of its own, is starting, or asks to be left alone for a moment.",
		"Try again in a moment.",
		"{server} said: {said}.",
	},
	Proxy: {
		"proxy", "A proxy refused the request",
		"The answer did not come from a storage server: a proxy, a firewall or a gateway in front of {server} refused. It said: {said}.",
		"Give this message to your administrator.",
		"Let requests of S3 through to {server} unchanged: all methods, headers, query parameters and names.",
	},
	Unsupported: {
		"unsupported", "The server does not offer this",
		"{server} cannot {doing}.",
		"Ask your administrator whether another server offers it.",
		"{server} said: {said}.",
	},
}

// wordsOfCode has the codes whose words differ from those of their kind.
var wordsOfCode = map[string]words{
	"NoSuchBucket": {
		"no-bucket", "There is no such bucket",
		"{server} has no bucket named “{bucket}”.",
		"Check the name, or refresh the list of buckets.", "",
	},
	"NoSuchVersion": {
		"no-version", "This version is gone",
		"{server} no longer has this version of {subject}.",
		"Refresh the list of versions.", "",
	},
	"InvalidObjectState": {
		"archived", "The object is archived",
		"{server} keeps {subject} in an archive from which it must be restored before it can be read.",
		"Ask your administrator to restore it.",
		"The object was moved to an archive tier; RestoreObject brings it back.",
	},
	"AuthorizationHeaderMalformed": regionWords,
	"InvalidRegion":                regionWords,
	"SignatureDoesNotMatch": {
		"signature", "The server could not check the signature",
		"{server} computed another signature for this request than Daypass did.",
		"Try again. If it stays, give this message to your administrator.",
		"A proxy in front of {server} may change the path, the query or the Host header of requests. It must pass them on as they are.",
	},
	"EntityTooLarge":                     tooLargeWords,
	"MaxMessageLengthExceeded":           tooLargeWords,
	"IllegalLocationConstraintException": regionWords,
	"InvalidLocationConstraint":          regionWords,
	"PermanentRedirect":                  regionWords,
	"TemporaryRedirect":                  regionWords,
	"Redirect":                           regionWords,
	"InvalidTag": {
		"bad-tag", "The server does not take these tags",
		"Tags have names of at most 128 and values of at most 256 characters, and an object has at most 10. {server} said: {said}.",
		"Change the tags.", "",
	},
	"BadDigest":                   damagedWords,
	"XAmzContentChecksumMismatch": damagedWords,
}

var (
	// deniedBucketWords are of a bucket that somebody opened by its name.
	deniedBucketWords = words{
		"denied", "You may not open this bucket",
		"{server} does not let you see what is in {subject}. It says the same of a bucket that does not exist.",
		"Check the name. If it is right, ask your administrator for the right to {doing}.",
		"A policy of this person must allow {action} on {resource}.",
	}
	regionWords = words{
		"region", "The server is in another region",
		"{server} expects requests for another region than this connection has.",
		"Edit the connection and enter the region.",
		"{server} said: {said}.",
	}
	damagedWords = words{
		"damaged", "The data was damaged on the way",
		"What arrived at {server} is not what was sent: the checksums differ.",
		"Try again.", "{server} said: {said}.",
	}
	certificateWords = words{
		"certificate", "The storage server's certificate is not trusted",
		"{server} could not prove that it is who it says: {said}.",
		"Give this message to your administrator.",
		"Use a certificate from a known authority, or give the connection the authority's file as ca_file.",
	}
	noHostWords = words{
		"no-host", "The storage server cannot be found",
		"There is no host by the name of {server}.",
		"Check your network or VPN, and the address in the connection.", "",
	}
	slowWords = words{
		"slow", "The storage server does not answer",
		"{server} did not answer in time.",
		"Check your network or VPN, then try again.", "",
	}
	unreachableWords = words{
		"unreachable", "The storage server cannot be reached",
		"There is no connection to {server}, or it broke: {said}.",
		"Check your network or VPN, then try again.", "",
	}
	endlessWords = words{
		"endless", "The listing does not end",
		"The storage server sent a page of the listing that does not continue the pages before it, so its answers cannot be relied on. Nothing more was read.",
		"Try again. If it stays, give this message to your administrator.", "",
	}
	outsideWords = words{
		"outside", "The listing is not the requested one",
		"{server} listed names that are not in the requested folder, so its answers cannot be relied on. Nothing of this page was used.",
		"Try again. If it stays, give this message to your administrator.",
		"{server} said: {said}.",
	}
	proxySizeWords = words{
		"proxy-size", "A proxy limits the size of requests",
		"A proxy in front of {server} does not let requests of this size through. It said: {said}.",
		"Give this message to your administrator.",
		"Raise the limit of the proxy in front of {server} to 64 MiB or remove it; in nginx: client_max_body_size 0. " +
			"Daypass uploads files of up to 32 MiB in one request, and larger ones in parts of 16 MiB; very large files have larger parts.",
	}
	proxyHeaderWords = words{
		"token-too-long", "Your sign-in is too long for a proxy",
		"Your provider puts many claims into the token, and a server or proxy at {server} does not take requests with headers of this size. It said: {said}.",
		"Give this message to your administrator.",
		"Raise the limit of the proxy for headers, in nginx large_client_header_buffers, or have the provider leave claims out of the ID token, long lists of groups above all.",
	}
	proxySignInWords = words{
		"proxy-sign-in", "The network requires a sign-in",
		"A proxy or the network itself requires a sign-in before it lets requests through to {server}. It said: {said}.",
		"Open any web page in your browser, sign in to the network, and try again.", "",
	}
	gatewayWords = words{
		"gateway", "The proxy cannot reach the storage server",
		"A proxy in front of {server} answered, and the storage server behind it did not. It said: {said}.",
		"Try again in a moment. If it stays, give this message to your administrator.",
		"Check that the storage server runs and that the proxy has its current address and long enough timeouts.",
	}
	tooLargeWords = words{
		"too-large", "The object is too large",
		"{server} does not take {subject} at its size. It said: {said}.",
		"Ask your administrator for the limit.",
		"The storage server itself limits the size of objects or of parts. Daypass uploads files of up to 32 MiB in one request, and larger ones in parts.",
	}
	notS3Words = words{
		"not-s3", "This is not a storage server",
		"{server} answered, but not as a storage server does. A proxy or the sign-in page of a network may be in the way.",
		"Check your network or VPN, and the address in the connection.",
		"The connection needs the address of the S3 API, not of the console.",
	}
	noKeysWords = words{
		"no-keys", "You are signed out",
		"There are no keys for {server} that work.",
		"Sign in again.", "",
	}
	noAgentWords = words{
		"no-agent", "Daypass could not get your keys",
		"The part of Daypass that keeps your session did not give the keys: {said}.",
		"Try again. If it stays, quit Daypass and start it again.", "",
	}
	otherWords = words{
		"other", "The storage server refused",
		"{server} said: {said}.",
		"Try again. If it stays, give this message to your administrator.", "",
	}
)
