package agent

import (
	"daypass/app/agent/quick"
	"daypass/app/broker/clients"
	"daypass/app/credentials"
	"daypass/app/tools"
	"daypass/auth/secret"
)

// The requests on credentials for other tools; they belong to protocol 1.
//
//	GET    /v1/connections/{id}/tools                the tools; POST .../{tool} {"step": ...} previews
//	                                                 a step, and does it where a "digest" is given
//	GET    /v1/connections/{id}/consumers            who fetched credentials; POST adds a client with a token
//	POST   /v1/connections/{id}/gateway              adds a client with a key pair for the gateway
//	POST   /v1/connections/{id}/credentials          those of a program with an endpoint of its own
//	POST   /v1/consumers/{id}/pause                  also resume
//	DELETE /v1/consumers/{id}                        revoke
//	GET    /v1/connections/{id}/diagnosis            the doctor's report
//	GET    /v1/handout?name=...&tool=...             credentials for a tool
//	GET    /v1/creds?name=...&tool=...               the same as a credential_process prints it
const (
	pathToolCredentials = "/v1/handout"
	pathCreds           = quick.PathCreds
)

type wireStep struct {
	Step   tools.Step `json:"step"`
	Digest string     `json:"digest,omitempty"`
}

// wireAccess is tools.Access on the socket.
type wireAccess struct {
	Connection  string `json:"connection"`
	Endpoint    string `json:"endpoint"`
	Region      string `json:"region,omitempty"`
	STSEndpoint string `json:"sts_endpoint,omitempty"`
	CAFile      string `json:"ca_file,omitempty"`
	CABundle    string `json:"ca_bundle,omitempty"`
	credentials.Plain
}

func wireFromAccess(a tools.Access) wireAccess {
	return wireAccess{
		a.Connection, a.Endpoint, a.Region, a.STSEndpoint, a.CAFile, a.CABundle,
		a.Plain(),
	}
}

func (w wireAccess) access() tools.Access {
	return tools.Access{
		Connection: w.Connection, Endpoint: w.Endpoint, Region: w.Region,
		STSEndpoint: w.STSEndpoint, CAFile: w.CAFile, CABundle: w.CABundle,
		Credentials: w.Plain.Credentials(),
	}
}

// wireClientToken is clients.ClientToken on the socket.
type wireClientToken struct {
	Client string     `json:"consumer"`
	URL    string     `json:"url"`
	Token  string     `json:"token"`
	File   string     `json:"token_file,omitempty"`
	Access wireAccess `json:"access"`
}

func wireFromClientToken(g clients.ClientToken) wireClientToken {
	return wireClientToken{g.Client, g.URL, g.Token.Reveal(), g.TokenFile, wireFromAccess(g.Access)}
}

func (w wireClientToken) clientToken() clients.ClientToken {
	return clients.ClientToken{Client: w.Client, URL: w.URL, Token: secret.New(w.Token), TokenFile: w.File, Access: w.Access.access()}
}

// wireKeyPair is clients.KeyPair on the socket.
type wireKeyPair struct {
	Client          string `json:"consumer"`
	Endpoint        string `json:"endpoint"`
	Region          string `json:"region"`
	AccessKeyID     string `json:"access_key_id"`
	SecretAccessKey string `json:"secret_access_key"`
}

func wireFromKeyPair(k clients.KeyPair) wireKeyPair {
	return wireKeyPair{k.Client, k.Endpoint, k.Region, k.AccessKeyID, k.SecretAccessKey.Reveal()}
}

func (w wireKeyPair) keyPair() clients.KeyPair {
	return clients.KeyPair{
		Client: w.Client, Endpoint: w.Endpoint, Region: w.Region, AccessKeyID: w.AccessKeyID, SecretAccessKey: secret.New(w.SecretAccessKey),
	}
}

// wireIssued is clients.IssuedCredentials on the socket.
type wireIssued struct {
	Access  wireAccess `json:"access"`
	Session string     `json:"session"`
}
