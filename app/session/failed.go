package session

import (
	"time"

	"daypass/app/schedule"
	"daypass/auth"
	"daypass/auth/secret"
)

// refusedPause is how long to leave a server alone that refused a renewal for a reason that waiting
// does not fix, such as a policy that was taken away.
const refusedPause = 5 * time.Minute

// maxRetryAfter bounds how long a session leaves a side alone that asked for it. Some proxies ask for a
// day when their outage lasts a minute.
const maxRetryAfter = 2 * time.Minute

func (p *step) failed(f Failure) {
	work := p.Work
	p.work(Idle)
	if work == WaitBrowser || work == ExchangeCode {
		p.signInFailed(f)
		return
	}
	p.Failures++
	if f.Class != Canceled || p.Credentials == nil { // without a problem a session without credentials is signed out
		p.Problem = &f.Problem
	}
	switch f.Class {
	case SignInAgain:
		p.needUser(f.TokenWorks)
	case WrongUser:
		p.do(Revoke{p.Attempt, p.Tokens.RefreshToken, p.Credentials})
		p.Credentials = nil
		p.needUser(false)
	case Refused:
		p.refused(work)
	case RenewalRefused:
		p.renewalRefused(work)
	case RenewalDoubted:
		p.renewalDoubted(f)
	case Disturbed:
		if p.Credentials == nil {
			p.refused(work)
			return
		}
		p.tryAgain(f)
	default:
		p.tryAgain(f)
	}
}

// maxNotSent bounds the failures that count for the back-off while this computer has no network: those who are on the
// move again are renewed within half a minute.
const maxNotSent = 4

func (p *step) tryAgain(f Failure) {
	earliest := p.now.Add(min(f.RetryAfter, maxRetryAfter))
	failures := p.Failures
	if f.NotSent {
		failures = min(failures, maxNotSent)
	}
	p.RenewAt = schedule.Retry(p.Began, p.now, p.expiry(), failures, p.jitter)
	if p.RenewAt.Before(earliest) {
		p.RenewAt = earliest
	}
}

// expiry is when the credentials at hand expire; zero without any.
func (s State) expiry() time.Time {
	if s.Credentials == nil {
		return time.Time{}
	}
	return s.Credentials.ExpiresAt
}

// signInFailed leaves what was there before the attempt as it was.
func (p *step) signInFailed(f Failure) {
	p.plan()
	if f.Class != Canceled {
		p.Problem = &f.Problem
	}
}

// needUser ends all renewals. A refresh token that still works is kept, to be revoked at sign-out.
func (p *step) needUser(tokenWorks bool) {
	p.MustSignIn, p.RenewAt = true, time.Time{}
	identity := auth.Tokens{Identity: p.Tokens.Identity, Consent: p.Tokens.Consent}
	if tokenWorks {
		identity.RefreshToken = p.Tokens.RefreshToken
	}
	p.Tokens = identity
}

// maxDenials is how often the provider may refuse a refresh before only the user can go on. Its first no may be of a
// moment, such as while it is being reconfigured.
const maxDenials = 2

// renewalRefused is the provider's no to a refresh. The refresh token is kept, to be revoked at sign-out.
func (p *step) renewalRefused(work Work) {
	if p.Denials++; p.Denials >= maxDenials {
		p.needUser(true)
		return
	}
	p.refused(work)
}

// maxDoubts is how often in a row a refresh may be refused without a reason before only the user can go on: some ten
// minutes, in which a gateway that answers for the provider is restarted.
const maxDoubts = 9

func (p *step) renewalDoubted(f Failure) {
	if p.Denials++; p.Denials >= maxDoubts {
		p.needUser(true)
		return
	}
	p.tryAgain(f)
}

// refused is the storage server's no. On the first credentials the sign-in came to nothing, and the refresh
// token is given back. On a renewal the session goes on to its end, asking again now and then with
// new tokens, since an administrator may fix it.
func (p *step) refused(work Work) {
	if p.Credentials == nil && (work == FirstCredentials || work == RefreshToken) {
		token := p.Tokens.RefreshToken
		p.State = State{Attempt: p.Attempt, Problem: p.Problem}
		if !token.IsZero() {
			p.do(Revoke{Attempt: p.Attempt, RefreshToken: token})
		}
		return
	}
	p.Tokens.WebIdentity, p.RenewAt = secret.Secret{}, time.Time{}
	if p.TokenReused && p.CanRenew(p.now) {
		p.refresh() // an older token was tried to spare the provider
		return
	}
	if p.CanRenew(p.now) {
		p.RenewAt = p.now.Add(refusedPause)
	}
}
