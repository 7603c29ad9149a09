// Package credentials is the one form of temporary S3 credentials above the STS client.
package credentials

import (
	"time"

	"daypass/auth/secret"
)

// Credentials are temporary S3 credentials.
type Credentials struct {
	AccessKeyID     string
	SecretAccessKey secret.Secret
	SessionToken    secret.Secret
	// ExpiresAt is by this machine's clock.
	ExpiresAt time.Time
}

// Valid reports whether the credentials have not expired at now.
func (c Credentials) Valid(now time.Time) bool { return now.Before(c.ExpiresAt) }

// Plain returns the credentials with their secrets written out.
func (c Credentials) Plain() Plain {
	return Plain{c.AccessKeyID, c.SecretAccessKey.Reveal(), c.SessionToken.Reveal(), c.ExpiresAt}
}

// Plain are credentials as they are written out: on the agent's socket, in the encrypted store and for scripts.
// The names are part of these formats.
type Plain struct {
	AccessKeyID     string    `json:"access_key_id"`
	SecretAccessKey string    `json:"secret_access_key"`
	SessionToken    string    `json:"session_token"`
	ExpiresAt       time.Time `json:"expires_at"`
}

// Credentials returns what p has written out.
func (p Plain) Credentials() Credentials {
	return Credentials{
		AccessKeyID: p.AccessKeyID, SecretAccessKey: secret.New(p.SecretAccessKey),
		SessionToken: secret.New(p.SessionToken), ExpiresAt: p.ExpiresAt,
	}
}
