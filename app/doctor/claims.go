package doctor

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"daypass/app/messages"
	"daypass/auth/safetext"
	"daypass/auth/secret"
)

// Claims are the claims of a token, as they are.
type Claims map[string]any

// ReadClaims takes the claims out of a JWT. Nothing is verified: that was done when it came.
func ReadClaims(token secret.Secret) Claims {
	parts := strings.Split(token.Reveal(), ".")
	if len(parts) != 3 {
		return nil
	}
	return decodePart(parts[1])
}

// decodePart reads the header or the payload of a JWT.
func decodePart(part string) Claims {
	text, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return nil
	}
	var claims Claims
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	if decoder.Decode(&claims) != nil {
		return nil
	}
	return claims
}

// meanings are the claims of the standards (RFC 7519, OpenID Connect Core), which no server reads policies from, and the
// IDs of what they are.
var meanings = map[string]string{
	"iss": "agent.doctor.claim.iss", "aud": "agent.doctor.claim.aud", "azp": "agent.doctor.claim.azp", "sub": "agent.doctor.claim.sub",
	"exp": "agent.doctor.claim.exp", "iat": "agent.doctor.claim.iat", "nbf": "agent.doctor.claim.nbf", "auth_time": "agent.doctor.claim.auth-time",
	"email": "", "email_verified": "",
	"name": "", "preferred_username": "", "given_name": "", "family_name": "", "nickname": "", "picture": "", "profile": "",
	"website": "", "locale": "", "zoneinfo": "", "updated_at": "", "acr": "", "amr": "", "typ": "", "scope": "",
}

// hidden are claims that are worth something to a thief, or to nobody.
var hidden = []string{"nonce", "jti", "sid", "at_hash", "c_hash", "s_hash", "session_state"}

// Table returns the claims as text, in the order of their names.
func (c Claims) Table() []Claim {
	var out []Claim
	for name, value := range c {
		row := Claim{Name: foreign(name), NoteID: meanings[name], Text: valueMessage(name, value)}
		row.Value = valueIn(messages.ForPrograms(), row.Text, valueText(value))
		if slices.Contains(c.Candidates(), name) {
			row.NoteID = "agent.doctor.claim.candidate"
		}
		if row.NoteID != "" {
			row.Note = messages.ForPrograms().Text(row.NoteID)
		}
		out = append(out, row)
	}
	slices.SortFunc(out, func(a, b Claim) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Candidates names the claims that a server could read policies from: those of one word or of a
// list of words that are not the standards' own.
func (c Claims) Candidates() []string {
	var out []string
	for name, value := range c {
		_, standard := meanings[name]
		if !standard && !slices.Contains(hidden, name) && len(words(value)) > 0 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// words returns a string or a list of strings as a list.
func words(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, item := range v {
			if s, ok := item.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// text is a claim that is one word; empty where it is another kind of thing.
func (c Claims) text(name string) string {
	s, _ := c[name].(string)
	return s
}

// audience are the values of aud.
func (c Claims) audience() []string { return words(c["aud"]) }

// expiry is exp; zero where there is none.
func (c Claims) expiry() time.Time {
	at, _ := date(c["exp"])
	return at
}

// date reads a NumericDate, which some providers send as a string.
func date(value any) (at time.Time, ok bool) {
	if s, isText := value.(string); isText {
		value = json.Number(s)
	}
	n, isNumber := value.(json.Number)
	if !isNumber {
		return time.Time{}, false
	}
	seconds, err := n.Float64()
	if err != nil || !(seconds >= 0 && seconds < 1<<40) {
		return time.Time{}, false
	}
	return time.Unix(int64(seconds), 0), true
}

const maxValue = 200

// dates are the claims that are dates.
var dates = []string{"exp", "iat", "nbf", "auth_time", "updated_at"}

// valueMessage returns the value of a claim that is shown as a text; nil for one that is shown as it is.
func valueMessage(name string, value any) *messages.Message {
	if slices.Contains(hidden, name) {
		return &messages.Message{ID: "agent.doctor.value.hidden"}
	}
	if at, ok := date(value); ok && slices.Contains(dates, name) {
		m := timeText(at)
		return &m
	}
	return nil
}

func valueText(value any) string {
	if list := words(value); len(list) > 0 {
		return foreign(strings.Join(list, ", "))
	}
	text, _ := json.Marshal(value) // it was JSON
	return foreign(string(text))
}

// foreign returns a text from outside fit to be shown, on one line and shortened.
func foreign(s string) string { return safetext.Line(s, maxValue) }
