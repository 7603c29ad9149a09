// Package broker serves credentials to other programs: who fetches them, the local endpoint, limited credentials, and
// what is set up in other programs' files. It knows sessions only as Sessions.
package broker

import (
	"context"
	"log/slog"
	"sync"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/broker/endpoint"
	"daypass/app/gateway"
	"daypass/app/inbox"
	"daypass/app/limits"
	"daypass/app/tools"
)

// Sessions are the sessions whose credentials are issued.
type Sessions interface {
	// Snapshot returns the sessions as they are now. app.ErrStopped once Daypass has stopped.
	Snapshot() (app.Snapshot, error)
	// Watch, Credentials and RenewNow are those of app.Core.
	Watch(ctx context.Context) <-chan app.Snapshot
	Credentials(ctx context.Context, id string) (app.Credentials, error)
	RenewNow(ctx context.Context, id string) error
	// SignInID returns what identifies the present sign-in of a connection; empty when there is none.
	SignInID(ctx context.Context, id string) (string, error)
	// Limited exchanges the token of a session for credentials of a scope. ErrTokenExpired where the session must
	// be renewed first.
	Limited(ctx context.Context, id string, scope limits.Scope) (Limited, error)
	// NoteWaiting notes that a client asked for credentials while there were none.
	NoteWaiting(id, client string)
	// KeyPairsChanged has the Broker's KeyPairs of a connection stored. It does not wait for that.
	KeyPairsChanged(id string)
	// ShowProblem shows a problem of no one session, in place of an earlier one with its code.
	ShowProblem(app.Problem)
	// Explain returns the words for an error of Limited that the broker does not know.
	Explain(id string, err error) app.Problem
}

// Options are what a Broker is made of.
type Options struct {
	// Program is the daypass program that other tools are told to run for credentials, an absolute path.
	Program string
	// Paths are the files of other tools. Where it is zero, nothing is set up in them.
	Paths tools.Paths
	// AuthoritiesDir is where files of certificate authorities are made for other tools. Empty: none are.
	AuthoritiesDir string
	// TokensDir is where the tokens of clients are files too, for those that read them from nowhere else.
	// Nobody else uses the folder. Empty: there are no such files.
	TokensDir string
	// Forwarding is called when requests begin to go through the gateway, and some time after the last. Nil: nobody is told.
	Forwarding func(bool)
	// Log gets what happens; secrets are redacted by their type.
	Log *slog.Logger
}

// Broker serves credentials to other programs. Its methods may be called from several goroutines; Run makes it work.
type Broker struct {
	sessions Sessions
	opts     Options
	log      *slog.Logger
	list     *clients.List
	endpoint *endpoint.Endpoint
	gateway  *gateway.Gateway
	limited  *limitedCredentials
	// signedOut are the connections that a user has signed out of, whose credentials are to be removed from other
	// tools' files.
	signedOut *inbox.Inbox[string]
	// files are those of the clients with a token for the endpoint, by client.
	files tokenFiles
	work  sync.WaitGroup
}

// New returns the broker of sessions. Files that programs which were killed have left are removed.
func New(sessions Sessions, opts Options) *Broker {
	b := &Broker{sessions: sessions, opts: opts, log: opts.Log, list: clients.New(), signedOut: inbox.New[string]()}
	b.limited = newLimitedCredentials(b)
	sweep(b.opts.TokensDir, b.log)
	b.endpoint = endpoint.New(b.list, b.accessOf, opts.Log)
	b.gateway = gateway.New(b.list, signers{sessions, b.limited}.access, opts.Forwarding, opts.Log)
	return b
}

// Run follows the sessions until ctx ends.
func (b *Broker) Run(ctx context.Context) {
	defer b.work.Wait()
	defer b.limited.close()
	defer b.files.closeAll()
	defer b.endpoint.Close()
	defer b.gateway.Close()
	before, snapshots := map[string]app.Session{}, b.sessions.Watch(ctx)
	for {
		select {
		case <-b.signedOut.Ready():
			b.signedOut.TakeAll()
			b.clearFiles()
		case snapshot, open := <-snapshots:
			if !open {
				return
			}
			before = b.follow(before, snapshot)
		}
	}
}

// follow does what changes of the sessions ask for, and returns the sessions as they are now.
func (b *Broker) follow(before map[string]app.Session, snapshot app.Snapshot) (now map[string]app.Session) {
	now = map[string]app.Session{}
	if len(before) == 0 {
		b.clearFiles() // of what an agent that was killed has left
	}
	for _, s := range snapshot.Sessions {
		now[s.ID] = s
		if !s.ExpiresAt.Equal(before[s.ID].ExpiresAt) {
			if err := b.renewFiles(s.ID); err != nil {
				b.log.Warn("new credentials did not get into mc's file", "error", err)
			}
		}
	}
	for id := range before {
		if _, there := now[id]; !there {
			b.revokeAll(id)
			b.uninstallAll(id)
		}
	}
	return now
}

// SessionEnded revokes what was issued from a session that has ended. It is called for each end of a
// session, after that is published; a client that follows the snapshots may never see a short one.
func (b *Broker) SessionEnded(id string, signedOut bool) {
	b.revokeAll(id)
	if signedOut {
		b.signedOut.Put(id)
	}
}

func (b *Broker) revokeAll(id string) {
	for _, client := range b.list.RevokeAll(id) {
		b.drop(client)
	}
	b.sessions.KeyPairsChanged(id)
	b.endpoint.CloseUnused()
}

// drop ends what a client has that is no longer listed.
func (b *Broker) drop(client string) {
	b.gateway.Revoked(client)
	b.limited.drop(client)
	b.files.close(client)
}

// revoke takes back what one client was given, and reports whether it was there.
func (b *Broker) revoke(client string) bool {
	c, known := b.list.Find(client)
	known = b.list.Revoke(client) == nil && known
	b.drop(client)
	b.keyPairsChanged(c)
	b.endpoint.CloseUnused()
	return known
}
