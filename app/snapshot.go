package app

import (
	"time"

	"daypass/app/credentials"
	"daypass/app/session"
	"daypass/app/settings"
)

// Problem is a failure in a user's words.
type Problem = session.Problem

// SignInQuestion is something that only the user knows, asked in the middle of a sign-in.
type SignInQuestion = session.Question

// Snapshot is the whole state of the agent at one moment: immutable, without secrets, its times
// absolute, so that a client derives the countdown from its own clock.
type Snapshot struct {
	// Revision grows by one with each change. It starts at 1 with the agent.
	Revision uint64 `json:"revision"`
	// Version is the agent's version.
	Version string `json:"version"`
	// Sessions has one entry for each connection, in the order of their names.
	Sessions []Session `json:"sessions"`
	// Problems are connection files that could not be read, and the like: problems of no one session.
	Problems []Problem `json:"problems,omitempty"`
	// Settings are the user's settings of Daypass as a whole.
	Settings settings.Settings `json:"settings"`
	// TrayShown is true while the desktop has a tray with our icon in it, where a user finds Daypass
	// when no window is open.
	TrayShown bool `json:"tray_shown"`
}

// Session is one connection and how it stands.
type Session struct {
	// ID names the connection in every call; it is the name of its file.
	ID string `json:"id"`
	// Name is what the user calls it.
	Name string `json:"name"`
	// Endpoint is the URL of the S3 server.
	Endpoint string `json:"endpoint"`
	// Region is the S3 region, empty for the server's default.
	Region string `json:"region,omitempty"`
	// STSEndpoint is the URL of the STS service; empty where it is Endpoint.
	STSEndpoint string `json:"sts_endpoint,omitempty"`
	// CAFile is the connection's own certificate authorities; empty for the system's.
	CAFile string `json:"ca_file,omitempty"`
	// Source is the address at which a company publishes the connection; empty for none.
	Source string `json:"source,omitempty"`
	// Issuer is the URL of the identity provider.
	Issuer string `json:"issuer"`

	Phase session.Phase `json:"phase"`
	// Identity is who is signed in, as they know themselves; empty when nobody is.
	Identity string `json:"identity,omitempty"`
	// LinkReady is true while a sign-in waits for the browser; Core.SignInLink returns the link.
	LinkReady bool `json:"link_ready,omitempty"`
	// UserCode is to be typed where the link leads: the sign-in is on another device.
	UserCode string `json:"user_code,omitempty"`
	// Question is what the user must answer before the sign-in goes on; see Core.AnswerQuestion.
	Question *SignInQuestion `json:"question,omitempty"`
	// Deadline is when a waiting sign-in times out.
	Deadline time.Time `json:"deadline,omitzero"`

	// IssuedAt and ExpiresAt bound the lifetime of the current credentials by this machine's clock (the
	// server's answer, corrected by ClockSkew). Zero: there are no credentials.
	IssuedAt  time.Time `json:"issued_at,omitzero"`
	ExpiresAt time.Time `json:"expires_at,omitzero"`
	// RenewAt is when Daypass renews by itself next, or tries again after a failure. Zero: it will not.
	RenewAt time.Time `json:"renew_at,omitzero"`
	// EndsAt is when the session ends whatever could renew it, because the user has set that. Zero: never. EndsSoon is true
	// once that is ten minutes away.
	EndsAt   time.Time `json:"ends_at,omitzero"`
	EndsSoon bool      `json:"ends_soon,omitempty"`
	// Renewals counts the renewals since signing in.
	Renewals int `json:"renewals"`
	// Failures counts the failed attempts to renew since the last one that succeeded.
	Failures int `json:"failures,omitempty"`
	// RequestedDuration is the lifetime requested of the server; zero when it was left to the server.
	RequestedDuration Seconds `json:"asked_seconds,omitempty"`
	// GrantedDuration is the lifetime that the server granted.
	GrantedDuration Seconds `json:"granted_seconds,omitempty"`
	// ClockSkew is the server's clock minus this machine's.
	ClockSkew Seconds `json:"clock_skew_seconds,omitempty"`
	// SigningOut is true after a sign-out until provider and server have been told of it, or could not be.
	SigningOut bool `json:"signing_out,omitempty"`
	// Warnings are the codes of stsclient.Warning and of this package.
	Warnings []string `json:"warnings,omitempty"`
	// Waiting names the tools that requested credentials while there were none.
	Waiting []string `json:"waiting,omitempty"`
	// MemoryOnly is true for a session that ends with the agent, because the connection says so or
	// because it could not be stored; in the second case Snapshot.Problems says why.
	MemoryOnly bool `json:"memory_only,omitempty"`
	// Problem is what went wrong last, while it still matters.
	Problem *Problem `json:"problem,omitempty"`
}

// Seconds is a duration that goes out as a whole number of seconds.
type Seconds int64

// Duration returns s as a time.Duration.
func (s Seconds) Duration() time.Duration { return time.Duration(s) * time.Second }

// HasCredentials reports whether the session has valid credentials at now.
func (s Session) HasCredentials(now time.Time) bool { return now.Before(s.ExpiresAt) }

// Credentials are the current credentials of one connection.
type Credentials = credentials.Credentials

// Session returns the session with an ID, and reports whether it is there.
func (snapshot Snapshot) Session(id string) (Session, bool) {
	for _, s := range snapshot.Sessions {
		if s.ID == id {
			return s, true
		}
	}
	return Session{}, false
}
