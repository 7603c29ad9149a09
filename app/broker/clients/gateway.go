package clients

import (
	"cmp"
	"crypto/rand"
	"reflect"
	"slices"

	"daypass/app/agent/quick"
	"daypass/app/keypairs"
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
	return c.Client, c.pair(), nil
}

func (c *client) pair() KeyPair {
	return KeyPair{Client: c.ID, AccessKeyID: c.keys.id, SecretAccessKey: c.keys.secret}
}

// Gateway returns the client of the gateway that was made for a program of this name with these limits, if there is one.
// Programs without a name are all different.
func (l *List) Gateway(connection string, n NewClient) (_ Client, _ KeyPair, known bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.all {
		if c.Gateway && c.Connection == connection && c.Name == n.Name && n.Name != quick.Unnamed && reflect.DeepEqual(c.Scope, n.Scope) {
			return c.Client, c.pair(), true
		}
	}
	return Client{}, KeyPair{}, false
}

// KeyPairs returns what is stored of the key pairs of a connection, the oldest first.
func (l *List) KeyPairs(connection string) []keypairs.Pair {
	l.mu.Lock()
	defer l.mu.Unlock()
	var pairs []keypairs.Pair
	for _, c := range l.all {
		if c.Gateway && c.Connection == connection {
			pairs = append(pairs, keypairs.Pair{
				Name: c.Name, Scope: c.Scope, Since: c.Since, Paused: c.Paused, AccessKeyID: c.keys.id, SecretAccessKey: c.keys.secret,
			})
		}
	}
	slices.SortStableFunc(pairs, func(a, b keypairs.Pair) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.AccessKeyID, b.AccessKeyID))
	})
	return pairs
}

// RestoreGateway makes the client of a stored key pair. The error is ErrTooMany.
func (l *List) RestoreGateway(connection string, p keypairs.Pair) (Client, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c, err := l.add(Client{Connection: connection, Name: p.Name, Scope: p.Scope, Endpoint: true, Gateway: true})
	if err != nil {
		return Client{}, err
	}
	c.Since, c.Paused, c.keys = p.Since, p.Paused, keyPair{p.AccessKeyID, p.SecretAccessKey}
	return c.Client, nil
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
