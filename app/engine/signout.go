package engine

import (
	"context"
	"errors"
	"strings"
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
	var provider, server string
	var both sync.WaitGroup
	both.Go(func() { provider = j.revokeToken(ctx, e) })
	both.Go(func() { server = j.revokeCredentials(ctx, e.Credentials) })
	both.Wait()
	done := session.SignedOutRemotely{Attempt: j.attempt, Revoked: true}
	if remaining := strings.TrimSpace(provider + " " + server); remaining != "" {
		done.Problem = signOutIncomplete(remaining)
	}
	return done
}

// revokeToken returns a sentence on what could not be done; empty where all was.
func (j job) revokeToken(ctx context.Context, e session.Revoke) string {
	if j.deps.provider == nil || e.RefreshToken.IsZero() {
		return ""
	}
	err := j.deps.provider.Revoke(ctx, e.RefreshToken)
	switch {
	case err == nil:
		return ""
	case errors.Is(err, auth.ErrNoRevocation):
		return failure.Host(j.def.Provider.Issuer) + " has no way to be told, so the session there ends by itself."
	}
	return failure.Host(j.def.Provider.Issuer) + " could not be told. " + auth.Reason(err)
}

// revokeCredentials is the same for the server's side.
func (j job) revokeCredentials(ctx context.Context, keys *session.Credentials) string {
	if j.deps.revoker == nil || keys == nil {
		return ""
	}
	err := j.deps.revoker.RevokeCredentials(ctx, stsCredentials(keys.Credentials))
	if err == nil {
		return ""
	}
	until := "Keys that were handed out work until " + messages.Current().Format().TimeOn(keys.ExpiresAt.Local()) + "."
	if errors.Is(err, stsclient.ErrNoRevocation) {
		return failure.Host(j.def.Endpoint) + " cannot end keys before their time. " + until
	}
	return failure.Host(j.def.Endpoint) + " could not be told to end the keys. " + until
}

func signOutIncomplete(remaining string) *app.Problem {
	return &app.Problem{
		Code: session.CodeSignOutIncomplete, Title: "Signed out here, not everywhere",
		Detail:   remaining,
		NextStep: "End the session on the login's own page if that matters to you.", At: now(),
	}
}

// connectionChanged says that a session ended because its connection was changed.
func connectionChanged(before, after connection.Definition) *app.Problem {
	return &app.Problem{
		Code: session.CodeConnectionChanged, Title: "Signed out because the connection was changed",
		Detail:   "It now has other settings for " + after.ChangesSince(before) + ", for which what you had is not valid.",
		NextStep: "Sign in again.", At: now(),
	}
}

// storageClient is the client for revoking credentials and for asking what they allow: that of the S3 server,
// wherever its STS is.
func storageClient(def connection.Definition, sts *stsclient.Client) (*stsclient.Client, error) {
	if def.STSEndpoint == "" {
		return sts, nil
	}
	return stsclient.New(stsclient.Config{Endpoint: def.Endpoint, CAFile: def.CAFile})
}
