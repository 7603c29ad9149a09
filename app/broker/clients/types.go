package clients

import (
	"time"

	"daypass/app/agent/quick"
	"daypass/app/limits"
	"daypass/app/messages"
	"daypass/app/tools"
	"daypass/auth/safetext"
	"daypass/auth/secret"
)

// Client is a program that fetches credentials: one with a token for the local endpoint, or a tool
// that runs `daypass creds`. It holds no secret.
type Client struct {
	// ID names the client in calls.
	ID string `json:"id"`
	// Connection is the ID of the connection whose credentials it gets.
	Connection string `json:"connection"`
	// Name is what is known of it, such as "aws" or "python3 train.py".
	Name string `json:"name"`
	// Endpoint is true for one that has a token for the local endpoint, or a key pair for the gateway.
	Endpoint bool `json:"endpoint"`
	// Gateway is true for one that has a key pair for the gateway: it gets no credentials, its requests are forwarded.
	Gateway bool `json:"gateway,omitempty"`
	// Scope limits its credentials; nil for all that the user may do.
	Scope *limits.Scope `json:"scope,omitempty"`
	// Since is when it was first known.
	Since time.Time `json:"since"`
	// LastFetch is when it last got credentials; zero for never.
	LastFetch time.Time `json:"last_fetch,omitzero"`
	// Fetches counts the times it got credentials, or requests that were forwarded for it; Refused those that were not.
	Fetches int `json:"fetches"`
	Refused int `json:"refused,omitempty"`
	// Sent and Received are how many bytes of bodies went through the gateway, from the program and to it.
	Sent     int64 `json:"sent,omitempty"`
	Received int64 `json:"received,omitempty"`
	// Paused is true while it is to get none.
	Paused bool `json:"paused,omitempty"`
}

// maxToolName is how many characters of a tool's name are shown.
const maxToolName = 60

// ToolName makes what a program calls itself fit for lists and notifications: one short line.
func ToolName(name string) string {
	if name = safetext.Line(name, maxToolName); name != "" {
		return name
	}
	return quick.Unnamed
}

// ShownName returns what users are shown of a ToolName, in the language of this process.
func ShownName(name string) string {
	if name == quick.Unnamed {
		return messages.Text("agent.client.unnamed")
	}
	return name
}

// NewClient asks for a client with a token for the local endpoint.
type NewClient struct {
	// Name is what to call it in the list.
	Name string `json:"name"`
	// Scope limits its credentials; nil for all that the user may do.
	Scope *limits.Scope `json:"scope,omitempty"`
}

// Fetcher is a program that serves credentials at an endpoint of its own, as `daypass exec` does, and
// fetches them from the agent each time.
type Fetcher struct {
	// ID is random, of 128 bits or more, and the same for as long as the program runs. It names the client
	// in calls, also at an agent that has been started again since.
	ID string `json:"id"`
	// Name is what to call it in the list.
	Name string `json:"name"`
	// Scope limits its credentials; nil for all that the user may do.
	Scope *limits.Scope `json:"scope,omitempty"`
	// Session is that of the first answer, so that credentials of another sign-in are never returned. Empty
	// in the first request.
	Session string `json:"session,omitempty"`
}

// IssuedCredentials is the answer to a Fetcher.
type IssuedCredentials struct {
	// Access holds the current credentials.
	Access tools.Access
	// Session names the sign-in that they come from. It is no secret.
	Session string
}

// ClientToken is what a client of the local endpoint gets.
type ClientToken struct {
	// Client is its ID.
	Client string
	// URL is the endpoint, for AWS_CONTAINER_CREDENTIALS_FULL_URI.
	URL string
	// Token is for AWS_CONTAINER_AUTHORIZATION_TOKEN. Anyone who has it gets the credentials.
	Token secret.Secret
	// TokenFile holds the token too, for programs that read it from nowhere else: for its owner alone, and
	// gone with the token. Empty where there is none.
	TokenFile string
	// Access is what else the tool needs; its credentials are the current ones.
	Access tools.Access
}

// Environment returns the variables for a program of the client, as tools.Access.EndpointEnvironment does.
func (g ClientToken) Environment() []tools.Variable {
	return g.Access.EndpointEnvironment(g.URL, g.Token, g.TokenFile)
}

// KeyPair is what a client of the gateway gets. It is valid at the gateway alone, until its session ends or it is revoked.
type KeyPair struct {
	// Client is its ID.
	Client string
	// Endpoint is the gateway's URL, and Region what to sign for; any other will do.
	Endpoint, Region string
	AccessKeyID      string
	SecretAccessKey  secret.Secret
}
