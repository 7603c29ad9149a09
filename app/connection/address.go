package connection

import (
	"net/netip"
	"net/url"
	"strings"

	"daypass/auth/localhost"
)

// issuerProblem holds an issuer to OpenID Connect Discovery section 3 (https, no query, no fragment),
// with plain http allowed for loopback hosts.
func issuerProblem(s string) string {
	const example = "Give the address of the login, such as https://login.example."
	if s == "" {
		return example
	}
	u, problem := parseAddress(s, example)
	switch {
	case problem != "":
		return problem
	case u.Scheme == "http" && !localhost.Is(u.Hostname()):
		return "The login's address must begin with https://. Over plain http anybody on the way could read the sign-in " +
			"or pretend to be the login; http is for addresses of this computer only, such as http://127.0.0.1:5556."
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return "The login's address has no part after ? or #."
	}
	return ""
}

// endpointProblem checks the URL of a server. Where an empty one is not allowed, ifEmpty says what to enter.
func endpointProblem(s, ifEmpty string) string {
	if s == "" {
		return ifEmpty
	}
	if words := mistaken(s); words != "" {
		return words
	}
	u, problem := parseAddress(s, "Enter the server's address, such as https://minio.example:9000.")
	switch {
	case problem != "":
		return problem
	case u.Scheme == "http" && !localhost.Is(u.Hostname()):
		return "The server's address must begin with https://. Over plain http anybody on the way could read your keys and data; " +
			"http is for addresses of this computer only, such as http://127.0.0.1:9000."
	case u.Path != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return "Enter the server's address alone, without a path, a bucket or anything else after the host: " + u.Scheme + "://" + u.Host + "."
	}
	return ""
}

// parseAddress takes apart an http or https URL with a host; otherwise it says what is wrong.
func parseAddress(s, example string) (*url.URL, string) {
	if problem := plainProblem(s); problem != "" {
		return nil, problem
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Opaque != "" || u.Hostname() == "" || strings.ContainsAny(s, " \\"):
		return nil, "This is no address. " + example
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, "The address must begin with https://. " + example
	case u.User != nil:
		return nil, "There is a user name or password in the address. Leave it out: Daypass signs in by the browser."
	case invalidHost(u.Hostname()):
		return nil, "The host is not one in plain letters, digits, dots and hyphens. Write one with letters of another script " +
			"in its xn-- form, so that it cannot be taken for another's."
	case invalidPort(u):
		return nil, "The port in the address is none: ports go from 1 to 65535."
	}
	return u, ""
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
