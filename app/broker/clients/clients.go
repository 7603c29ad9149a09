// Package clients holds the list of the programs that fetch credentials, of which connection, when
// last; and lets them be paused and revoked. It is all in memory and ends with the agent.
package clients

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"

	"daypass/auth/secret"
)

// Errors of this package.
var (
	// ErrUnknown: there is no such client, or no longer.
	ErrUnknown = errors.New("there is no such consumer of keys")
	// ErrPaused: the user has paused it.
	ErrPaused = errors.New("this tool was paused in Daypass")
	// ErrRevoked: the user has revoked it, or the session that it belonged to has ended.
	ErrRevoked = errors.New("this program was revoked in Daypass")
	// ErrTooMany: so many programs have a token already.
	ErrTooMany = errors.New("too many programs have a token for keys")
)

// maxClients bounds the list; those of commands that were seen longest ago make room.
const maxClients = 256

// List is the list of clients. Its methods may be called from several goroutines.
type List struct {
	mu   sync.Mutex
	next int
	all  []*client
	// revoked are the fetchers that were revoked, the latest last: they ask again.
	revoked []string
	now     func() time.Time
}

type client struct {
	Client
	// fetcher is true for a program that serves the endpoint itself.
	fetcher bool
	// token is the SHA-256 of the token, so that every comparison is of the same length.
	token [sha256.Size]byte
	// keys are those for the gateway; zero for none.
	keys keyPair
}

// hasToken reports whether the client has a token for the agent's own endpoint.
func (c *client) hasToken() bool { return c.Endpoint && !c.fetcher && !c.Gateway }

// New makes an empty list.
func New() *List {
	return &List{now: func() time.Time { return time.Now().Round(0) }}
}

// tokenBytes is the length of a token: 256 bits.
const tokenBytes = 32

// Add makes a client with a token for the local endpoint.
func (l *List) Add(connection string, n NewClient) (Client, secret.Secret, error) {
	random := make([]byte, tokenBytes)
	_, _ = rand.Read(random) // never fails
	token := base64.RawURLEncoding.EncodeToString(random)
	l.mu.Lock()
	defer l.mu.Unlock()
	c, err := l.add(Client{Connection: connection, Name: n.Name, Scope: n.Scope, Endpoint: true})
	if err != nil {
		return Client{}, secret.Secret{}, err
	}
	c.token = sha256.Sum256([]byte(token))
	return c.Client, secret.New(token), nil
}

// Fetcher returns the client that serves the endpoint itself and has this ID, or ErrUnknown, or ErrRevoked.
func (l *List) Fetcher(connection, id string) (Client, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if slices.Contains(l.revoked, id) {
		return Client{}, ErrRevoked
	}
	if c := l.find(id); c != nil && c.fetcher && c.Connection == connection {
		return c.Client, nil
	}
	return Client{}, ErrUnknown
}

// Join lists a program that serves the endpoint itself.
func (l *List) Join(connection string, f Fetcher) (Client, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if slices.Contains(l.revoked, f.ID) || l.find(f.ID) != nil {
		return Client{}, ErrRevoked
	}
	c, err := l.add(Client{Connection: connection, Name: f.Name, Scope: f.Scope, Endpoint: true})
	if err != nil {
		return Client{}, err
	}
	c.ID, c.fetcher = f.ID, true
	return c.Client, nil
}

// Leave removes a client from the list that may join again.
func (l *List) Leave(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = slices.DeleteFunc(l.all, func(c *client) bool { return c.ID == id })
}

// maxRevoked bounds what is remembered of revoked fetchers.
const maxRevoked = 1024

// noteRevoked remembers a revoked client that would join again by itself.
func (l *List) noteRevoked(c *client) {
	if !c.fetcher {
		return
	}
	if len(l.revoked) == maxRevoked {
		l.revoked = slices.Delete(l.revoked, 0, 1)
	}
	l.revoked = append(l.revoked, c.ID)
}

