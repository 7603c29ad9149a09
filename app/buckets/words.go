package buckets

// words select the texts of an error: by its code without "storage-", which of them, and who reads the server's own words.
type words struct {
	code, variant string
	quote         audience
}

// audience says who reads what the server or the network answered in its own words.
type audience int

const (
	// forUser is where the cause is in those words. Zero is where nobody reads them.
	forUser audience = iota + 1
	// forAdmin is where they name the action, the resource or the setting, which ours can only guess.
	forAdmin
)

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
	Denied:             {code: "denied", quote: forAdmin},
	NotFound:           {code: "not-found"},
	CredentialsExpired: {code: "keys-ended", quote: forAdmin},
	ClockSkew:          {code: "clock-skew", quote: forAdmin},
	TokenTooLong:       {code: "token-too-long", quote: forAdmin},
	InvalidName:        {code: "bad-name", quote: forUser},
	Exists:             {code: "exists"},
	NotEmpty:           {code: "not-empty"},
	Changed:            {code: "changed"},
	Locked:             {code: "locked", quote: forAdmin},
	Protected:          {code: "protected"},
	Full:               {code: "full", quote: forAdmin},
	Busy:               {code: "busy", quote: forAdmin},
	Proxy:              {code: "proxy", quote: forUser},
	Unsupported:        {code: "unsupported", quote: forAdmin},
}

// wordsOfCode has the codes whose words differ from those of their kind.
var wordsOfCode = map[string]words{
	"NoSuchBucket":                       {code: "no-bucket"},
	"NoSuchVersion":                      {code: "no-version"},
	"InvalidObjectState":                 {code: "archived", quote: forAdmin},
	"AuthorizationHeaderMalformed":       regionWords,
	"InvalidRegion":                      regionWords,
	"SignatureDoesNotMatch":              {code: "signature", quote: forAdmin},
	"EntityTooLarge":                     tooLargeWords,
	"MaxMessageLengthExceeded":           tooLargeWords,
	"IllegalLocationConstraintException": regionWords,
	"InvalidLocationConstraint":          regionWords,
	"PermanentRedirect":                  regionWords,
	"TemporaryRedirect":                  regionWords,
	"Redirect":                           regionWords,
	"InvalidTag":                         {code: "bad-tag", quote: forUser},
	"BadDigest":                          damagedWords,
	"XAmzContentChecksumMismatch":        damagedWords,
}

var (
	regionWords      = words{code: "region", quote: forAdmin}
	damagedWords     = words{code: "damaged", quote: forAdmin}
	certificateWords = words{code: "certificate", quote: forUser}
	noHostWords      = words{code: "no-host"}
	slowWords        = words{code: "slow"}
	unreachableWords = words{code: "unreachable", quote: forUser}
	endlessWords     = words{code: "endless"}
	outsideWords     = words{code: "outside", quote: forAdmin}
	proxySizeWords   = words{code: "proxy-size", quote: forUser}
	proxyHeaderWords = words{code: "token-too-long", variant: "proxy", quote: forUser}
	proxySignInWords = words{code: "proxy-sign-in", quote: forUser}
	gatewayWords     = words{code: "gateway", quote: forUser}
	tooLargeWords    = words{code: "too-large", quote: forUser}
	notS3Words       = words{code: "not-s3"}
	noKeysWords      = words{code: "no-keys"}
	noAgentWords     = words{code: "no-agent", quote: forUser}
	otherWords       = words{code: "other", quote: forUser}
	kmsDeniedWords   = words{code: "kms-denied", quote: forAdmin}
	kmsMissingWords  = words{code: "kms-not-configured", quote: forAdmin}
	kmsFailedWords   = words{code: "kms-failed", quote: forAdmin}
)
