package session

// lateTokens arrive after their attempt was given up, or twice. The refresh token among them is nobody's:
// it is revoked rather than forgotten while it still works.
func (p *step) lateTokens(e GotTokens) {
	token := e.Tokens.RefreshToken
	if !token.IsZero() && !token.Equal(p.Tokens.RefreshToken) {
		p.do(Revoke{Attempt: e.Attempt, RefreshToken: token})
	}
}

// rotated keeps the only refresh token that still works; of a session that was signed out, or
// replaced in the meantime, it is revoked instead.
func (p *step) rotated(e Rotated) {
	if now := p.Tokens.RefreshToken; now.IsZero() || !now.Equal(e.Spent) {
		p.do(Revoke{Attempt: p.Attempt, RefreshToken: e.RefreshToken})
		return
	}
	p.Tokens.RefreshToken = e.RefreshToken
}

// restored takes up a session where it was left. What a user has done in the meantime counts for more.
func (p *step) restored(e Restored) {
	if p.Work != Idle || p.Credentials != nil || !p.Tokens.RefreshToken.IsZero() {
		return
	}
	p.State = State{
		Attempt: p.Attempt, Tokens: e.Tokens, Credentials: e.Credentials, RevokeType: e.RevokeType, MustSignIn: e.MustSignIn, Renewals: e.Renewals,
		KeyPairs: e.KeyPairs, EndsAt: e.EndsAt,
	}
	if p.MustSignIn {
		p.Problem = e.Problem
	}
	if p.MustSignIn && p.Problem == nil {
		p.Problem = ended(p.now)
	}
	switch {
	case p.limitReached(p.now): // it ends
	case p.CanRenew(p.now) && e.Doubtful && p.canRefresh():
		p.refresh()
	case p.CanRenew(p.now) && !p.HasCredentials(p.now):
		p.startRenewal()
	default:
		p.plan()
	}
}