func (l *List) add(c Client) (*client, error) {
	if len(l.all) >= maxClients && !l.makeRoom() {
		return nil, ErrTooMany
	}
	l.next++
	c.ID, c.Since = strconv.Itoa(l.next), l.now()
	added := &client{Client: c}
	l.all = append(l.all, added)
	return added, nil
}

// makeRoom forgets the command that was seen longest ago and that nothing was decided about.
func (l *List) makeRoom() bool {
	oldest := -1
	for i, c := range l.all {
		if !c.Endpoint && !c.Paused && (oldest < 0 || c.LastFetch.Before(l.all[oldest].LastFetch)) {
			oldest = i
		}
	}
	if oldest < 0 {
		return false
	}
	l.all = slices.Delete(l.all, oldest, oldest+1)
	return true
}

// ByToken returns the client with this token, or ErrUnknown. How long it takes depends on how many
// clients there are and not on the token.
func (l *List) ByToken(token string) (Client, error) {
	sum := sha256.Sum256([]byte(token))
	l.mu.Lock()
	defer l.mu.Unlock()
	found := -1
	for i, c := range l.all {
		same := subtle.ConstantTimeCompare(sum[:], c.token[:])
		found = subtle.ConstantTimeSelect(same, i, found)
	}
	if found < 0 || !l.all[found].hasToken() {
		return Client{}, ErrUnknown
	}
	return l.all[found].Client, nil
}

// Command returns the client that is a tool of this name, which runs a command to get credentials. It is
// made where it is not known yet; where the list is full of others, it is not kept.
func (l *List) Command(connection, tool string) Client {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.all {
		if !c.Endpoint && c.Connection == connection && c.Name == tool {
			return c.Client
		}
	}
	c, err := l.add(Client{Connection: connection, Name: tool})
	if err != nil {
		return Client{Connection: connection, Name: tool}
	}
	return c.Client
}

// NoteFetch notes that a client asked for credentials, and whether it got them.
func (l *List) NoteFetch(id string, got bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.find(id)
	switch {
	case c == nil:
	case got:
		c.LastFetch = l.now()
		c.Fetches++
	default:
		c.Refused++
	}
}

// Has reports whether a client is listed.
func (l *List) Has(id string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.find(id) != nil
}

func (l *List) find(id string) *client {
	for _, c := range l.all {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// Of lists the clients of a connection, those that fetched last first.
func (l *List) Of(connection string) []Client {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := []Client{}
	for _, c := range l.all {
		if c.Connection == connection {
			out = append(out, c.Client)
		}
	}
	slices.SortStableFunc(out, func(a, b Client) int {
		return cmp.Or(b.LastFetch.Compare(a.LastFetch), b.Since.Compare(a.Since))
	})
	return out
}

// Find returns a client; false where it is not listed.
func (l *List) Find(id string) (Client, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c := l.find(id); c != nil {
		return c.Client, true
	}
	return Client{}, false
}

// Pause stops issuing credentials to a client, or resumes.
func (l *List) Pause(id string, paused bool) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.find(id)
	if c == nil {
		return ErrUnknown
	}
	c.Paused = paused
	return nil
}

// Revoke removes a client, and with it its token.
func (l *List) Revoke(id string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.find(id)
	if c == nil {
		return ErrUnknown
	}
	l.noteRevoked(c)
	l.all = slices.DeleteFunc(l.all, func(c *client) bool { return c.ID == id })
	return nil
}

// RevokeAll removes the clients of a connection and returns their IDs.
func (l *List) RevokeAll(connection string) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var removed []string
	l.all = slices.DeleteFunc(l.all, func(c *client) bool {
		if c.Connection == connection {
			removed = append(removed, c.ID)
			l.noteRevoked(c)
		}
		return c.Connection == connection
	})
	return removed
}

// Tokens counts the clients with a token for the agent's own endpoint.
func (l *List) Tokens() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for _, c := range l.all {
		if c.hasToken() {
			n++
		}
	}
	return n
}
