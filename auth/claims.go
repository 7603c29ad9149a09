package auth

import (
	"slices"
	"strconv"
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
	authTime                    time.Time // zero where the token has none that is a date
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
		return nil, &TokenError{Check: CheckAuthorized, Reason: because(ReasonClaimNotText, "Claim", "azp")}
	}
	c.authTime, _ = o.date("auth_time")
	for _, d := range []struct {
		name string
		into *time.Time
	}{{"exp", &c.expiry}, {"iat", &c.issuedAt}, {"nbf", &c.notBefore}} {
		if *d.into, ok = o.date(d.name); !ok {
			return nil, &TokenError{Check: CheckFormat, Reason: because(ReasonClaimNotDate, "Claim", d.name)}
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
		return &TokenError{Check: CheckIssuer, Reason: because(ReasonIssuer, "Found", quote(c.issuer), "Expected", quote(issuer))}
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
		return &TokenError{Check: CheckAudience, Reason: because(ReasonAudience, "Found", quote(strings.Join(c.audience, ", ")), "Expected", quote(clientID))}
	}
	switch {
	case slices.Contains(c.parties, clientID):
		return nil
	case len(c.parties) > 0:
		return &TokenError{Check: CheckAuthorized, Reason: because(ReasonParty, "Found", quote(strings.Join(c.parties, ", ")), "Expected", quote(clientID))}
	case len(c.audience) > 1:
		return &TokenError{Check: CheckAuthorized, Reason: because(ReasonPartyMissing)}
	}
	return nil
}

func (c *claims) checkTimes(now time.Time) error {
	if c.expiry.IsZero() || c.issuedAt.IsZero() {
		return &TokenError{Check: CheckFormat, Reason: because(ReasonUndated)}
	}
	if ago := now.Sub(c.expiry); ago >= clockSkew {
		return &TokenError{Check: CheckExpired, Reason: because(ReasonExpired, "AgoDuration", ago.Round(time.Second).String())}
	}
	for _, from := range []time.Time{c.issuedAt, c.notBefore} {
		if ahead := from.Sub(now); ahead > clockSkew {
			return &TokenError{Check: CheckIssuedAt, Reason: because(ReasonFromFuture, "AheadDuration", ahead.Round(time.Second).String())}
		}
	}
	return nil
}

// checkAge fails where the user signed in at the provider longer ago than was requested by max_age (OpenID Connect Core
// section 3.1.3.7). A provider that does not say when may have obeyed all the same.
func (c *claims) checkAge(maxAge string, now time.Time) error {
	seconds, err := strconv.Atoi(maxAge)
	if err != nil || c.authTime.IsZero() {
		return nil
	}
	ago := now.Sub(c.authTime)
	if ago <= time.Duration(seconds)*time.Second+clockSkew {
		return nil
	}
	return &TokenError{Check: CheckAge, Reason: because(ReasonSignInTooOld, "AgoDuration", ago.Round(time.Second).String())}
}

func (c *claims) checkSubject() error {
	if c.subject == "" {
		return &TokenError{Check: CheckSubject, Reason: because(ReasonSubjectMissing)}
	}
	return nil
}

func (c *claims) sameSubject(want string) error {
	if c.subject != want {
		return &TokenError{Check: CheckSubject, subjectChanged: true, Reason: because(ReasonSubjectChanged)}
	}
	return nil
}
