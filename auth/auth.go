// Package auth signs a user in to an OpenID Connect provider as a native application does:
// authorization code with PKCE in the system's browser, the answer on a loopback listener
// (RFC 8252), the ID token verified, and later the refresh grant and revocation.
//
// It knows nothing of STS, of the rest of Daypass or of the screen.
package auth

import (
	"time"

	"daypass/auth/safetext"
	"daypass/auth/secret"
)

// Config describes one provider and one client registered there. It holds what a user or an
// administrator typed; New checks it.
type Config struct {
	// Issuer is the issuer URL, or the provider's discovery URL ending in
	// /.well-known/openid-configuration, which means the issuer before it. https, or http to loopback.
	Issuer string
	// ClientID is the client registered with the provider; the ID token's audience.
	ClientID string
	// ClientSecret is sent where a provider insists on one. It is in every copy of the program's
	// configuration and so protects nothing (RFC 8252 section 8.5); PKCE is used all the same.
	ClientSecret secret.Secret
	// Scopes asked for. "openid" is always added, and empty means openid, profile and email.
	// offline_access is asked for if and only if Offline says so, whatever is listed here.
	Scopes []string
	// Offline asks for a refresh token. It adds the scope offline_access unless ExtraParams has
	// access_type (Google), which replaces it. Without Offline, access_type=offline is left out, and
	// a refresh token that comes unasked is not kept.
	Offline bool
	// ExtraParams are added to the authorization request. They cannot replace the parameters that
	// make the flow safe (client_id, redirect_uri, response_type, state, nonce, code_challenge...).
	ExtraParams map[string]string
	// RedirectHost is "127.0.0.1" (also when empty), "::1" or "localhost". The listener binds the
	// IP literal in every case, and for "localhost" both of them.
	RedirectHost string
	// RedirectPorts are tried in order; empty means any free port.
	RedirectPorts []int
	// RedirectPath is the callback's path; empty means /callback.
	RedirectPath string
	// BearerTokens keeps access tokens of use to others, such as a storage server that asks the provider with them:
	// they are not bound to a key of this computer's (DPoP), even if the provider offers that.
	BearerTokens bool
	// CAFile is a PEM file of the certificate authorities to trust besides the system's. May be empty.
	CAFile string
}

// Tokens is what a sign-in or a refresh gave.
type Tokens struct {
	// IDToken is verified. It is zero when a refresh brought none.
	IDToken secret.Secret
	// AccessToken is the provider's access token, verified by nobody here.
	AccessToken secret.Secret
	// RefreshToken replaces the one used before. After a refresh that brought no new one it is the
	// one that was sent.
	RefreshToken secret.Secret
	// WebIdentity is the token to exchange at STS, and WebIdentityFrom says which one it is.
	WebIdentity     secret.Secret
	WebIdentityFrom WebIdentitySource
	// WebIdentityExpiry is the exp of WebIdentity.
	WebIdentityExpiry time.Time
	// Identity is who signed in, from the ID token's claims.
	Identity Identity
	// Scope is what the provider granted, space-separated, by the last answer that says so; empty means
	// all that was asked for (RFC 6749 section 5.1). A refresh asks for this.
	Scope string
	// ScopeRefused is true once the provider has refused a refresh for the scopes that it named, and
	// taken one that named none: from then on none are named.
	ScopeRefused bool
	// NoIDTokenOnRefresh is true where a refresh brought no ID token and nothing else that could stand
	// in for one: another refresh would bring nothing either.
	NoIDTokenOnRefresh bool
	// ProofKey is the key to which the provider binds the tokens of this session (DPoP, RFC 9449), as a JWK; zero for
	// none. The refresh token is of no use without it.
	ProofKey secret.Secret
	// Bound is true once the provider has said that it binds them.
	Bound bool
	// Consent is how this provider stands to prompt=consent.
	Consent Consent
}

// Consent says whether a sign-in has to ask for consent to be given a refresh token: a provider may
// ignore offline_access without it (OpenID Connect Core section 11).
type Consent string

// The values of Consent.
const (
	// ConsentNotRequested: no sign-in has asked for it, or none needs to.
	ConsentNotRequested Consent = ""
	// ConsentNext: a refresh token was asked for and none came. The next sign-in sends prompt=consent.
	ConsentNext Consent = "next"
	// ConsentRequested: the sign-in sent prompt=consent, and a refresh token came.
	ConsentRequested Consent = "asked"
	// ConsentUseless: no refresh token came though the sign-in sent prompt=consent.
	ConsentUseless Consent = "useless"
)

// WebIdentitySource says which token serves as the web identity, for Details and for tests.
type WebIdentitySource string

// The sources, in the order in which they are preferred. The fallbacks are for providers that
// send no ID token on a refresh.
const (
	FromIDToken         WebIdentitySource = "id_token"
	FromPreviousIDToken WebIdentitySource = "previous_id_token"
	FromAccessToken     WebIdentitySource = "access_token"
)

// Identity is the user as the ID token describes them (OpenID Connect Core section 5.1).
type Identity struct {
	Issuer   string
	Subject  string
	Email    string
	Username string // preferred_username
	Name     string
}

// Display is the name a user knows themselves by: the e-mail address, else the user name, else
// the full name, else the subject. They are the provider's words: it is made printable, and short.
func (i Identity) Display() string {
	for _, s := range []string{i.Email, i.Username, i.Name} {
		if shown := safetext.Line(s, maxDisplay); shown != "" {
			return shown
		}
	}
	return safetext.Line(i.Subject, maxDisplay)
}

// maxDisplay is how long a name may be, in runes.
const maxDisplay = 100
