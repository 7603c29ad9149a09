package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/agent"
	"daypass/app/broker/authorities"
	"daypass/app/broker/clients"
	"daypass/app/broker/endpoint"
	"daypass/app/broker/tokenfiles"
	"daypass/app/tools"
)

const (
	// fetchTimeout is how long a program's request for credentials may take at the agent: a new agent makes
	// limited ones first.
	fetchTimeout = 30 * time.Second
	// leaveTimeout is how long the end of exec waits for the agent to remove it from the list.
	leaveTimeout = 2 * time.Second
)

// fetcher gets the credentials of a program from the agent, each time that the program asks.
type fetcher struct {
	core       agentCore
	connection string

	mu      sync.Mutex
	who     clients.Fetcher
	revoked bool
}

// agentCore is the part of the agent that a fetcher needs. It finds an agent that has been started again.
type agentCore interface {
	Fetch(ctx context.Context, id string, f clients.Fetcher) (clients.IssuedCredentials, error)
	RevokeClient(ctx context.Context, client string) error
}

func newFetcher(core agentCore, connection string, who clients.Fetcher) *fetcher {
	who.ID = rand.Text()
	return &fetcher{core: core, connection: connection, who: who}
}

// first returns the credentials before the program starts, with the agent's own errors.
func (f *fetcher) first(ctx context.Context) (tools.Access, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	fetched, err := f.core.Fetch(ctx, f.connection, f.who)
	f.who.Session = fetched.Session
	return fetched.Access, err
}

// credentials is the endpoint's Source. Once the program is revoked, the agent is never asked again: another
// one would not know of it.
func (f *fetcher) credentials(clients.Client) (tools.Access, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.revoked {
		return tools.Access{}, endpoint.ErrRevoked
	}
	ctx, cancel := context.WithTimeout(context.Background(), fetchTimeout)
	defer cancel()
	fetched, err := f.core.Fetch(ctx, f.connection, f.who)
	switch {
	case errors.Is(err, app.ErrNoClient):
		f.revoked = true
		return tools.Access{}, endpoint.ErrRevoked
	case errors.Is(err, app.ErrPaused):
		return tools.Access{}, endpoint.ErrPaused
	case errors.Is(err, app.ErrStopped), errors.Is(err, context.DeadlineExceeded):
		return tools.Access{}, endpoint.ErrUnavailable
	}
	return fetched.Access, err
}

// leave removes the program from the agent's list.
func (f *fetcher) leave(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveTimeout)
	defer cancel()
	_ = f.core.RevokeClient(ctx, f.who.ID) // an agent that has ended has no list
}

// served is what a program has for as long as it runs: the endpoint, which is of this process, and files.
type served struct {
	token    clients.ClientToken
	endpoint *endpoint.Endpoint
	files    *tokenfiles.Folder
}

// serveProgram makes the endpoint for one program and what else it needs.
func serveProgram(keys *fetcher, access tools.Access) (*served, error) {
	client, token := endpoint.NewSingle()
	s := &served{endpoint: endpoint.New(client, keys.credentials, slog.New(slog.DiscardHandler))}
	dir, err := tokensDir()
	if err == nil {
		s.files, err = tokenfiles.New(dir, token)
	}
	if err != nil {
		return nil, err
	}
	url, err := s.endpoint.Open()
	if err != nil {
		s.close()
		return nil, err
	}
	access.CABundle = s.bundle(access)
	s.token = clients.ClientToken{URL: url, Token: token, TokenFile: s.files.TokenFile(), Access: access}
	return s, nil
}

// bundle makes the file of certificate authorities from what the caller trusts: see Access.CABundle.
func (s *served) bundle(access tools.Access) string {
	if access.CAFile == "" {
		return ""
	}
	text, err := authorities.Bundle(os.Getenv, access.CAFile)
	if err != nil {
		return access.CABundle
	}
	path, err := s.files.Write("authorities.pem", text)
	if err != nil {
		return access.CABundle
	}
	return path
}

func (s *served) close() {
	s.endpoint.Close()
	s.files.Close()
}

// tokensDir is the folder of files for programs that have credentials.
func tokensDir() (string, error) {
	dir, err := agent.RuntimeDir()
	return filepath.Join(dir, "grants"), err
}
