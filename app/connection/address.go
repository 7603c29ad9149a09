package connection

import (
	"net/netip"
	"net/url"
	"strings"

	"daypass/app/messages"
	"daypass/app/presets"
	"daypass/auth/localhost"
)

// issuerProblem holds an issuer to OpenID Connect Discovery section 3 (https, no query, no fragment),
// with plain http allowed for loopback hosts.
func issuerProblem(s string) messages.Message {
	if s == "" {
		return text("issuer-missing")
	}
	u, problem := parseAddress(s)
	switch {
	case problem.ID != "":
		return problem
	case u.Scheme == "http" && !localhost.Is(u.Hostname()):
		return text("issuer-http")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return text("issuer-query")
	}
	if p, found := presets.At(s); found && p.Unusable {
		return messages.Message{ID: p.NoteID()}
	}
	return none
}

// endpointProblem checks the URL of a server. Where an empty one is not allowed, ifEmpty says what to enter.
func endpointProblem(s string, ifEmpty messages.Message) messages.Message {
	if s == "" {
		return ifEmpty
	}
	if problem := mistaken(s); problem.ID != "" {
		return problem
	}
	u, problem := parseAddress(s)
	switch {
	case problem.ID != "":
		return problem
	case u.Scheme == "http" && !localhost.Is(u.Hostname()):
		return text("endpoint-http")
	case u.Path != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return text("endpoint-path", "Address", u.Scheme+"://"+u.Host)
	}
	return none
}

// parseAddress parses an http or https URL with a host, or returns what is wrong with it.
func parseAddress(s string) (*url.URL, messages.Message) {
	if problem := plainProblem(s); problem.ID != "" {
		return nil, problem
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Opaque != "" || u.Hostname() == "" || strings.ContainsAny(s, " \\"):
		return nil, text("address")
	case IsLink(s):
		return nil, text("address-link")
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, text("address-scheme")
	case u.User != nil:
		return nil, text("address-user")
	case invalidHost(u.Hostname()):
		return nil, text("address-host")
	case invalidPort(u):
		return nil, text("address-port")
	}
	return u, none
}

// invalidHost refuses what could show as another host than it is: letters of other scripts look alike, and
// %XX may stand for what turns the direction of writing.
func invalidHost(host string) bool {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.Zone() != ""
	}
	return strings.ContainsFunc(host, func(r rune) bool { return !isASCIILetterOrDigit(r) && !strings.ContainsRune(".-_", r) })
}

func invalidPort(u *url.URL) bool {
	if u.Port() == "" {
		return strings.HasSuffix(u.Host, ":")
	}
	_, err := netip.ParseAddrPort("127.0.0.1:" + u.Port())
	return err != nil || strings.Trim(u.Port(), "0") == ""
}
