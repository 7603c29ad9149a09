package session

import (
	"slices"
	"time"

	"daypass/app/schedule"
	"daypass/auth"
)

// FreshEnough is the age up to which credentials are not renewed on request: fifty programs that ask at once
// and arrive one after the other want one renewal.
const FreshEnough = 5 * time.Second

// Step returns the state after an event, and the effects to perform. jitter in [0, 1) spreads the moments it plans.
func Step(s State, e Event, now time.Time, jitter float64) (State, []Effect) {
	p := &step{State: s, now: now, jitter: jitter}
	p.endAtLimit() // first, so that nothing is renewed any more
	p.take(e)
	p.endAtLimit()
	p.endIfOver()
	p.Phase = p.phase(now)
	return p.State, append(p.consequences(s), p.effects...)
}

type step struct {
	State
	now     time.Time
	jitter  float64
	effects []Effect
}

func (p *step) take(e Event) {
	switch e := e.(type) {
	case SignIn:
		p.signIn(e)
	case Cancel:
		p.cancel()
	case Answer:
		p.answered(e)
	case SignOut:
		p.signOut(e.Because)
	case Renew:
		p.renew()
	case Limit:
		p.limit(e.Until)
	case Woke:
		p.woke(e)
	case GotTokens:
		p.gotTokens(e)
	case Rotated:
		p.rotated(e)
	case Restored:
		p.restored(e)
	case KeyPairsChanged:
		p.keyPairsChanged(e)
	case SignedOutRemotely:
		p.signedOutRemotely(e)
	default:
		p.result(e)
	}
}

// result takes the events that count only while their attempt does.
func (p *step) result(e Event) {
	switch e := e.(type) {
	case LinkReady:
		if p.current(e.Attempt) && p.Work == WaitBrowser {
			p.LinkReady, p.Deadline, p.UserCode = true, e.Deadline, e.UserCode
		}
	case NeedsAnswer:
		p.needsAnswer(e)
	case Answered:
		if p.current(e.Attempt) && p.Work == WaitBrowser {
			p.work(ExchangeCode)
		}
	case GotCredentials:
		if p.current(e.Attempt) && (p.Work == FirstCredentials || p.Work == NextCredentials) {
			p.gotCredentials(e.Credentials)
		}
	case Failed:
		if p.current(e.Attempt) {
			p.failed(e.Failure)
		}
	}
}

func (p *step) current(attempt uint64) bool { return attempt == p.Attempt && p.Work != Idle }

func (p *step) do(e Effect) { p.effects = append(p.effects, e) }

// work changes what the current attempt is doing.
func (p *step) work(w Work) {
	p.Work, p.LinkReady, p.Deadline, p.UserCode = w, false, time.Time{}, ""
	p.Question, p.held = nil, nil
}

// begin starts a new attempt, ending the one under way.
func (p *step) begin(w Work) {
	p.stop()
	p.Attempt++
	p.SigningOut = false
	p.Began = p.now
	p.work(w)
}

func (p *step) stop() {
	if p.Work != Idle {
		p.do(Abort{p.Attempt})
	}
	if p.held != nil && !p.held.Tokens.RefreshToken.IsZero() {
		p.do(Revoke{Attempt: p.Attempt, RefreshToken: p.held.Tokens.RefreshToken})
	}
	p.work(Idle)
}

func (p *step) signIn(e SignIn) {
	if p.Work == AskUser || p.Work == WaitBrowser || p.Work == ExchangeCode || p.Work == FirstCredentials {
		return // one is under way
	}
	p.begin(WaitBrowser)
	p.Device = e.Device
	if !p.MustSignIn && (p.Credentials != nil || p.Tokens.RefreshToken.IsZero()) {
		p.Problem = nil // else it says what becomes of the session that is still to come
	}
	p.do(OpenBrowser{p.Attempt, e.Device})
}

func (p *step) cancel() {
	if p.Work == AskUser {
		p.decline()
		return
	}
	if p.Work == WaitBrowser || p.Work == ExchangeCode {
		p.stop()
		p.plan()
	}
}

func (p *step) signOut(because *Problem) {
	if phase := p.phase(p.now); phase == SignedOut || phase == SignInFailed {
		because = nil // nothing ends
	}
	token, keys := p.Tokens.RefreshToken, p.Credentials
	if !p.HasCredentials(p.now) {
		keys = nil
	}
	p.stop()
	p.State = State{Attempt: p.Attempt + 1, Problem: because}
	if !token.IsZero() || keys != nil {
		p.SigningOut = true
		p.do(Revoke{p.Attempt, token, keys})
	}
}

// signedOutRemotely says what could not be done, unless there is more to say: a sign-in that the
// server refused revokes its token too, and the error is what counts.
func (p *step) signedOutRemotely(e SignedOutRemotely) {
	if e.Revoked && e.Attempt == p.Attempt {
		p.SigningOut = false
	}
	if e.Attempt != p.Attempt || p.Work != Idle || p.Credentials != nil || e.Problem == nil {
		return
	}
	switch {
	case p.Problem == nil:
		p.Problem = e.Problem
	case p.Problem.Code == e.Problem.Code, isFarewell(p.Problem): // the disk, the provider and the server report theirs one by one
		both := *p.Problem
		both.Reasons = slices.Concat(both.Reasons, e.Problem.Reasons)
		p.Problem = &both
	}
}

