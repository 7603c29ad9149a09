package app

import (
	"time"

	"daypass/app/session"
)

// Can is what makes sense to ask of a session now, for the client that offers it. The core itself takes any
// intent at any time.
type Can struct{ SignIn, Cancel, Renew, SignOut, Update bool }

// Can says what makes sense to ask of s at now.
func (s Session) Can(now time.Time) Can {
	waiting := s.Phase == session.SigningIn || s.Phase == session.Exchanging
	renews := s.Phase == session.Active || s.Phase == session.Expired
	return Can{
		SignIn:  !waiting && s.Phase != session.Active && s.Phase != session.Renewing,
		Cancel:  waiting,
		Renew:   renews && !s.RenewAt.IsZero(),
		SignOut: !waiting && (s.Identity != "" || s.HasCredentials(now)),
		Update:  s.Source != "",
	}
}
