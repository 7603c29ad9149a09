package sessionstore

import (
	"encoding/json"
	"strings"
	"time"

	"daypass/app/connection"
	"daypass/auth/secret"
)

// clientSecretPrefix begins the names of client secrets in the vault. No ID of a connection has a colon.
const clientSecretPrefix = "client-secret:"

// ClientSecret is the secret of a client at an identity provider.
type ClientSecret struct {
	// Issuer and ClientID are whose it is: it goes to no other provider.
	Issuer, ClientID string
	Value            secret.Secret
}

// ClientSecretOf returns the client secret that is in a definition.
func ClientSecretOf(def connection.Definition) ClientSecret {
	l := def.Normalized().Provider
	return ClientSecret{Issuer: l.Issuer, ClientID: l.ClientID, Value: l.ClientSecret}
}

// For returns the secret where it is for the provider and the client of def, and else none.
func (c ClientSecret) For(def connection.Definition) secret.Secret {
	if other := ClientSecretOf(def); c.Issuer != other.Issuer || c.ClientID != other.ClientID {
		return secret.Secret{}
	}
	return c.Value
}

// Equal reports whether both are the same secret of the same client.
func (c ClientSecret) Equal(other ClientSecret) bool {
	return c.Issuer == other.Issuer && c.ClientID == other.ClientID && c.Value.Equal(other.Value)
}

// storedClientSecret is the entry of a client secret in the vault.
type storedClientSecret struct {
	StoredAt     time.Time `json:"stored_at"`
	Issuer       string    `json:"issuer"`
	ClientID     string    `json:"client_id"`
	ClientSecret string    `json:"client_secret"`
}

// ClientSecretRequest returns the change of the vault that stores the client secret of a connection, or removes it
// where it is empty.
func ClientSecretRequest(connectionID string, c ClientSecret, at time.Time) (Request, error) {
	req := Request{ID: clientSecretPrefix + connectionID, At: at}
	if c.Value.IsZero() {
		return req, nil
	}
	var err error
	req.Ask = true
	req.Entry, err = json.Marshal(storedClientSecret{StoredAt: at, Issuer: c.Issuer, ClientID: c.ClientID, ClientSecret: c.Value.Reveal()})
	return req, err
}

// TakeClientSecrets removes the client secrets from the entries of the vault, and returns them by the IDs of their
// connections. One that cannot be read is empty.
func TakeClientSecrets(entries map[string]json.RawMessage) map[string]ClientSecret {
	secrets := map[string]ClientSecret{}
	for name, entry := range entries {
		id, is := strings.CutPrefix(name, clientSecretPrefix)
		if !is {
			continue
		}
		secrets[id] = readClientSecret(entry)
		clear(entry)
		delete(entries, name)
	}
	return secrets
}

func readClientSecret(entry json.RawMessage) ClientSecret {
	var s storedClientSecret
	if json.Unmarshal(entry, &s) != nil {
		return ClientSecret{}
	}
	return ClientSecret{Issuer: s.Issuer, ClientID: s.ClientID, Value: secret.New(s.ClientSecret)}
}
