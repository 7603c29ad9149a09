package auth

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// claims are those of a token that are checked or shown (OpenID Connect Core sections 2 and 5.1). What
// the checks depend on has the types of the standard; a claim that is only shown may have any.
type claims struct {
	issuer, subject, nonce      string
	audience                    []string
	parties                     []string // azp, which some providers send as an array
	expiry, issuedAt, notBefore time.Time
	email, username, name       string
}

// readClaims reads a token's payload. The error is a *TokenError that names the claim.
func readClaims(payload []byte) (*claims, error) {
	o, ok := parseObject(payload)
	if !ok {
		return nil, malformed()
	}
	c := &claims{
		issuer: o.text("iss"), subject: o.text("sub"), nonce: o.text("nonce"),
		audience: o.list("aud"), parties: o.list("azp"),
		email: o.firstText("email"), username: o.firstText("preferred_username"), name: o.firstText("name"),
	}
	if o.has("azp") && !strings.ContainsAny(string(o["azp"][:1]), `"[`) {
		return nil, &TokenError{Check: CheckAuthorized, Reason: "The token does not name the client that it was issued to: its azp is not text."}
	}
	for _, d := range []struct {
		name string
		into *time.Time
	}{{"exp", &c.expiry}, {"iat", &c.issuedAt}, {"nbf", &c.notBefore}} {
		if *d.into, ok = o.date(d.name); !ok {
			return nil, &TokenError{Check: CheckFormat, Reason: "The token's " + d.name + " is not a date."}
		}
	}
	return c, nil
}

// date returns a NumericDate (RFC 7519 section 2): seconds, perhaps with a fraction, perhaps in a
// string. It is zero where there is none, and ok is false where what is there is not a date.
func (o object) date(name string) (at time.Time, ok bool) {
	if !o.has(name) {
		return time.Time{}, true
	}
	seconds, ok := o.number(name)
	if !ok || seconds < 0 || seconds > 1<<40 {
		return time.Time{}, false
	}
	return time.Unix(int64(seconds), 0), true
}

func (c *claims) identity(issuer string) Identity {
	return Identity{Issuer: issuer, Subject: c.subject, Email: c.email, Username: c.username, Name: c.name}
}

// isFor reports whether the client is among those that the token was made for or issued to.
func (c *claims) isFor(clientID string) bool {
	return slices.Contains(c.audience, clientID) || slices.Contains(c.parties, clientID)
}

func (c *claims) checkIssuer(issuer string) error {
	if !sameIssuer(c.issuer, issuer) {
		return &TokenError{Check: CheckIssuer, Reason: "The token is from " + quote(c.issuer) + " and not from " + quote(issuer) + "."}
	}
	return nil
}

// sameIssuer reports whether two identifiers are of one issuer. A slash at the end makes no other one:
// both have the same discovery URL (Discovery section 4.1), so that nobody can be both.
func sameIssuer(a, b string) bool {
	return a != "" && strings.TrimSuffix(a, "/") == strings.TrimSuffix(b, "/")
}

func (c *claims) checkAudience(clientID string) error {
	if !slices.Contains(c.audience, clientID) {
		return &TokenError{Check: CheckAudience, Reason: "The token is for " + quote(strings.Join(c.audience, ", ")) + " and not for the client " + quote(clientID) + "."}
	}
	if !slices.Contains(c.parties, clientID) && (len(c.parties) > 0 || len(c.audience) > 1) {
		return &TokenError{Check: CheckAuthorized, Reason: "The token was issued to the client " + quote(strings.Join(c.parties, ", ")) + " and not to " + quote(clientID) + "."}
	}
	return nil
}

func (c *claims) checkTimes(now time.Time) error {
	if c.expiry.IsZero() || c.issuedAt.IsZero() {
		return &TokenError{Check: CheckFormat, Reason: "The token does not say when it was issued or when it expires."}
	}
	if ago := now.Sub(c.expiry); ago >= clockSkew {
		return &TokenError{Check: CheckExpired, Reason: fmt.Sprintf("The token expired %v ago.", ago.Round(time.Second))}
	}
	for _, from := range []time.Time{c.issuedAt, c.notBefore} {
		if ahead := from.Sub(now); ahead > clockSkew {
			return &TokenError{Check: CheckIssuedAt, Reason: fmt.Sprintf("The token was issued %v in the future.", ahead.Round(time.Second))}
		}
	}
	return nil
}

func (c *claims) checkSubject() error {
	if c.subject == "" {
		return &TokenError{Check: CheckSubject, Reason: "The token does not say who signed in: it has no text as sub."}
	}
	return nil
}

func (c *claims) sameSubject(want string) error {
	if c.subject != want {
		return &TokenError{Check: CheckSubject, subjectChanged: true, Reason: "The renewed token is somebody else's."}
	}
	return nil
}
