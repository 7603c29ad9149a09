// Package secret holds the one type in which Daypass carries tokens, keys and codes.
//
// A Secret is a struct around a pointer, not a string type: a defined string type prints its
// bytes under %#v and from inside other structs, and a struct of a string does the same when
// it sits in an unexported field, where fmt calls no method. A pointer prints as an address there.
package secret

import (
	"fmt"
	"io"
	"log/slog"
)

// Redacted is what every way of printing a non-empty Secret yields.
const Redacted = "[redacted]"

// Secret is a string that no formatting verb, logger or encoder prints. The zero value is the
// empty secret. Secrets are compared with Equal, never with ==, which compares addresses.
type Secret struct{ p *string }

// New wraps s. An empty s makes the zero Secret.
func New(s string) Secret {
	if s == "" {
		return Secret{}
	}
	return Secret{p: &s}
}

// Reveal returns the bytes themselves. At every call a secret leaves this type;
// `grep -rn 'Reveal()'` lists them all.
func (s Secret) Reveal() string {
	if s.p == nil {
		return ""
	}
	return *s.p
}

// IsZero reports whether the secret is empty.
func (s Secret) IsZero() bool { return s.p == nil }

// Equal reports whether both hold the same bytes. It is not a constant-time comparison.
func (s Secret) Equal(t Secret) bool { return s.Reveal() == t.Reveal() }

// String implements fmt.Stringer.
func (s Secret) String() string {
	if s.p == nil {
		return ""
	}
	return Redacted
}

// GoString implements fmt.GoStringer.
func (s Secret) GoString() string { return "secret.Secret(" + s.String() + ")" }

// Format implements fmt.Formatter, so that no verb reaches the pointer.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// LogValue implements slog.LogValuer.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, XML and TOML.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
