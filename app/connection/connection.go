// Package connection defines connections: which storage server, which identity provider, and how the two are
// brought together. A definition holds no secret and can be given to a colleague.
package connection

import (
	"fmt"
	"time"

	"daypass/app/messages"
	"daypass/auth/secret"
)

// Definition is one connection. In a file it is TOML; see Parse.
type Definition struct {
	// ID is the file's name without its ending; Save makes one from Name where it is empty.
	ID string
	// Name is what the user calls it.
	Name string
	// Endpoint is the URL of the S3 server, without a path.
	Endpoint string
	// STSEndpoint is the URL of the STS service; empty means Endpoint.
	STSEndpoint string
	// Region of the S3 server; empty for the server's default.
	Region string
	// CAFile is a PEM file with certificate authorities to trust besides the system's, for server
	// and identity provider alike. Empty for none. TLS verification cannot be switched off.
	CAFile string
	// Source is the https address of the company that publishes the connection, without a path: changes are looked for
	// there. Empty for none.
	Source   string
	Provider Provider
	Keys     KeyRequest
}

// Provider is the identity provider's side of a connection.
type Provider struct {
	Issuer   string
	ClientID string
	// ClientSecret is the value that some providers issue with a desktop client. It counts as public (RFC 8252
	// section 8.5) and is read from a file that has it; Store.Save leaves it out, and the agent keeps it in the vault.
	ClientSecret secret.Secret
	// Scopes asked for; empty means openid, profile, email.
	Scopes []string
	// StaySignedIn asks for a refresh token, so that the credentials renew themselves.
	StaySignedIn bool
	// ACRValues are the authentication contexts to ask for, the preferred one first; empty for none.
	ACRValues []string
	// MaxAge is how long ago the user may have signed in at the provider before it asks again; zero for any time.
	MaxAge time.Duration
	// LoginHint is the name under which the user is known to the provider; empty for none.
	LoginHint string
	// Prompt is what the provider is to ask the user: some of login, consent and select_account, or none alone.
	// Empty leaves it to the provider.
	Prompt string
	// ExtraParameters go into the authorization request, such as access_type=offline.
	ExtraParameters map[string]string
	// RedirectHost is 127.0.0.1 (also when empty), ::1 or localhost.
	RedirectHost string
	// RedirectPorts are tried in order; empty means any free port.
	RedirectPorts []int
	// RedirectPath is the callback's path; empty means /callback.
	RedirectPath string
}

// KeyRequest is what is asked of STS.
type KeyRequest struct {
	// Duration asked for; zero leaves it to the server.
	Duration time.Duration
	// RoleARN is the role to take; "derive" computes MinIO's from the client ID; empty for servers
	// that go by a claim of the token.
	RoleARN string
	// Policy limits the credentials; an IAM policy in JSON, or empty.
	Policy string
	// SendAccessToken adds the access token, for servers with claim_userinfo on.
	SendAccessToken bool
}

// DeriveRoleARN as KeyRequest.RoleARN computes MinIO's role ARN from region and client ID.
const DeriveRoleARN = "derive"

// FieldError is a definition that cannot be used: which field, and why in a sentence for the user.
type FieldError struct {
	// Field is the path of the field in the file, such as "login.issuer".
	Field string
	// Reason is a sentence.
	Reason messages.Message
}

// Error implements error.
func (e *FieldError) Error() string { return fmt.Sprintf("%s: %s", e.Field, english().Say(e.Reason)) }

// Message returns the reason.
func (e *FieldError) Message() messages.Message { return e.Reason }
