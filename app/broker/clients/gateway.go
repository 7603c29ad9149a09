package clients

import (
	"crypto/rand"

	"daypass/auth/secret"
)

// keyPair is for the gateway. Signature Version 4 needs the secret itself to verify with.
type keyPair struct {
	id     string
	secret secret.Secret
}

const (
	// keyIDPrefix begins every access key ID of the gateway, which has the length of one of Amazon's.
	keyIDPrefix = "DAYPASS"
	keyIDLength = 20
	// secretLength is the length of a secret access key, of 5 bits a character.
	secretLength = 40
)

// newKeyPair makes a key pair of letters and digits, which no shell and no file format changes.
func newKeyPair() keyPair {
	id := keyIDPrefix + rand.Text()
	text := rand.Text() + rand.Text()
	return keyPair{id[:keyIDLength], secret.New(text[:secretLength])}
}

// AddGateway makes a client with a key pair for the gateway. The KeyPair names no endpoint yet.
func (l *List) AddGateway(connection string, n NewClient) (Client, KeyPair, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c, err := l.add(Client{Connection: connection, Name: n.Name, Scope: n.Scope, Endpoint: true, Gateway: true})
	if err != nil {
		return Client{}, KeyPair{}, err
	}
	c.keys = newKeyPair()
	return c.Client, KeyPair{Client: c.ID, AccessKeyID: c.keys.id, SecretAccessKey: c.keys.secret}, nil
}

// ByAccessKey returns the client with this access key ID, which is no secret, and what its signatures are verified
// with; or ErrUnknown.
func (l *List) ByAccessKey(id string) (Client, secret.Secret, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.all {
		if c.Gateway && c.keys.id == id {
			return c.Client, c.keys.secret, nil
		}
	}
	return Client{}, secret.Secret{}, ErrUnknown
}

// NoteTraffic adds to how many bytes a client has sent and received through the gateway.
func (l *List) NoteTraffic(id string, sent, received int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c := l.find(id); c != nil {
		c.Sent += sent
		c.Received += received
	}
}
