package session

import (
	"time"

	"daypass/app/keypairs"
	"daypass/auth"
)

// Record is what of a session outlives the agent. It is comparable: a session is stored when this has
// changed and at no other time.
type Record struct {
	Tokens      auth.Tokens
	Credentials *Credentials
	RevokeType  string
	MustSignIn  bool
	Renewals    int
	Problem     *Problem
	KeyPairs    *keypairs.Set
	// EndsAt is State.EndsAt.
	EndsAt time.Time
}

// record returns what to store of a session; the zero Record where nobody is signed in.
func (s State) record() Record {
	if s.Credentials == nil && s.Tokens.RefreshToken.IsZero() {
		return Record{}
	}
	r := Record{
		Tokens: s.Tokens, Credentials: s.Credentials, RevokeType: s.RevokeType, MustSignIn: s.MustSignIn, Renewals: s.Renewals, KeyPairs: s.KeyPairs, EndsAt: s.EndsAt,
	}
	if s.MustSignIn {
		r.Problem = s.Problem
	}
	return r
}

// consequences returns the effects that follow from what a step has changed, whatever its event was. They come
// first: a new sign-in resumes its tokens after those of the session before are dropped.
func (p *step) consequences(before State) (effects []Effect) {
	if was := before.Tokens.Identity; was.Subject != "" && !sameUser(was, p.Tokens.Identity) {
		effects = append(effects, Ended{SignedOut: p.Tokens.Identity.Subject == ""})
	}
	if r := p.record(); r != before.record() {
		effects = append(effects, Persist{Attempt: p.Attempt, Record: r, Ask: before.Phase == SigningIn || before.Phase == Exchanging})
	}
	return effects
}

func sameUser(a, b auth.Identity) bool { return a.Subject == b.Subject && a.Issuer == b.Issuer }
