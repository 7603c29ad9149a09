package connection

import (
	"net/netip"
	"regexp"
	"strings"
	"unicode"

	"daypass/auth/localhost"
)

// Address returns the address that a user means by what they typed or pasted: without quotes and blanks around it,
// with https:// before a host that has no scheme, or http:// where it is this computer, and with the scheme once and
// in full. What is no address, such as an ARN, stays as it is.
func Address(typed string) string {
	s := strings.TrimFunc(typed, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"'`<>“”‘’,;", r) })
	if parts := brokenScheme.FindStringSubmatch(s); parts != nil {
		s = parts[1] + "://" + parts[2]
	}
	if s == "" || strings.Contains(s, "://") || strings.HasPrefix(strings.ToLower(s), "arn:") {
		return s
	}
	s = strings.TrimPrefix(s, "//")
	if ip, err := netip.ParseAddr(s); err == nil && ip.Is6() {
		s = "[" + s + "]"
	}
	host, _, _ := strings.Cut(s, "/")
	if localhost.Is(hostWithoutPort(host)) {
		return "http://" + s
	}
	return "https://" + s
}

// brokenScheme is a scheme with a colon or slashes too few or too many, as in https:/host, or one before another.
var brokenScheme = regexp.MustCompile(`(?i)^(?:https?://)*(https?)(?::/?|:///+|//+|://)([^/].*)$`)

func hostWithoutPort(host string) string {
	if end := strings.LastIndexByte(host, ']'); strings.HasPrefix(host, "[") && end > 0 {
		return host[1:end]
	}
	name, _, _ := strings.Cut(host, ":")
	return name
}

// Scopes returns the scopes in a text: blanks, commas and semicolons divide them, however many, and quotes around
// them are left out.
func Scopes(typed string) []string {
	return strings.FieldsFunc(typed, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;\"'", r) })
}
