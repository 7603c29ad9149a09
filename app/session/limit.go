package session

import "time"

// RemindBefore is how long before the end that the user has set a session says that it ends.
const RemindBefore = 10 * time.Minute

// limit sets when the session ends whatever could renew it, or with the zero time that nothing but the user ends it. It is
// nothing where nobody is signed in or signing in.
func (p *step) limit(until time.Time) {
	if p.holdsSession() {
		p.EndsAt, p.EndsSoon = until, false
	}
}

// holdsSession reports whether there is something that a limit could end.
func (s State) holdsSession() bool {
	return s.Work != Idle || s.Credentials != nil || !s.Tokens.RefreshToken.IsZero()
}

// limitReached reports whether the time that the user has set is over.
func (s State) limitReached(now time.Time) bool { return !s.EndsAt.IsZero() && !now.Before(s.EndsAt) }

// reminderAt is when the user is reminded of the end; zero for never, or no more.
func (s State) reminderAt() time.Time {
	if s.EndsAt.IsZero() || s.EndsSoon {
		return time.Time{}
	}
	return s.EndsAt.Add(-RemindBefore)
}

// endAtLimit signs out at the time that the user has set, and notes before that it is near.
func (p *step) endAtLimit() {
	remind := p.reminderAt()
	switch {
	case !p.holdsSession():
		p.EndsAt, p.EndsSoon = time.Time{}, false
	case p.limitReached(p.now):
		p.signOut(&Problem{Code: CodeTimeLimit, At: p.now})
	case !remind.IsZero() && !p.now.Before(remind):
		p.EndsSoon = true
	}
}

// isFarewell reports whether a problem says why nobody is signed in any more, rather than why a sign-in failed.
func isFarewell(p *Problem) bool {
	switch p.Code {
	case CodeSignOutIncomplete, CodeConnectionChanged, CodeTimeLimit:
		return true
	}
	return false
}
