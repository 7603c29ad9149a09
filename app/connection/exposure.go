package connection

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"daypass/app/messages"
)

// Exposure returns a sentence on whose sign-in d would send to a server that does not get it yet; empty
// where there is none. An ID token is good wherever its issuer and client are known: who gets the one can
// use the other server as the user (rule 39). known are the other connections.
func (d Definition) Exposure(known []Definition) string {
	var names []string
	for _, k := range known {
		if !d.sameProvider(k) {
			continue
		}
		if d.tokenReceiver() == k.tokenReceiver() {
			return "" // it has the token already
		}
		names = append(names, k.Name)
	}
	if len(names) == 0 {
		return ""
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if more := len(names) - maxNames; more > 0 {
		names = append(names[:maxNames:maxNames], messages.Plural("agent.connection.exposure.more", more))
	}
	return messages.Text("agent.connection.exposure", messages.Args{"Connections": messages.Current().Format().List(names), "Server": d.tokenReceiver()})
}

// MovesProvider reports whether d would send tokens to another server than before, or tokens of another provider.
func (d Definition) MovesProvider(before Definition) bool {
	return !d.sameProvider(before) || d.tokenReceiver() != before.tokenReceiver()
}

// sameProvider reports whether tokens for the one are tokens for the other.
func (d Definition) sameProvider(other Definition) bool {
	return d.Provider.ClientID == other.Provider.ClientID && canonical(d.Provider.Issuer) == canonical(other.Provider.Issuer)
}

// tokenReceiver is the server that gets the ID token, with its port.
func (d Definition) tokenReceiver() string {
	if d.STSEndpoint != "" {
		return hostAndPort(d.STSEndpoint)
	}
	return hostAndPort(d.Endpoint)
}

// canonical makes addresses of one issuer equal that are spelled differently.
func canonical(address string) string {
	u, err := url.Parse(strings.TrimSuffix(address, "/.well-known/openid-configuration"))
	if err != nil {
		return address
	}
	return u.Scheme + "://" + hostAndPort(address) + strings.TrimRight(u.Path, "/")
}

// hostAndPort is the host of an address in small letters, with the port unless it is the scheme's own.
func hostAndPort(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	host, port := strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), u.Port()
	if port == "" || port == "443" && u.Scheme == "https" || port == "80" && u.Scheme == "http" {
		return host
	}
	return net.JoinHostPort(host, port)
}

// maxNames is how many connections a sentence names.
const maxNames = 3
