package auth

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"daypass/auth/localhost"
)

// Site is an issuer that signs the user in for another purpose than this client's, and the further
// hosts that are known to belong to it.
type Site struct {
	Issuer string
	Hosts  []string
}

// Trust is what is known, beyond a provider's own metadata, of where that may send the user and their
// tokens. A provider whose metadata names somebody else's sign-in page and its own token endpoint gets
// codes that are good at the other one (mix-up, RFC 9700 section 4.4).
type Trust struct {
	// Confirmed reports whether the user has confirmed that this client's issuer may name a host, which
	// is with its port where there is one. Nil: they have confirmed none.
	Confirmed func(host string) bool
	// Others returns the sites that are not this client's. Nil: there are none.
	Others func() []Site
}

// WithTrust has a Client ask t about hosts that are not on its issuer's own site.
func WithTrust(t Trust) Option { return func(c *Client) { c.trust = t } }

// checkSites fails with an *OtherSiteError unless each of the endpoints is on the issuer's own site, or is
// known to belong to it, or was confirmed by the user.
func (c *Client) checkSites(p *Provider, endpoints ...string) error {
	return c.checkAddresses(p, ownSite, endpoints...)
}

// checkAddresses is checkSites with another rule for what is the issuer's own: the page of a device code must be at its host.
func (c *Client) checkAddresses(p *Provider, own func(issuer, endpoint *url.URL) bool, addresses ...string) error {
	err := c.trust.compare(p, own, addresses)
	if err != nil {
		c.discard(p) // what it names may change
	}
	return err
}

// compare fails with an *OtherSiteError unless each address is its issuer's own, or was confirmed by the user.
func (t Trust) compare(p *Provider, own func(issuer, endpoint *url.URL) bool, addresses []string) error {
	issuer, err := url.Parse(p.Issuer)
	if err != nil {
		return &DiscoveryError{Check: "issuer", Reason: because(ReasonEndpointInvalid, "Endpoint", "issuer")}
	}
	found := &OtherSiteError{Issuer: issuer.Host}
	for _, address := range addresses {
		if address == "" {
			continue // the provider has none
		}
		u, err := url.Parse(address)
		if err != nil {
			return &DiscoveryError{Check: "document", Reason: because(ReasonAddressInvalid)}
		}
		isOwn := own(issuer, u)
		if owner := t.owner(issuer, u, isOwn); owner != "" {
			return &OtherSiteError{Issuer: issuer.Host, Hosts: []string{u.Host}, Owner: owner}
		}
		if !isOwn && !t.confirmed(u.Host) && !slices.Contains(found.Hosts, u.Host) {
			found.Hosts = append(found.Hosts, u.Host)
		}
	}
	if len(found.Hosts) > 0 {
		return found
	}
	return nil
}

func (t Trust) confirmed(host string) bool {
	return t.Confirmed != nil && t.Confirmed(host)
}

// owner is the host of another issuer to which an endpoint belongs, or empty. On the issuer's own site
// those are told apart by their paths, such as the realms of one Keycloak.
func (t Trust) owner(issuer, endpoint *url.URL, isOwn bool) string {
	if t.Others == nil {
		return ""
	}
	for _, other := range t.Others() {
		o, err := url.Parse(other.Issuer)
		if err != nil || strings.TrimSuffix(other.Issuer, "/") == strings.TrimSuffix(issuer.String(), "/") {
			continue
		}
		belongs := ownSite(o, endpoint) || !ownSite(issuer, o) && slices.Contains(other.Hosts, endpoint.Host)
		if isOwn {
			belongs = below(o, endpoint) > below(issuer, endpoint)
		}
		if belongs {
			return o.Host
		}
	}
	return ""
}

// below is the length of the issuer's path where the endpoint is below it on the same host, or zero.
func below(issuer, endpoint *url.URL) int {
	base := strings.TrimSuffix(issuer.EscapedPath(), "/")
	if issuer.Scheme != endpoint.Scheme || !strings.EqualFold(issuer.Host, endpoint.Host) || !strings.HasPrefix(endpoint.EscapedPath(), base+"/") {
		return 0
	}
	return len(base)
}

