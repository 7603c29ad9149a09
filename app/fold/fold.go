// Package fold makes texts comparable in which upper and lower case do not matter, nor whether an accent
// is part of its letter or stands after it, as macOS writes it.
package fold

import (
	"bytes"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// String returns s composed (NFC) and in lower case.
func String(s string) string { return strings.ToLower(norm.NFC.String(s)) }

// Bytes is String for bytes, which it leaves as they are.
func Bytes(b []byte) []byte {
	if !norm.NFC.IsNormal(b) {
		b = norm.NFC.Bytes(b)
	}
	return bytes.ToLower(b)
}
