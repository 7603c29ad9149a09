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
	return &DiscoveryError{Check: "issuer", Reason: mismatchReason(named, configured)}
}

func mismatchReason(named, configured string) Reason {
	mismatch := []string{"Found", quote(named), "Expected", quote(configured)}
	requested, is := entraAddress.FindStringSubmatch(configured), entraAddress.FindStringSubmatch(named)
	switch {
	case strings.ContainsAny(named, "{}"):
		return templateReason(named)
	case requested != nil && is != nil:
		return because(ReasonIssuerTenant, append(mismatch, "Use", quote(tenantAddress(requested[1], is[3])))...)
	case isAddress(named):
		return because(ReasonIssuerMismatchUse, mismatch...)
	}
	return because(ReasonIssuerMismatch, mismatch...)
}

// templateReason is for an issuer with a placeholder. At Entra ID, the tenant's ID goes there.
func templateReason(template string) Reason {
	if m := entraAddress.FindStringSubmatch(template); m != nil {
		return because(ReasonIssuerTemplateEntra, "Example", quote(tenantAddress(m[1], "00000000-0000-0000-0000-000000000000")))
	}
	return because(ReasonIssuerTemplate)
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
