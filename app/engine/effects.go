package engine

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/failure"
	"daypass/app/harden"
	"daypass/app/session"
	"daypass/auth"
	"daypass/auth/secret"
	"daypass/stsclient"
)

// attemptTimeout bounds a renewal's request, retries included. A sign-in has the user's five minutes.
const attemptTimeout = time.Minute

// newRevokeType returns what the credentials of one session are tagged with, so that MinIO can revoke just these when
// the user signs out, and none that the user has on another computer.
func newRevokeType() string { return "daypass-" + strings.ToLower(rand.Text()[:12]) }

// identityProvider and stsService are what a session needs of auth and stsclient.
type (
	identityProvider interface {
		SignIn(context.Context, auth.SignInRequest) (auth.Tokens, error)
		SignInByDevice(context.Context, func(auth.DeviceCode)) (auth.Tokens, error)
		// Resume takes up a session: Refresh renews these tokens from now on.
		Resume(auth.Tokens)
		// Refresh renews the tokens of the last Resume.
		Refresh(context.Context) (auth.Tokens, error)
		Revoke(context.Context, secret.Secret) error
		// SigningKeys is the provider's key set.
		SigningKeys(context.Context) ([]auth.SigningKey, error)
		// Discover returns what the provider publishes of itself.
		Discover(context.Context) (*auth.Provider, error)
	}
	stsService interface {
		AssumeRoleWithWebIdentity(context.Context, stsclient.Request) (*stsclient.Response, error)
	}
	// credentialRevoker is the S3 server's side of signing out.
	credentialRevoker interface {
		RevokeCredentials(context.Context, stsclient.Credentials) error
	}
	// storageProbe asks the S3 server what credentials allow, and what software it is.
	storageProbe interface {
		Buckets(ctx context.Context, keys stsclient.Credentials, region string) ([]string, error)
		CanList(ctx context.Context, keys stsclient.Credentials, region, bucket, prefix string) (bool, error)
		Product(ctx context.Context, keys stsclient.Credentials) (stsclient.Product, error)
	}
	dependencies struct {
		provider identityProvider
		sts      stsService
		revoker  credentialRevoker
		probe    storageProbe
	}
	// builder makes the dependencies for a definition. It does no I/O beyond reading the CA file. save is
	// told every new refresh token before anything else is done with the answer that brought it.
	builder func(def connection.Definition, save auth.SaveFunc) (dependencies, error)
)

// perform has one effect performed. Everything that waits happens in a goroutine.
func (r *runner) perform(ctx context.Context, id string, run *sessionEntry, e session.Effect) {
	switch e.(type) {
	case session.Revoke, session.Ended:
	default:
		if r.ending {
			return
		}
	}
	switch e := e.(type) {
	case session.Ended:
		r.sessionEnded(id, run, e)
	case session.Abort:
		run.abort(e.Attempt)
	case session.OpenBrowser:
		r.start(ctx, id, run, e.Attempt, func(ctx context.Context, j job) session.Event {
			if e.Device {
				return j.signInByDevice(ctx)
			}
			return j.signIn(ctx)
		})
	case session.Refresh:
		// The end of the program does not end it: its answer may be the only token that still works.
		r.start(context.WithoutCancel(ctx), id, run, e.Attempt, func(ctx context.Context, j job) session.Event { return j.refresh(ctx) })
	case session.Exchange:
		if e.NewSignIn && run.broken == nil {
			run.deps.provider.Resume(e.Tokens)
		}
		run.lastRequest = r.job(id, run, e.Attempt).asking(e.Tokens)
		r.start(ctx, id, run, e.Attempt, func(ctx context.Context, j job) session.Event { return j.exchange(ctx, e.Tokens) })
	case session.Revoke:
		j := r.job(id, run, e.Attempt)
		r.work.Go(func() {
			j.post(j.revoke(context.WithoutCancel(ctx), e))
			harden.Release() // with what was left of the tokens and credentials
		})
	}
}

