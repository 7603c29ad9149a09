package engine

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"daypass/app"
	"daypass/app/broker"
	"daypass/app/limits"
	"daypass/app/location"
	"daypass/auth"
	"daypass/stsclient"
)

// assumeScoped exchanges the ID token for credentials of a scope.
func (j job) assumeScoped(ctx context.Context, tokens auth.Tokens, scope limits.Scope) (*stsclient.Response, error) {
	policy, err := scope.Policy()
	if err != nil {
		return nil, err
	}
	req := j.request(tokens)
	req.Policy = policy
	if scope.Duration > 0 {
		req.Duration = scope.Duration
	}
	answer, err := j.deps.sts.AssumeRoleWithWebIdentity(ctx, req)
	refused, _ := errors.AsType[*stsclient.Error](err)
	switch {
	case err == nil && answer.AnyAction:
		return j.assumeAgain(ctx, req, scope.PolicyOfAnyAction, nil)
	case refused != nil && refused.Kind == stsclient.KindSessionPolicy:
		return j.assumeAgain(ctx, req, scope.PolicyWithoutAdmin, refused)
	}
	return answer, err
}

// assumeAgain repeats a request with a policy that fits the server better. Where that is refused too, the
// error is the first one, if there is one.
func (j job) assumeAgain(ctx context.Context, req stsclient.Request, policy func() (string, error), first error) (*stsclient.Response, error) {
	text, err := policy()
	if err != nil {
		return nil, err
	}
	req.Policy = text
	answer, err := j.deps.sts.AssumeRoleWithWebIdentity(ctx, req)
	if err != nil && first != nil {
		return nil, first
	}
	return answer, err
}

// maxForeignBuckets is how many buckets outside a scope are tried.
const maxForeignBuckets = 3

// checkLimits tries, with fresh limited credentials, to list what is outside their scope: the rest of the
// buckets of which they have a part, and other buckets. A server that allows it has ignored the policy.
// Nothing is changed by that, and one object's name at most is read.
func (j job) checkLimits(ctx context.Context, keys stsclient.Credentials, scope limits.Scope) error {
	outside := scope.Outside()
	foreign, err := j.foreignBuckets(ctx, keys, scope)
	if err != nil {
		return fmt.Errorf("%w: %w", app.ErrLimitsUnchecked, err)
	}
	for _, p := range append(outside[:min(len(outside), maxForeignBuckets)], foreign...) {
		allowed, err := j.deps.probe.CanList(ctx, keys, j.def.Region, p.Bucket, p.Prefix)
		if err != nil {
			return fmt.Errorf("%w: %w", app.ErrLimitsUnchecked, err)
		}
		if allowed {
			return app.ErrPolicyIgnored
		}
	}
	return nil
}

// foreignBuckets returns buckets outside a scope: those that the server shows, or one that is not there. A
// server may well show names that it lets nobody list.
func (j job) foreignBuckets(ctx context.Context, keys stsclient.Credentials, scope limits.Scope) ([]location.Location, error) {
	names, err := j.deps.probe.Buckets(ctx, keys, j.def.Region)
	if err != nil && (stsclient.IsTransient(err) || !isSTSError(err)) {
		return nil, err
	}
	var foreign []location.Location
	for _, name := range names {
		if !scope.HasBucket(name) && limits.ValidBucket(name) && len(foreign) < maxForeignBuckets {
			foreign = append(foreign, location.Location{Bucket: name})
		}
	}
	if len(foreign) == 0 {
		foreign = append(foreign, location.Location{Bucket: "daypass-limits-" + strings.ToLower(rand.Text()[:16])})
	}
	return foreign, nil
}

// isSTSError reports whether a server answered, and with a no.
func isSTSError(err error) bool {
	_, ok := errors.AsType[*stsclient.Error](err)
	return ok
}

// minTokenLifetime is the lifetime that a token must have left to be worth sending.
const minTokenLifetime = 5 * time.Second

// limited exchanges the tokens of a session for credentials of a scope, and checks that they are limited.
func (j job) limited(ctx context.Context, tokens auth.Tokens, scope limits.Scope) (broker.Limited, error) {
	switch {
	case j.def.Keys.Policy != "":
		return broker.Limited{}, app.ErrHasPolicy
	case tokens.WebIdentity.IsZero(), tokens.WebIdentityExpiry.Before(now().Add(minTokenLifetime)):
		return broker.Limited{}, broker.ErrTokenExpired
	}
	ctx, cancel := context.WithTimeout(ctx, attemptTimeout)
	defer cancel()
	answer, err := j.assumeScoped(ctx, tokens, scope)
	if err != nil {
		return broker.Limited{}, err
	}
	if err := j.checkLimits(ctx, answer.Credentials, scope); err != nil {
		return broker.Limited{}, err
	}
	k := keysFrom(answer)
	return broker.Limited{Credentials: k.Credentials, IssuedAt: k.IssuedAt}, nil
}
