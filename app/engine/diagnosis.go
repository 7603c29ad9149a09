package engine

import (
	"context"
	"errors"
	"slices"
	"time"

	"daypass/app/doctor"
	"daypass/app/failure"
	"daypass/app/session"
	"daypass/auth"
	"daypass/stsclient"
)

// diagnosed are the errors of which the server does not say enough: their cause may be seen in the token
// or in the provider's key set.
var diagnosed = map[stsclient.Kind]doctor.Reason{
	stsclient.KindSilent: doctor.NoReason, stsclient.KindDenied: doctor.VagueReason, stsclient.KindTokenRejected: doctor.VagueReason,
	stsclient.KindSignature: doctor.SignatureReason, stsclient.KindNotReady: doctor.KeysReason, stsclient.KindKeyType: doctor.KeysReason,
	stsclient.KindNotConfigured: doctor.KeysReason,
}

// lackPermissions are the errors that groups in the token may have prevented.
var lackPermissions = map[stsclient.Kind]bool{
	stsclient.KindClaimMissing: true, stsclient.KindPolicyUnknown: true, stsclient.KindNoPermissions: true,
	stsclient.KindSilent: true, stsclient.KindDenied: true, stsclient.KindTokenClaim: true,
}

// refused is the event of an exchange that failed, with what the token and the provider's keys show of the
// reason.
func (j job) refused(ctx context.Context, err error, tokens auth.Tokens) session.Event {
	f := failure.Of(err, j.def)
	if answer, ok := errors.AsType[*stsclient.Error](err); ok {
		for _, found := range j.findings(ctx, answer.Kind, tokens) {
			if found.Detail.ID != "" {
				f.Problem.Reasons = append(f.Problem.Reasons, found.Detail)
			}
			f.Problem.Hints = append(f.Problem.Hints, found.Admin...)
		}
		if scope := j.scopeToAdd(ctx, answer.Kind, tokens); scope != "" {
			f.Problem.Scope = scope
			f.Problem.Params["Provider"] = failure.Host(j.def.Provider.Issuer)
		}
	}
	return session.Failed{Attempt: j.attempt, Failure: f}
}

func (j job) findings(ctx context.Context, kind stsclient.Kind, tokens auth.Tokens) []doctor.Finding {
	r := doctor.Refused{
		Now: now(), Reason: diagnosed[kind], Claims: doctor.ReadClaims(tokens.WebIdentity), Header: doctor.ReadHeader(tokens.WebIdentity),
		ClientID: j.def.Provider.ClientID, Issuer: j.def.Provider.Issuer, HasRole: j.def.Keys.RoleARN != "", Duration: j.def.Keys.Duration,
	}
	var found []doctor.Finding
	if lackPermissions[kind] && r.Claims.GroupsOmitted() {
		found = append(found, doctor.GroupsOmitted())
	}
	if r.Reason != "" {
		r.Keys, r.KeysErr = j.signingKeys(ctx)
		r.KeysReasons = failure.ReasonsOf(r.KeysErr)
		found = append(found, r.Findings()...)
	}
	return found
}

// groupScopes are the names under which providers offer what storage servers look for.
var groupScopes = []string{"groups", "roles", "policy"}

// scopeToAdd returns a scope that the provider offers and that was not requested, where the server misses what it
// may put into the token; empty where there is none.
func (j job) scopeToAdd(ctx context.Context, kind stsclient.Kind, tokens auth.Tokens) string {
	claims := doctor.ReadClaims(tokens.WebIdentity)
	if !lackPermissions[kind] || claims.GroupsOmitted() {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, inspectionTimeout)
	defer cancel()
	provider, err := j.deps.provider.Discover(ctx)
	if err != nil {
		return ""
	}
	for _, scope := range groupScopes {
		_, has := claims[scope]
		if !has && slices.Contains(provider.ScopesSupported, scope) && !slices.Contains(j.def.Provider.Scopes, scope) {
			return scope
		}
	}
	return ""
}

// inspectionTimeout bounds the look at the provider's key set after an error.
const inspectionTimeout = 10 * time.Second

func (j job) signingKeys(ctx context.Context) ([]auth.SigningKey, error) {
	ctx, cancel := context.WithTimeout(ctx, inspectionTimeout)
	defer cancel()
	return j.deps.provider.SigningKeys(ctx)
}
