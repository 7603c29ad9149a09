package engine

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/failure"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/auth"
	"daypass/stsclient"
)

// revokeTimeout bounds the good-bye, also when the agent itself is about to end.
const revokeTimeout = 5 * time.Second

// revoke informs the provider and the server, at the same time, that the session has ended. Here it has
// ended already.
func (j job) revoke(ctx context.Context, e session.Revoke) session.Event {
	ctx, cancel := context.WithTimeout(ctx, revokeTimeout)
	defer cancel()
	var provider, server []messages.Message
	var both sync.WaitGroup
	both.Go(func() { provider = j.revokeToken(ctx, e) })
	both.Go(func() { server = j.revokeCredentials(ctx, e.Credentials) })
	both.Wait()
	done := session.SignedOutRemotely{Attempt: j.attempt, Revoked: true}
	if remaining := slices.Concat(provider, server); len(remaining) > 0 {
		done.Problem = signOutIncomplete(remaining...)
	}
	return done
}

// revokeToken returns what could not be done; none where all was.
func (j job) revokeToken(ctx context.Context, e session.Revoke) []messages.Message {
	if j.deps.provider == nil || e.RefreshToken.IsZero() {
		return nil
	}
	err := j.deps.provider.Revoke(ctx, e.RefreshToken)
	args := map[string]string{"Provider": failure.Host(j.def.Provider.Issuer)}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, auth.ErrNoRevocation):
		return []messages.Message{{ID: "problem.reason.provider-no-revocation", Args: args}}
	}
	return append([]messages.Message{{ID: "problem.reason.provider-not-notified", Args: args}}, failure.ReasonsOf(err)...)
}

// revokeCredentials is the same for the server's side.
func (j job) revokeCredentials(ctx context.Context, keys *session.Credentials) []messages.Message {
	if j.deps.revoker == nil || keys == nil {
		return nil
	}
	err := j.deps.revoker.RevokeCredentials(ctx, stsCredentials(keys.Credentials))
	if err == nil {
		return nil
	}
	args := map[string]string{"Server": failure.Host(j.def.Endpoint), "ExpiryTime": keys.ExpiresAt.Format(time.RFC3339)}
	if errors.Is(err, stsclient.ErrNoRevocation) {
		return []messages.Message{{ID: "problem.reason.credentials-not-revocable", Args: args}}
	}
	return []messages.Message{{ID: "problem.reason.credentials-not-revoked", Args: args}}
}

func signOutIncomplete(remaining ...messages.Message) *app.Problem {
	return &app.Problem{Code: session.CodeSignOutIncomplete, Reasons: remaining, At: now()}
}

// connectionChanged says that a session ended because its connection was changed.
func connectionChanged(before, after connection.Definition) *app.Problem {
	p := &app.Problem{Code: session.CodeConnectionChanged, At: now()}
	for _, change := range after.Changes(before) {
		p.Reasons = append(p.Reasons, messages.Message{ID: "problem.reason.changed." + string(change)})
	}
	return p
}

// storageClient is the client for revoking credentials and for asking what they allow: that of the S3 server,
// wherever its STS is.
func storageClient(def connection.Definition, sts *stsclient.Client) (*stsclient.Client, error) {
	if def.STSEndpoint == "" {
		return sts, nil
	}
	return stsclient.New(stsclient.Config{Endpoint: def.Endpoint, CAFile: def.CAFile})
}