// start runs one step of an attempt with a context that Abort ends.
func (r *runner) start(ctx context.Context, id string, run *sessionEntry, attempt uint64, work func(context.Context, job) session.Event) {
	run.abort(attempt) // the step before has reported; this frees its context
	j := r.job(id, run, attempt)
	if run.broken != nil {
		j.post(j.failed(run.broken))
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	run.cancel[attempt] = cancel
	r.work.Go(func() { j.post(work(ctx, j)) })
}

func (run *sessionEntry) abort(attempt uint64) {
	if cancel := run.cancel[attempt]; cancel != nil {
		cancel()
		delete(run.cancel, attempt)
	}
}

// job is one piece of work for one session, with all it needs, so that it never looks at the
// runner's state; post is all it does with it.
type job struct {
	id         string
	attempt    uint64
	revokeType string
	def        connection.Definition
	deps       dependencies
	runner     *runner
}

func (r *runner) job(id string, run *sessionEntry, attempt uint64) job {
	return job{id: id, attempt: attempt, revokeType: run.state.RevokeType, def: run.def, deps: run.deps, runner: r}
}

// post reports an event of the session.
func (j job) post(e session.Event) { j.runner.post(handleEvent{j.id, e}) }

func (j job) failed(err error) session.Event {
	return session.Failed{Attempt: j.attempt, Failure: failure.Of(err, j.def)}
}

// signInTimeout is how long a sign-in waits for the user, the time that RFC 8252's listener stays open.
const signInTimeout = 5 * time.Minute

func (j job) signIn(ctx context.Context) session.Event {
	var deadline time.Time // a link that replaces the first one gives no more time
	tokens, err := j.deps.provider.SignIn(ctx, auth.SignInRequest{
		OnLink: func(link string) {
			if deadline.IsZero() {
				deadline = now().Add(signInTimeout)
			}
			j.runner.post(handleLink{j.id, link, session.LinkReady{Attempt: j.attempt, Deadline: deadline}})
		},
		OnAnswer: func() { j.post(session.Answered{Attempt: j.attempt}) },
		Timeout:  signInTimeout,
	})
	return j.signedIn(tokens, err)
}

// signedIn is how a sign-in ended: with tokens, with a question to the user, or with a failure.
func (j job) signedIn(tokens auth.Tokens, err error) session.Event {
	if other, ok := errors.AsType[*auth.OtherSiteError](err); ok && errors.Is(err, auth.ErrOtherSite) {
		return session.NeedsAnswer{Attempt: j.attempt, Question: otherSite(other, j.def), Deadline: now().Add(signInTimeout)}
	}
	if err != nil {
		return j.failed(err)
	}
	return session.GotTokens{Attempt: j.attempt, Tokens: tokens, RevokeType: newRevokeType()}
}

func (j job) refresh(ctx context.Context) session.Event {
	ctx, cancel := context.WithTimeout(ctx, attemptTimeout)
	defer cancel()
	tokens, err := j.deps.provider.Refresh(ctx)
	if unsaved := new(auth.SaveError); errors.As(err, &unsaved) && !tokens.WebIdentity.IsZero() {
		err = nil // fresh tokens are used even where they could not be stored
	}
	if err != nil {
		return j.failed(failure.RenewalError{Err: err})
	}
	return session.GotTokens{Attempt: j.attempt, Tokens: tokens}
}

func (j job) exchange(ctx context.Context, tokens auth.Tokens) session.Event {
	ctx, cancel := context.WithTimeout(ctx, attemptTimeout)
	defer cancel()
	answer, err := j.deps.sts.AssumeRoleWithWebIdentity(ctx, j.request(tokens))
	if err == nil {
		err = j.checkSessionToken(ctx, answer)
	}
	if err != nil {
		return j.refused(ctx, err, tokens)
	}
	return session.GotCredentials{Attempt: j.attempt, Credentials: keysFrom(answer)}
}

// checkSessionToken tries whether the storage server takes requests with a session token that looks too
// long: MinIO puts all claims of the ID token into it and refuses long headers, other servers do not. The
// error is one of KindRequestTooLong. Where all is well, the answer no longer has the warning.
func (j job) checkSessionToken(ctx context.Context, answer *stsclient.Response) error {
	tooLong := slices.Index(answer.Warnings, stsclient.WarnSessionTokenTooLong)
	if tooLong < 0 {
		return nil
	}
	_, err := j.deps.probe.Buckets(ctx, answer.Credentials, j.def.Region)
	stsErr, refused := errors.AsType[*stsclient.Error](err)
	switch {
	case refused && stsErr.Kind == stsclient.KindRequestTooLong:
		return err
	case err == nil, refused && !stsclient.IsTransient(err):
		answer.Warnings = slices.Delete(answer.Warnings, tooLong, tooLong+1)
	}
	return nil
}

func (j job) request(tokens auth.Tokens) stsclient.Request {
	req := stsclient.Request{
		WebIdentityToken: tokens.WebIdentity,
		RoleARN:          j.def.RoleARN(),
		RoleSessionName:  stsclient.CleanSessionName(tokens.Identity.Display()),
		Duration:         j.def.Keys.Duration,
		Policy:           j.def.Keys.Policy,
		TokenRevokeType:  j.revokeType,
	}
	if j.def.Keys.SendAccessToken {
		req.AccessToken = tokens.AccessToken
	}
	return req
}

// negligibleSkew is what a Date header in whole seconds and a request's time on the way amount to.
const negligibleSkew = 2 * time.Second

func keysFrom(answer *stsclient.Response) session.Credentials {
	skew := answer.ClockSkew
	if skew.Abs() <= negligibleSkew {
		skew = 0
	}
	c := answer.Credentials
	keys := session.Credentials{
		Credentials: app.Credentials{
			AccessKeyID: c.AccessKeyID, SecretAccessKey: c.SecretAccessKey, SessionToken: c.SessionToken, ExpiresAt: c.Expiration.Add(-skew),
		},
		IssuedAt: now(), RequestedDuration: answer.RequestedDuration, ClockSkew: skew,
	}
	warnings := make([]string, len(answer.Warnings))
	for i, w := range answer.Warnings {
		warnings[i] = string(w)
	}
	keys.Warnings = warnings
	return keys
}

// stsCredentials returns credentials as the STS client takes them.
func stsCredentials(c app.Credentials) stsclient.Credentials {
	return stsclient.Credentials{AccessKeyID: c.AccessKeyID, SecretAccessKey: c.SecretAccessKey, SessionToken: c.SessionToken, Expiration: c.ExpiresAt}
}

func eventName(e session.Event) string {
	return strings.TrimPrefix(fmt.Sprintf("%T", e), "session.")
}
