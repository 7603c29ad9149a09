package auth

import (
	"errors"
	"maps"
	"slices"
	"strings"
)

// Reason is why something failed, as a code with parameters. Those who show it have the words.
type Reason struct {
	// Code is one of the constants.
	Code ReasonCode
	// Params are what the reason is about, by their names. They come from the provider or the network and are safe to
	// show. One whose name ends in Duration is a time.Duration in Go's own form.
	Params map[string]string
}

// ReasonCode names a reason.
type ReasonCode string

// The reasons. The comments name their parameters.
const (
	// ReasonProviderMessage is what the provider said in its own words: Message.
	ReasonProviderMessage ReasonCode = "provider-message"

	// Of the provider's metadata.

	ReasonAddressInvalid      ReasonCode = "address-invalid"
	ReasonEndpointInsecure    ReasonCode = "endpoint-insecure"     // Endpoint
	ReasonEndpointInvalid     ReasonCode = "endpoint-invalid"      // Endpoint
	ReasonEndpointMissing     ReasonCode = "endpoint-missing"      // Endpoint
	ReasonIssuerMismatch      ReasonCode = "issuer-mismatch"       // Found, Expected
	ReasonIssuerMismatchUse   ReasonCode = "issuer-mismatch-use"   // Found, Expected; Found may be right
	ReasonIssuerTemplate      ReasonCode = "issuer-template"       // the address of every organization
	ReasonIssuerTemplateEntra ReasonCode = "issuer-template-entra" // Example
	ReasonIssuerTenant        ReasonCode = "issuer-tenant"         // Found, Expected, Use
	ReasonKeysMissing         ReasonCode = "keys-missing"
	ReasonKeysUnusable        ReasonCode = "keys-unusable"
	ReasonMetadataMissing     ReasonCode = "metadata-missing" // Status
	ReasonMetadataRequires    ReasonCode = "metadata-requires"
	ReasonPKCE                ReasonCode = "pkce"
	ReasonSiteOther           ReasonCode = "site-other" // Issuer, Hosts
	ReasonSiteOwned           ReasonCode = "site-owned" // Issuer, Hosts, Owner
	ReasonVerificationAddress ReasonCode = "verification-address"

	// Of a request without a usable answer. Each has the parameter Host.

	ReasonAnswerTooLong        ReasonCode = "answer-too-long"
	ReasonCertificate          ReasonCode = "certificate" // Error
	ReasonCertificateAuthority ReasonCode = "certificate-authority"
	ReasonCertificateExpired   ReasonCode = "certificate-expired"
	ReasonCertificateHost      ReasonCode = "certificate-host"
	ReasonConnectionBroken     ReasonCode = "connection-broken"
	ReasonConnectionRefused    ReasonCode = "connection-refused"
	ReasonHostUnknown          ReasonCode = "host-unknown"
	ReasonNetworkUnreachable   ReasonCode = "network-unreachable"
	ReasonNoAnswer             ReasonCode = "no-answer"
	ReasonNoConnection         ReasonCode = "no-connection" // Error
	ReasonNoDeviceCode         ReasonCode = "no-device-code"
	ReasonNoReference          ReasonCode = "no-reference" // to a pushed authorization request
	ReasonNoTokens             ReasonCode = "no-tokens"
	ReasonNotJSON              ReasonCode = "not-json"
	ReasonRedirect             ReasonCode = "redirect" // Status
	ReasonRedirectInsecure     ReasonCode = "redirect-insecure"
	ReasonRefused              ReasonCode = "refused"          // Status
	ReasonRefusedMessage       ReasonCode = "refused-message"  // Status, Message
	ReasonRefusedWebPage       ReasonCode = "refused-web-page" // Status
	ReasonServerError          ReasonCode = "server-error"     // Status
	ReasonThrottled            ReasonCode = "throttled"        // Status
	ReasonWebPage              ReasonCode = "web-page"

	// Of a token, or of the browser's answer, that failed a check.

	ReasonAlgorithm        ReasonCode = "algorithm"      // Algorithm
	ReasonAudience         ReasonCode = "audience"       // Found, Expected
	ReasonClaimNotDate     ReasonCode = "claim-not-date" // Claim
	ReasonClaimNotText     ReasonCode = "claim-not-text" // Claim
	ReasonCodeRefused      ReasonCode = "code-refused"
	ReasonEncrypted        ReasonCode = "encrypted"
	ReasonExpired          ReasonCode = "expired" // AgoDuration
	ReasonFormPosted       ReasonCode = "form-posted"
	ReasonFromFuture       ReasonCode = "from-future" // AheadDuration
	ReasonIDTokenMissing   ReasonCode = "id-token-missing"
	ReasonIssuer           ReasonCode = "issuer" // Found, Expected
	ReasonMalformed        ReasonCode = "malformed"
	ReasonNonce            ReasonCode = "nonce"
	ReasonParty            ReasonCode = "party" // Found, Expected
	ReasonPartyMissing     ReasonCode = "party-missing"
	ReasonResponseIssuer   ReasonCode = "response-issuer"
	ReasonResponseNoIssuer ReasonCode = "response-no-issuer"
	ReasonSignature        ReasonCode = "signature"
	ReasonSignInTooOld     ReasonCode = "sign-in-too-old" // AgoDuration
	ReasonSubjectChanged   ReasonCode = "subject-changed"
	ReasonSubjectMissing   ReasonCode = "subject-missing"
	ReasonUndated          ReasonCode = "undated"
)

// because returns a reason with parameters: names and values in turn.
func because(code ReasonCode, params ...string) Reason {
	r := Reason{Code: code}
	for i := 0; i+1 < len(params); i += 2 {
		if r.Params == nil {
			r.Params = make(map[string]string, len(params)/2)
		}
		r.Params[params[i]] = params[i+1]
	}
	return r
}

// String returns the code and its parameters, for logs.
func (r Reason) String() string {
	if len(r.Params) == 0 {
		return string(r.Code)
	}
	params := make([]string, 0, len(r.Params))
	for _, name := range slices.Sorted(maps.Keys(r.Params)) {
		params = append(params, name+"="+r.Params[name])
	}
	return string(r.Code) + " (" + strings.Join(params, ", ") + ")"
}

// Reasons returns why an error of this package came about; none where the error itself says all that is known.
func Reasons(err error) []Reason {
	var r interface{ reasons() []Reason }
	if errors.As(err, &r) {
		return r.reasons()
	}
	return nil
}
