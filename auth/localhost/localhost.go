// Package localhost knows the names of this computer itself, to which plain http may go.
package localhost

import "net/netip"

// Is reports whether host, as in a URL and without its port, is this computer by a literal address or as
// localhost. Nothing is resolved: another name that leads here now may lead elsewhere later. LOCALHOST is
// another name too: what is sent there in the clear would go by a proxy, which the standard library leaves
// out for localhost as it is written here.
func Is(host string) bool {
	if a, err := netip.ParseAddr(host); err == nil {
		return a.IsLoopback()
	}
	return host == "localhost"
}
