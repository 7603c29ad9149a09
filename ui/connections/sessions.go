// Package connections is what the user does with connections and their sessions: adding and changing one, signing in
// and out. It knows no toolkit; package connectionsview draws its screens.
package connections

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	"daypass/app"
	"daypass/app/session"
	"daypass/auth/localhost"
	"daypass/ui/bridge"
	"daypass/ui/clipboard"
	"daypass/ui/problem"
)

// Sessions is what the user does with sessions, and what the window remembers of them. It belongs to the UI thread.
type Sessions struct {
	agent     *bridge.Bridge
	clipboard *clipboard.Clipboard
	openURL   func(*url.URL) error
	now       func() time.Time
	// awaited are the sign-ins that were started here and have not ended; true once one is under way.
	awaited map[string]bool
	phases  map[string]session.Phase
	since   map[string]time.Time
}

// NewSessions returns the sessions of an agent. openURL opens the system's browser, and may take long.
func NewSessions(agent *bridge.Bridge, c *clipboard.Clipboard, openURL func(*url.URL) error, now func() time.Time) *Sessions {
	return &Sessions{agent: agent, clipboard: c, openURL: openURL, now: now, awaited: map[string]bool{}}
}

// Follow notes since when each session is in its phase, and reports whether a sign-in that was started here has ended.
// It is called for each snapshot.
func (s *Sessions) Follow() (ended bool) {
	since, phases := map[string]time.Time{}, map[string]session.Phase{}
	for _, one := range s.agent.Snapshot().Sessions {
		phases[one.ID], since[one.ID] = one.Phase, s.since[one.ID]
		if since[one.ID].IsZero() || s.phases[one.ID] != one.Phase {
			since[one.ID] = s.now()
		}
		ended = s.followSignIn(one) || ended
	}
	s.phases, s.since = phases, since
	return ended
}

// followSignIn reports whether the sign-in of a session was started here and has ended.
func (s *Sessions) followSignIn(one app.Session) (ended bool) {
	seen, ours := s.awaited[one.ID]
	switch {
	case !ours:
	case one.Phase == session.SigningIn || one.Phase == session.Exchanging:
		s.awaited[one.ID] = true
	case seen:
		delete(s.awaited, one.ID)
		return true
	}
	return false
}

// Since returns when each session, by its ID, came to the phase that it is in.
func (s *Sessions) Since() map[string]time.Time { return s.since }

// SignIn signs in to a connection.
func (s *Sessions) SignIn(id string) {
	s.await(id)
	s.agent.Call(func(ctx context.Context, core app.Core) error { return core.SignIn(ctx, id) })
}

// await has the end of the sign-in that begins now noticed. Without an agent none begins.
func (s *Sessions) await(id string) {
	if s.agent.Core() != nil {
		s.awaited[id] = false
	}
}

// CancelSignIn cancels a sign-in.
func (s *Sessions) CancelSignIn(id string) {
	delete(s.awaited, id)
	s.agent.Call(func(ctx context.Context, core app.Core) error { return core.CancelSignIn(ctx, id) })
}

// Renew renews the credentials of a connection.
func (s *Sessions) Renew(id string) {
	s.agent.Call(func(ctx context.Context, core app.Core) error { return core.RenewNow(ctx, id) })
}

// SignOut signs out of a connection.
func (s *Sessions) SignOut(id string) {
	s.agent.Call(func(ctx context.Context, core app.Core) error { return core.SignOut(ctx, id) })
}

// Remove signs out of a connection and deletes it.
func (s *Sessions) Remove(id string) {
	s.agent.Call(func(ctx context.Context, core app.Core) error { return core.RemoveConnection(ctx, id) })
}

// linkLifetime is how long the link of a sign-in is of use: the time that a sign-in waits for the browser (rule 13).
const linkLifetime = 5 * time.Minute

// CopyLink copies the link of the sign-in that is under way.
func (s *Sessions) CopyLink(id string) {
	s.agent.Call(func(ctx context.Context, core app.Core) error {
		link, err := core.SignInLink(ctx, id)
		if err != nil {
			return err
		}
		return s.clipboard.Hold(ctx, core, link, linkLifetime)
	})
}

var errBadLink = errors.New("the link is not one that may be opened")

// OpenLink opens the link of the sign-in that is under way again: https only, or this computer itself.
func (s *Sessions) OpenLink(id string) {
	s.agent.Call(func(ctx context.Context, core app.Core) error {
		link, err := core.SignInLink(ctx, id)
		if err != nil {
			return err
		}
		address, err := url.Parse(link)
		if err != nil || address.Scheme != "https" && !(address.Scheme == "http" && localhost.Is(address.Hostname())) {
			return errBadLink
		}
		if s.openURL(address) != nil {
			return problem.ErrNoBrowser
		}
		return nil
	})
}

// Answer answers the question with which a sign-in waits.
func (s *Sessions) Answer(id string, question uint64, yes bool) {
	s.agent.Call(func(ctx context.Context, core app.Core) error {
		err := core.AnswerQuestion(ctx, id, question, yes)
		if errors.Is(err, app.ErrNoQuestion) {
			return nil // answered elsewhere in the meantime
		}
		return err
	})
}

// AddScope has a connection request the scope that its last error suggests, and signs in again.
func (s *Sessions) AddScope(id string) {
	p := s.agent.Session(id).Problem
	if p == nil || p.Scope == "" {
		return
	}
	scope := p.Scope
	s.await(id)
	s.agent.Call(func(ctx context.Context, core app.Core) error {
		def, err := core.Connection(ctx, id)
		if err != nil {
			return err
		}
		def.Provider.Scopes = withScope(def.Provider.Scopes, scope)
		if _, err := core.SaveConnection(ctx, def); err != nil {
			return err
		}
		return core.SignIn(ctx, id)
	})
}

// defaultScopes are those that a connection requests which names none.
var defaultScopes = []string{"openid", "profile", "email"}

func withScope(scopes []string, scope string) []string {
	if len(scopes) == 0 {
		scopes = defaultScopes
	}
	if slices.Contains(scopes, scope) {
		return scopes
	}
	return append(slices.Clone(scopes), scope)
}