// ownSite reports whether an endpoint is on the issuer's site, which is the registrable domain, or known
// to belong to it.
func ownSite(issuer, endpoint *url.URL) bool {
	a, b := hostName(issuer), hostName(endpoint)
	if sameHost(issuer, endpoint) || isKnownPair(knownEndpoints, a, b) {
		return true
	}
	if isLiteral(a) || isLiteral(b) {
		return false
	}
	site, err := publicsuffix.EffectiveTLDPlusOne(a)
	other, otherErr := publicsuffix.EffectiveTLDPlusOne(b)
	return err == nil && otherErr == nil && site == other
}

// SameSite reports whether an address is on the site of another: below the same registrable domain, or the same host and
// port where that is a literal address or this computer, or known to belong to it.
func SameSite(site, address *url.URL) bool { return ownSite(site, address) }

// ownPage reports whether a page is at the issuer's own host, or known to be the issuer's.
func ownPage(issuer, page *url.URL) bool {
	return sameHost(issuer, page) || isKnownPair(knownPages, hostName(issuer), hostName(page))
}

// sameHost is by name. An address is of a computer, on which each port can be somebody else's.
func sameHost(a, b *url.URL) bool {
	if hostName(a) != hostName(b) {
		return false
	}
	return !isLiteral(hostName(a)) || port(a) == port(b)
}

func hostName(u *url.URL) string { return strings.TrimSuffix(strings.ToLower(u.Hostname()), ".") }

func isLiteral(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil || localhost.Is(host)
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	if u.Scheme == "http" {
		return "80"
	}
	return "443"
}

// pair is a provider whose hosts are on several sites: patterns of the issuer's host and of others.
type pair struct{ issuer, host string }

// knownEndpoints are providers with endpoints on other sites than the issuer's. The issuers publish
// metadata that none of their customers can write. REGION stands for the same text on both sides.
var knownEndpoints = []pair{
	{"accounts.google.com", "oauth2.googleapis.com"},
	{"accounts.google.com", "openidconnect.googleapis.com"},
	{"accounts.google.com", "www.googleapis.com"},
	{"sts.windows.net", "login.microsoftonline.com"},
	{"sts.windows.net", "login.windows.net"},
	{"cognito-idp.REGION.amazonaws.com", "*.auth.REGION.amazoncognito.com"},
	{"cognito-idp.REGION.amazonaws.com", "*.auth-fips.REGION.amazoncognito.com"},
}

// knownPages are the pages for device codes that are not at their issuer's host.
var knownPages = []pair{
	{"accounts.google.com", "www.google.com"},
	{"accounts.google.com", "google.com"},
	{"login.microsoftonline.com", "microsoft.com"},
	{"login.microsoftonline.com", "www.microsoft.com"},
	{"login.microsoftonline.com", "login.microsoft.com"},
	{"login.microsoftonline.us", "microsoft.com"},
	{"login.partner.microsoftonline.cn", "microsoft.com"},
	{"sts.windows.net", "microsoft.com"},
	{"sts.windows.net", "www.microsoft.com"},
	{"sts.windows.net", "login.microsoft.com"},
}

func isKnownPair(pairs []pair, issuer, host string) bool {
	return slices.ContainsFunc(pairs, func(p pair) bool {
		before, after, regional := strings.Cut(p.issuer, "REGION")
		if !regional {
			return issuer == p.issuer && host == p.host
		}
		region, ok := strings.CutPrefix(issuer, before)
		region, ok2 := strings.CutSuffix(region, after)
		if !ok || !ok2 || strings.Contains(region, ".") {
			return false
		}
		suffix := strings.ReplaceAll(strings.TrimPrefix(p.host, "*"), "REGION", region)
		name, ok := strings.CutSuffix(host, suffix)
		return ok && name != "" && !strings.Contains(name, ".")
	})
}
