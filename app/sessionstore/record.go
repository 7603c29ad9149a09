package sessionstore

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"daypass/app/connection"
	"daypass/app/credentials"
	"daypass/app/session"
	"daypass/auth"
	"daypass/auth/secret"
)

// clockSetBack is how far a clock must go back to make known expiries doubtful.
const clockSetBack = 30 * time.Second

// Keepable returns what may be stored of a record by the rules of its connection. The zero Record means
// that nothing may, so that what is stored is to be removed.
func Keepable(r session.Record, def connection.Definition) session.Record {
	if !def.Provider.StaySignedIn {
		return session.Record{}
	}
	r.Tokens.IDToken = secret.Secret{} // it is the web identity, or of no more use
	if !def.Keys.SendAccessToken && r.Tokens.WebIdentityFrom != auth.FromAccessToken {
		r.Tokens.AccessToken = secret.Secret{}
	}
	return r
}

// storedSession is an entry of the vault. Secrets are written out here alone.
type storedSession struct {
	// Service is what the session belongs to: tokens must not go to another provider or server because
	// the file of the connection was changed while no agent ran.
	Service  string    `json:"service"`
	StoredAt time.Time `json:"stored_at"`

	RefreshToken      string                 `json:"refresh_token,omitempty"`
	AccessToken       string                 `json:"access_token,omitempty"`
	WebIdentity       string                 `json:"web_identity,omitempty"`
	WebIdentityFrom   auth.WebIdentitySource `json:"web_identity_from,omitempty"`
	WebIdentityExpiry time.Time              `json:"web_identity_expiry,omitzero"`
	Identity          auth.Identity          `json:"identity"`

	Scope              string       `json:"scope,omitempty"`
	ScopeRefused       bool         `json:"scope_refused,omitempty"`
	NoIDTokenOnRefresh bool         `json:"no_id_token_on_refresh,omitempty"`
	Consent            auth.Consent `json:"consent,omitempty"`
	ProofKey           string       `json:"proof_key,omitempty"`
	Bound              bool         `json:"bound,omitempty"`

	Credentials *storedCredentials `json:"keys,omitempty"`
	RevokeType  string             `json:"mark,omitempty"`
	MustSignIn  bool               `json:"must_sign_in,omitempty"`
	Renewals    int                `json:"renewals,omitempty"`
	Problem     *session.Problem   `json:"problem,omitempty"`
	KeyPairs    *storedKeyPairs    `json:"key_pairs,omitempty"`
	EndsAt      time.Time          `json:"ends_at,omitzero"`
}

type storedCredentials struct {
	credentials.Plain
	IssuedAt          time.Time     `json:"issued_at"`
	RequestedDuration time.Duration `json:"asked,omitempty"`
	ClockSkew         time.Duration `json:"clock_skew,omitempty"`
	Warnings          []string      `json:"warnings,omitempty"`
}

// Encode returns r as an entry of the vault for a session of def. It holds secrets.
func Encode(r session.Record, def connection.Definition, at time.Time) (json.RawMessage, error) {
	t := r.Tokens
	s := storedSession{
		Service: fingerprint(def), StoredAt: at,
		RefreshToken: t.RefreshToken.Reveal(), AccessToken: t.AccessToken.Reveal(), WebIdentity: t.WebIdentity.Reveal(),
		WebIdentityFrom: t.WebIdentityFrom, WebIdentityExpiry: t.WebIdentityExpiry, Identity: t.Identity,
		Scope: t.Scope, ScopeRefused: t.ScopeRefused, NoIDTokenOnRefresh: t.NoIDTokenOnRefresh, Consent: t.Consent,
		ProofKey: t.ProofKey.Reveal(), Bound: t.Bound,
		RevokeType: r.RevokeType, MustSignIn: r.MustSignIn, Renewals: r.Renewals, Problem: r.Problem,
		KeyPairs: storedFrom(r.KeyPairs), EndsAt: r.EndsAt,
	}
	if keys := r.Credentials; keys != nil {
		s.Credentials = &storedCredentials{
			Plain: keys.Plain(), IssuedAt: keys.IssuedAt, RequestedDuration: keys.RequestedDuration, ClockSkew: keys.ClockSkew, Warnings: keys.Warnings,
		}
	}
	return json.Marshal(s)
}

// Decode reads an entry of the vault; false where it is of no use for def.
func Decode(entry json.RawMessage, def connection.Definition, now time.Time) (session.Restored, bool) {
	var s storedSession
	if json.Unmarshal(entry, &s) != nil || !s.belongsTo(def) || !def.Provider.StaySignedIn {
		return session.Restored{}, false
	}
	e := session.Restored{
		Record: session.Record{
			Tokens: s.tokens(), RevokeType: s.RevokeType, MustSignIn: s.MustSignIn, Renewals: s.Renewals, Problem: s.Problem, KeyPairs: s.KeyPairs.set(),
			EndsAt: s.EndsAt,
		},
		Doubtful: now.Before(s.StoredAt.Add(-clockSetBack)),
	}
	if k := s.Credentials; k != nil {
		e.Credentials = &session.Credentials{
			Credentials: k.Plain.Credentials(), IssuedAt: k.IssuedAt, RequestedDuration: k.RequestedDuration, ClockSkew: k.ClockSkew, Warnings: k.Warnings,
		}
	}
	return e, true
}

func (s storedSession) tokens() auth.Tokens {
	t := auth.Tokens{
		RefreshToken: secret.New(s.RefreshToken), AccessToken: secret.New(s.AccessToken),
		WebIdentity: secret.New(s.WebIdentity), WebIdentityFrom: s.WebIdentityFrom, WebIdentityExpiry: s.WebIdentityExpiry,
		Identity: s.Identity,
		Scope:    s.Scope, ScopeRefused: s.ScopeRefused, NoIDTokenOnRefresh: s.NoIDTokenOnRefresh, Consent: s.Consent,
		ProofKey: secret.New(s.ProofKey), Bound: s.Bound,
	}
	if t.WebIdentityFrom == auth.FromIDToken {
		t.IDToken = t.WebIdentity
	}
	return t
}

// belongsTo reports whether the session may go on under def. Earlier versions noted all of a definition but its name.
func (s storedSession) belongsTo(def connection.Definition) bool {
	whole := def
	whole.ID, whole.Name = "", ""
	return s.Service == fingerprint(def) || s.Service == hash(whole)
}

// fingerprint is the same for two definitions if and only if a session of the one may go on under the
// other.
func fingerprint(def connection.Definition) string { return hash(def.Service()) }

func hash(def connection.Definition) string {
	sum := sha256.Sum256(def.Canonical())
	return hex.EncodeToString(sum[:])
}
