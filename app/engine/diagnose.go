package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"daypass/app"
	"daypass/app/doctor"
	"daypass/app/tools"
	"daypass/auth"
	"daypass/stsclient"
)

// Diagnose implements Core.
func (a *Engine) Diagnose(ctx context.Context, id string) (doctor.Report, error) {
	if err := a.running(); err != nil {
		return doctor.Report{}, err
	}
	l, err := a.inspect(ctx, id)
	if err != nil {
		return doctor.Report{}, err
	}
	snapshot := a.store.current()
	s, there := snapshot.Session(id)
	if !there {
		return doctor.Report{}, app.ErrNoConnection
	}
	requested := l.lastRequest
	if requested == nil {
		requested = l.asking(l.state.Tokens)
	}
	f := doctorInput(l, s, requested)
	if l.state.HasCredentials(now()) {
		f.Access = l.access(ctx)
	}
	report := doctor.Report{
		Connection: s.Name, Version: snapshot.Version, At: now(),
		Issuer: s.Issuer, ClientID: l.def.Provider.ClientID, Endpoint: s.Endpoint,
		Claims: requested.claims.Table(), Checks: f.Session(), Sent: requested.sent,
	}
	if l.state.Credentials != nil {
		report.Answered = answered(l, s)
	}
	machine := doctor.Machine{Getenv: os.Getenv, Paths: a.paths, Profile: tools.ProfileName(id)}
	return machine.Check(ctx, report), nil
}

// accessTimeout bounds what the doctor asks of the storage server.
const accessTimeout = 10 * time.Second

// access asks the storage server what the session's credentials allow, by calls that only read.
func (l sessionView) access(ctx context.Context) *doctor.Access {
	ctx, cancel := context.WithTimeout(ctx, accessTimeout)
	defer cancel()
	k := l.state.Credentials
	keys := stsCredentials(k.Credentials)
	names, err := l.deps.probe.Buckets(ctx, keys, l.def.Region)
	found := &doctor.Access{Buckets: len(names)}
	if err != nil {
		found.Unanswered = true
	}
	if answer, ok := errors.AsType[*stsclient.Error](err); ok {
		found.ServerMessage = answer.ServerMessage()
		found.Denied = !stsclient.IsTransient(err)
		found.Unanswered = !found.Denied
	}
	if product, err := l.deps.probe.Product(ctx, keys); err == nil {
		found.MinIO, found.Release = product.MinIO, product.Release
	}
	return found
}

func doctorInput(l sessionView, s app.Session, requested *stsRequest) doctor.Input {
	f := doctor.Input{
		Now: now(), Claims: requested.claims, ClientID: l.def.Provider.ClientID, Issuer: s.Issuer, TokenLength: requested.length,
		SignedIn: s.Identity != "", ExpiresAt: s.ExpiresAt, RenewAt: s.RenewAt,
		Requested: s.RequestedDuration.Duration(), Granted: s.GrantedDuration.Duration(), Skew: s.ClockSkew.Duration(),
		SessionTokenTooLong: slices.Contains(s.Warnings, string(stsclient.WarnSessionTokenTooLong)),
		StaySignedIn:        l.def.Provider.StaySignedIn,
		HasRefreshToken:     !l.state.Tokens.RefreshToken.IsZero(), NoIDTokenOnRefresh: l.state.Tokens.NoIDTokenOnRefresh,
		Bound:           l.state.Tokens.Bound,
		ConsentNext:     l.state.Tokens.Consent == auth.ConsentNext,
		ScopesRequested: l.def.Provider.Scopes, ScopesGranted: strings.Fields(l.state.Tokens.Scope),
	}
	if p := s.Problem; p != nil {
		texts := p.Texts()
		f.Problem = doctor.Problem{Code: p.Code, Words: doctor.Words{
			Title: texts.Title, Detail: append(slices.Clone(texts.Detail), texts.NextStep), Admin: texts.Admin,
		}}
	}
	return f
}

// stsRequest is what was asked of the server when credentials were last asked for, and in whose name. There is no
// token in it, so that it can be told after an error, when the tokens are gone.
type stsRequest struct {
	claims doctor.Claims
	// length is that of the ID token, in characters; zero where there was none.
	length int
	sent   []doctor.Field
}

// asking is what asking for credentials with tokens comes to.
func (j job) asking(tokens auth.Tokens) *stsRequest {
	token := tokens.IDToken
	if token.IsZero() {
		token = tokens.WebIdentity
	}
	if token.IsZero() {
		return &stsRequest{}
	}
	return &stsRequest{claims: doctor.ReadClaims(token), length: len(token.Reveal()), sent: j.sent(tokens)}
}

// sent is the STS call, the tokens left out.
func (j job) sent(tokens auth.Tokens) []doctor.Field {
	req := j.request(tokens)
	out := []doctor.Field{
		{Name: "Action", Value: "AssumeRoleWithWebIdentity"},
		doctor.HiddenToken("WebIdentityToken", len(req.WebIdentityToken.Reveal()), string(tokens.WebIdentityFrom)),
		{Name: "RoleSessionName", Value: req.RoleSessionName},
	}
	add := func(name, value string) {
		if value != "" {
			out = append(out, doctor.Field{Name: name, Value: value})
		}
	}
	if req.Duration > 0 {
		add("DurationSeconds", fmt.Sprint(int64(req.Duration/time.Second)))
	}
	if !req.AccessToken.IsZero() {
		out = append(out, doctor.Hidden("WebIdentityAccessToken"))
	}
	add("RoleArn", req.RoleARN)
	add("Policy", req.Policy)
	add("TokenRevokeType", req.TokenRevokeType)
	return out
}

func answered(l sessionView, s app.Session) []doctor.Field {
	k := l.state.Credentials
	return []doctor.Field{
		{Name: "AccessKeyId", Value: k.AccessKeyID},
		doctor.Hidden("SecretAccessKey"),
		doctor.HiddenToken("SessionToken", len(k.SessionToken.Reveal()), ""),
		doctor.Time("Expiration", k.ExpiresAt),
		doctor.Lifetime(s.GrantedDuration.Duration()),
		doctor.Clock(int64(s.ClockSkew)),
	}
}