func (p *step) renew() {
	fresh := p.HasCredentials(p.now) && p.Failures == 0 && p.now.Sub(p.Credentials.IssuedAt).Abs() < FreshEnough
	if p.Work == Idle && p.CanRenew(p.now) && !fresh {
		p.startRenewal()
	}
}

// startRenewal exchanges the token at hand where that brings credentials that expire later, and refreshes otherwise: while
// the storage server is down, the provider is not asked again and again.
func (p *step) startRenewal() {
	if p.canExchange(p.now) {
		p.begin(NextCredentials)
		p.TokenReused = true
		p.do(Exchange{p.Attempt, p.Tokens, false})
		return
	}
	p.refresh()
}

func (p *step) refresh() {
	p.begin(RefreshToken)
	p.TokenReused = false
	p.do(Refresh{p.Attempt, p.Tokens})
}

func (p *step) woke(e Woke) {
	if p.Work == AskUser && !p.now.Before(p.Deadline) {
		p.decline()
	}
	if p.Work != Idle {
		return
	}
	doubtful := e.Back && p.Credentials != nil && p.canRefresh() && !p.MustSignIn
	due := !p.RenewAt.IsZero() && !p.now.Before(p.RenewAt) && p.CanRenew(p.now)
	switch {
	case doubtful:
		p.refresh() // what is known of the expiry of credentials and tokens is by a clock that was wrong
	case due:
		p.startRenewal()
	}
}

// endIfOver ends a session whose credentials have expired and that nothing can renew.
func (p *step) endIfOver() {
	if p.Work != Idle || p.Credentials == nil || p.HasCredentials(p.now) || p.CanRenew(p.now) {
		return
	}
	p.MustSignIn, p.RenewAt = true, time.Time{}
	if p.Problem != nil {
		return // it says why
	}
	p.Problem = ended(p.now)
}

func ended(now time.Time) *Problem {
	return &Problem{Code: CodeSessionEnded, At: now}
}

func (p *step) gotTokens(e GotTokens) {
	first := p.Work == WaitBrowser || p.Work == ExchangeCode
	if !p.current(e.Attempt) || !first && p.Work != RefreshToken {
		p.lateTokens(e)
		return
	}
	if first && p.isOtherUser(e.Tokens.Identity) {
		p.ask(otherUser(p.Tokens.Identity, e.Tokens.Identity), p.now.Add(questionTimeout))
		p.held = &e
		return
	}
	if first {
		p.accept(e)
		return
	}
	p.Tokens, p.MustSignIn, p.Denials = e.Tokens, false, 0
	p.work(NextCredentials)
	if p.Credentials == nil {
		p.work(FirstCredentials)
	}
	p.do(Exchange{p.Attempt, p.Tokens, false})
}

// accept begins the session of a sign-in that has succeeded.
func (p *step) accept(e GotTokens) {
	who := e.Tokens.Identity
	p.State = State{
		Attempt: p.Attempt, Began: p.Began, Credentials: p.credentialsOf(who), KeyPairs: p.keyPairsOf(who), RevokeType: e.RevokeType, Tokens: e.Tokens,
		EndsAt: p.EndsAt,
	}
	p.work(FirstCredentials)
	p.do(Exchange{p.Attempt, p.Tokens, true})
}

// credentialsOf keeps the present credentials for the user who had them: signing in again as somebody else
// must not leave the first one's credentials in use.
func (p *step) credentialsOf(who auth.Identity) *Credentials {
	if p.HasCredentials(p.now) && sameUser(p.Tokens.Identity, who) {
		return p.Credentials
	}
	return nil
}

func (p *step) gotCredentials(k Credentials) {
	if !p.now.Before(k.ExpiresAt) {
		p.failed(Failure{Class: Transient, Problem: alreadyExpired(p.now)})
		return
	}
	if p.Work == NextCredentials {
		p.Renewals++
	}
	disturbed := p.Failures > 0
	p.Credentials, p.Failures, p.Problem = &k, 0, nil
	p.work(Idle)
	p.plan()
	if disturbed && !p.RenewAt.IsZero() {
		p.RenewAt = schedule.RenewAfterOutage(k.IssuedAt, k.ExpiresAt, p.jitter)
	}
}

func alreadyExpired(now time.Time) Problem {
	return Problem{Code: CodeAlreadyExpired, At: now}
}

// plan sets the next renewal of valid credentials, or clears it.
func (p *step) plan() {
	p.RenewAt = time.Time{}
	switch {
	case !p.CanRenew(p.now):
	case p.Credentials == nil, p.Failures > 0:
		p.RenewAt = p.now.Add(schedule.Backoff(p.Failures, p.jitter))
	default:
		p.RenewAt = schedule.RenewAt(p.Credentials.IssuedAt, p.Credentials.ExpiresAt, p.jitter)
	}
}
