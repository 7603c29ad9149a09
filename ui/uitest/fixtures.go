package uitest

import (
	"time"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/session"
	"daypass/app/settings"
)

// Now is the moment of all fixtures.
var Now = time.Date(2026, time.March, 4, 10, 15, 30, 0, time.UTC)

// SignedOut is a connection nobody is signed in to.
func SignedOut() app.Session {
	return app.Session{
		ID: "research-lake", Name: "Research lake", Endpoint: "https://s3.example.com:9000", Issuer: "https://login.example.com",
		Phase: session.SignedOut,
	}
}

// SignedIn is a session with keys of an hour, of which left remains.
func SignedIn(left time.Duration) app.Session {
	s := SignedOut()
	s.Phase, s.Identity = session.Active, "ada@example.com"
	s.ExpiresAt, s.IssuedAt = Now.Add(left), Now.Add(left-time.Hour)
	s.RenewAt = Now.Add(max(0, left-4*time.Minute))
	s.RequestedDuration, s.GrantedDuration = 3600, 3600
	return s
}

// Waiting is a sign-in that waits for the browser.
func Waiting() app.Session {
	s := SignedOut()
	s.Phase, s.LinkReady, s.Deadline = session.SigningIn, true, Now.Add(4*time.Minute+32*time.Second)
	return s
}

// Refused is a sign-in that the storage server refused.
func Refused() app.Session {
	s := Phase(SignedOut(), session.SignInFailed)
	s.Problem = &app.Problem{
		Code: "sts-claim-missing", Title: "The storage server does not know what you may do",
		Detail:   "You signed in at login.example.com, but s3.example.com found no policy for you in what the login said.",
		NextStep: "Send the text below to your administrator, then try again.",
		Admin:    "The ID token for client “desktop-app” has no claim “policy”. Map the user's groups to that claim at the login, or set MINIO_IDENTITY_OPENID_CLAIM_NAME to a claim that is there.",
		At:       Now,
	}
	return s
}

// Lost is a session that only the user can renew, with keys for left.
func Lost(left time.Duration) app.Session {
	s := Phase(SignedIn(left), session.NeedsSignIn)
	s.RenewAt = time.Time{}
	s.Problem = &app.Problem{
		Code: "sign-in-again", Title: "The login asks for you again",
		Detail:   "login.example.com gives no new tokens for this session: its time is up or it was ended there.",
		NextStep: "Sign in again. Your work goes on where it was.", At: Now,
	}
	return s
}

// Ended is a session whose keys have ended while renewals fail.
func Ended() app.Session {
	s := Phase(SignedIn(-2*time.Minute), session.Expired)
	s.Failures, s.RenewAt = 3, Now.Add(80*time.Second)
	s.Problem = &app.Problem{
		Code: "unreachable", Title: "The storage server cannot be reached",
		Detail:   "s3.example.com does not respond. Your credentials have expired.",
		NextStep: "Check your network or VPN.", At: Now,
	}
	return s
}

// Others are connections besides the one on screen.
func Others() []app.Session {
	archive := SignedIn(6*time.Hour + 12*time.Minute + 40*time.Second)
	archive.ID, archive.Name, archive.Endpoint = "archive", "Archive", "https://archive.example.com"
	partner := SignedOut()
	partner.ID, partner.Name = "partner", "Partner store"
	sensors := Lost(12 * time.Minute)
	sensors.ID, sensors.Name = "sensors", "Sensors Αθήνα"
	return []app.Session{archive, partner, sensors}
}

// Snapshot is s among other connections.
func Snapshot(s app.Session) app.Snapshot {
	return app.Snapshot{Revision: 1, Version: "0.1.0", Settings: settings.Default(), Sessions: append([]app.Session{s}, Others()...)}
}

// Definition is the connection of the fixtures.
func Definition(id string) connection.Definition {
	return connection.Definition{
		ID: id, Name: "Research lake", Endpoint: "https://s3.example.com:9000",
		Provider: connection.Provider{Issuer: "https://login.example.com", ClientID: "desktop-app", StaySignedIn: true},
		Keys:     connection.KeyRequest{Duration: 12 * time.Hour},
	}
}
