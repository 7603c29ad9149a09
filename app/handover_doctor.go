package app

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"daypass/app/handover"
	"daypass/app/handover/doctor"
	"daypass/auth/secret"
	"daypass/stsclient"
)

// Diagnose implements Core.
func (a *App) Diagnose(ctx context.Context, id string) (doctor.Report, error) {
	if err := a.running(); err != nil {
		return doctor.Report{}, err
	}
	l, err := a.look(ctx, id)
	if err != nil {
		return doctor.Report{}, err
	}
	snapshot := a.store.current()
	s, there := sessionIn(snapshot, id)
	if !there {
		return doctor.Report{}, ErrNoConnection
	}
	token := l.state.Tokens.IDToken
	if token.IsZero() {
		token = l.state.Tokens.WebIdentity
	}
	claims := doctor.ReadClaims(token)
	report := doctor.Report{
		Connection: s.Name, Version: snapshot.Version, At: now(),
		Issuer: s.Issuer, ClientID: l.def.Login.ClientID, Endpoint: s.Endpoint,
		Claims: claims.Table(), Checks: facts(l, s, claims, token).Session(),
	}
	if l.state.Keys != nil {
		report.Sent, report.Answered = sent(l), answered(l, s)
	}
	machine := doctor.Machine{Getenv: os.Getenv, Places: a.counter.places, Profile: handover.ProfileName(id)}
	return machine.Look(ctx, report), nil
}

func facts(l look, s Session, claims doctor.Claims, token secret.Secret) doctor.Facts {
	f := doctor.Facts{
		Now: now(), Claims: claims, ClientID: l.def.Login.ClientID, Issuer: s.Issuer, TokenLength: len(token.Reveal()),
		SignedIn: s.Identity != "", ExpiresAt: s.ExpiresAt, RenewAt: s.RenewAt,
		Asked: s.Asked.Duration(), Granted: s.Granted.Duration(), Skew: s.ClockSkew.Duration(),
		SessionTokenTooLong: slices.Contains(s.Warnings, string(stsclient.WarnSessionTokenTooLong)),
		StaySignedIn:        l.def.Login.StaySignedIn,
	}
	if p := s.Problem; p != nil {
		f.Problem = doctor.Problem{Code: p.Code, Title: p.Title, Detail: p.Detail, Next: p.NextStep, Admin: p.Admin}
	}
	return f
}

// sent is the call for keys as it was last made, the tokens left out.
func sent(l look) []doctor.Field {
	req := l.request(l.state.Tokens)
	out := []doctor.Field{
		{Name: "Action", Value: "AssumeRoleWithWebIdentity"},
		{Name: "WebIdentityToken", Value: fmt.Sprintf("(hidden, %d characters, %s)", len(req.WebIdentityToken.Reveal()), l.state.Tokens.WebIdentityFrom)},
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
		add("WebIdentityAccessToken", "(hidden)")
	}
	add("RoleArn", req.RoleARN)
	add("Policy", req.Policy)
	add("TokenRevokeType", req.TokenRevokeType)
	return out
}

func answered(l look, s Session) []doctor.Field {
	k := l.state.Keys
	return []doctor.Field{
		{Name: "AccessKeyId", Value: k.AccessKeyID},
		{Name: "SecretAccessKey", Value: "(hidden)"},
		{Name: "SessionToken", Value: fmt.Sprintf("(hidden, %d characters)", len(k.SessionToken.Reveal()))},
		{Name: "Expiration", Value: k.ExpiresAt.UTC().Format(time.RFC3339)},
		{Name: "Life", Value: s.Granted.Duration().String()},
		{Name: "Clock", Value: fmt.Sprintf("%+d s", s.ClockSkew)},
	}
}
