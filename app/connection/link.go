package connection

import (
	"encoding/base64"
	"errors"
	"strings"
	"unicode"

	"daypass/app/messages"
	"daypass/auth/secret"
)

// linkPrefix begins every link to a connection; what follows is a connection file in base64url (RFC 4648 section 5).
const linkPrefix = "daypass://connection/"

// Shared returns d as it is passed on: without the client secret, which the one who gets it asks their administrator for.
func (d Definition) Shared() Definition {
	d.Provider.ClientSecret = secret.Secret{}
	return d
}

// Link returns a link with all of d but its client secret; ParseLink reads it.
func (d Definition) Link() string {
	return linkPrefix + base64.RawURLEncoding.EncodeToString(d.Shared().format(""))
}

// IsLink reports whether a text is meant as a link to a connection.
func IsLink(text string) bool {
	scheme, _, found := strings.Cut(strings.TrimSpace(text), "://")
	return found && strings.EqualFold(scheme, "daypass")
}

// ParseLink reads a link to a connection as Parse reads a file. Line breaks that programs for mail put into long links are
// no part of it.
func ParseLink(text string) (Definition, error) {
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '=' {
			return -1
		}
		return r
	}, text)
	if len(text) < len(linkPrefix) || !strings.EqualFold(text[:len(linkPrefix)], linkPrefix) {
		return Definition{}, messages.NewError(nil, "agent.connection.link")
	}
	data, err := base64.RawURLEncoding.DecodeString(strings.TrimSuffix(text[len(linkPrefix):], "/"))
	if err != nil {
		return Definition{}, messages.NewError(nil, "agent.connection.link")
	}
	def, err := Parse(data)
	if _, ofField := errors.AsType[*FieldError](err); err != nil && !ofField { // it was cut off
		return Definition{}, messages.NewError(nil, "agent.connection.link")
	}
	return def, err
}
