package auth

import (
	"net/url"
	"regexp"
	"strings"
)

// entraAddress is an address of Entra ID, in any of its clouds, up to the tenant.
var entraAddress = regexp.MustCompile(`^https://(login\.microsoftonline\.(com|us|de)|login\.partner\.microsoftonline\.cn|sts\.windows\.net)/([^/]+)`)

// issuerMismatch says what to do about a provider whose metadata name another issuer than the one that
// was asked for.
func issuerMismatch(named, configured string) *DiscoveryError {
	reason := "The provider calls itself " + quote(named) + " and not " + quote(configured) + "."
	requested, is := entraAddress.FindStringSubmatch(configured), entraAddress.FindStringSubmatch(named)
	switch {
	case strings.ContainsAny(named, "{}"):
		reason = "This address serves every organization and names none. Use the address with your own organization's ID in it" + tenantExample(named) + "."
	case requested != nil && is != nil:
		reason += " Use the address with your organization's ID: " + quote(tenantAddress(requested[1], is[3])) + "."
	case isAddress(named):
		reason += " If that is your provider, use its address."
	}
	return &DiscoveryError{Check: "issuer", Reason: reason}
}

// tenantExample shows where in a template of Entra ID the tenant's ID goes.
func tenantExample(template string) string {
	if m := entraAddress.FindStringSubmatch(template); m != nil {
		return " (Entra ID: the tenant ID), such as " + quote(tenantAddress(m[1], "00000000-0000-0000-0000-000000000000"))
	}
	return ""
}

// tenantAddress is the issuer of a tenant at Entra ID, in version 2. The issuer of version 1 has a host
// of its own, at which nobody signs in.
func tenantAddress(host, tenant string) string {
	if host == "sts.windows.net" {
		host = "login.microsoftonline.com"
	}
	return "https://" + host + "/" + tenant + "/v2.0"
}

func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && secure(u) && plain(s)
}
