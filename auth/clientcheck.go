package auth

import (
	"context"
	"encoding/base64"
	"errors"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// RequiresPushed reports whether every authorization request must be a pushed one (RFC 9126).
func (p *Provider) RequiresPushed() bool { return p.requiresPushed }

// BindsTokens reports whether the provider takes proofs of possession (RFC 9449) that Daypass can make.
func (p *Provider) BindsTokens() bool {
	return slices.Contains(p.proofAlgorithms, string(proofAlgorithm))
}

// CheckSupported returns an *UnsupportedError where every sign-in at the provider needs what Daypass does not support.
func (p *Provider) CheckSupported() error { return p.checkSupported() }

// ClientStatus is what a provider makes of a client and its redirect URI before anybody signs in.
type ClientStatus string

// The statuses.
const (
	// ClientAccepted: the provider sent its answer to the redirect URI, which it does for those alone that it knows.
	ClientAccepted ClientStatus = "accepted"
	// ClientNotRefused: the provider went on to a sign-in page. Most do that for clients alone that they know.
	ClientNotRefused ClientStatus = "not-refused"
	// ClientUnknown and RedirectUnknown: the provider says that it does not know, or does not allow, one of them.
	ClientUnknown   ClientStatus = "client-unknown"
	RedirectUnknown ClientStatus = "redirect-unknown"
	// RequestRefused: the provider refuses the request, and does not say which of them is wrong.
	RequestRefused ClientStatus = "refused"
	// ClientUnchecked: nothing could be asked without the client's secret.
	ClientUnchecked ClientStatus = "unchecked"
)

// CheckClient asks the provider whether it knows the client ID and allows the redirect URI, with an authorization request
// that no user sees: prompt=none, without cookies, and only redirects to the same host and port are followed. The client
// secret is not sent.
//
// Errors: those of Discover, and ErrOtherSite and ErrMixUp where the request would go to another site.
func (c *Client) CheckClient(ctx context.Context) (ClientStatus, error) {
	p, err := c.Metadata(ctx)
	if err != nil {
		return "", err
	}
	if err := c.checkSites(p, p.AuthorizationEndpoint, p.PushedRequestEndpoint); err != nil {
		return "", err
	}
	a := newAttempt()
	a.redirectURI = c.redirects.example()
	request := c.authorizationRequest(a)
	request.Set(promptParam, promptNone)
	check := clientCheck{c, a.redirectURI}
	if p.requiresPushed {
		return check.pushed(ctx, p, request)
	}
	return check.pages(ctx, withQuery(p.AuthorizationEndpoint, request))
}

// clientCheck asks for a client with a redirect URI.
type clientCheck struct {
	client      *Client
	redirectURI string
}

// pushed asks a provider that takes pushed requests alone.
func (k clientCheck) pushed(ctx context.Context, p *Provider, request url.Values) (ClientStatus, error) {
	if !k.client.cfg.ClientSecret.IsZero() {
		return ClientUnchecked, nil
	}
	_, _, err := k.client.push(ctx, p, request)
	refused := new(ProviderError)
	switch {
	case err == nil:
		return ClientAccepted, nil
	case !errors.As(err, &refused):
		return "", err
	case refused.Code == "invalid_client" || refused.Code == "unauthorized_client":
		return ClientUnknown, nil
	}
	return refusedFor(refused.Code + " " + refused.Description), nil
}

// maxHops bounds the redirects within a provider. Dex looks at the client on its second page, and shows the third.
const maxHops = 4

// pages opens the page at an address, and those that it leads on to. A later one may refuse what comes without cookies:
// only what it says of the client counts.
func (k clientCheck) pages(ctx context.Context, address string) (ClientStatus, error) {
	status, next, err := k.page(ctx, address)
	for hops := 0; err == nil && next != "" && hops < maxHops; hops++ {
		later, onward, laterErr := k.page(ctx, next)
		if ctx.Err() != nil {
			return "", laterErr
		}
		if laterErr == nil && later != RequestRefused {
			status = later
		}
		next = onward
	}
	return status, err
}

// page opens a page of the provider, and returns what it makes of the client. Next is where the page leads on to, on
// the same host and port; empty where it leads nowhere, to the redirect URI, or to another site.
func (k clientCheck) page(ctx context.Context, address string) (status ClientStatus, next string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return "", "", &DiscoveryError{Check: "authorization_endpoint", Reason: because(ReasonAddressInvalid)}
	}
	answer, err := ask(k.client.post, "authorization request", req) // which follows no redirect
	if err != nil {
		return "", "", err
	}
	status, err = answer.clientStatus(k.redirectURI)
	if err != nil || status != ClientNotRefused || answer.status < 300 {
		return status, "", err
	}
	target, err := req.URL.Parse(answer.header.Get("Location"))
	if err != nil || target.Scheme != req.URL.Scheme || target.Host != req.URL.Host || target.User != nil {
		return status, "", nil
	}
	return status, target.String(), nil
}

// unboundPort is the port of a redirect URI on which nobody listens: nothing is to come back.
const unboundPort = 49321

// example returns a redirect URI as a sign-in has it.
func (r *redirects) example() string {
	port := unboundPort
	if len(r.ports) > 0 {
		port = r.ports[0]
	}
	return "http://" + net.JoinHostPort(r.host, strconv.Itoa(port)) + r.path
}

// clientStatus reads the answer to an authorization request.
func (a *answer) clientStatus(redirectURI string) (ClientStatus, error) {
	switch {
	case a.status == http.StatusTooManyRequests || a.status >= 500:
		return "", a.transient()
	case a.status >= 400:
		return refusedFor(string(a.body)), nil
	case a.status >= 300:
		return redirectedTo(a.header.Get("Location"), redirectURI), nil
	}
	if status := refusedFor(string(a.body)); entraError().Match(a.body) {
		return status, nil
	}
	return ClientNotRefused, nil
}

// redirectedTo reads where the browser would be sent.
func redirectedTo(location, redirectURI string) ClientStatus {
	target, err := url.Parse(location)
	if err != nil {
		return RequestRefused
	}
	query := target.Query()
	if base, _, _ := strings.Cut(location, "?"); base == redirectURI {
		if code := query.Get("error"); code == "unauthorized_client" || code == "invalid_client" {
			return ClientUnknown
		}
		return ClientAccepted
	}
	// Google says what is wrong in base64, and Hydra on a page of its own.
	authError, _ := base64.RawURLEncoding.DecodeString(strings.TrimRight(query.Get("authError"), "="))
	if !query.Has("error") && len(authError) == 0 {
		return ClientNotRefused
	}
	return refusedFor(strings.Join([]string{query.Get("error"), query.Get("error_description"), string(authError)}, " "))
}

var (
	// entraError are the codes with which Entra ID refuses a client or a redirect URI on a page that is not an error.
	entraError    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`AADSTS(50011|700016|90002)\b`) })
	aboutRedirect = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)AADSTS50011|redirect_uri_mismatch|invalid_redirect_uri` +
			`|(unregistered|invalid|unknown|mismatching|disallowed)[\w :"'-]{0,24}redirect|redirect[ _-]?ur[il][^<>]{0,120}?\b(not|invalid|mismatch|does|must|unregistered)`)
	})
	aboutClient = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)AADSTS700016|invalid_client|unauthorized_client|(unknown|invalid|unauthorized|no such)[\w :"'-]{0,16}client` +
			`|client[^<>]{0,80}?\b(not found|unknown|invalid|disabled|not registered|does not exist|not enabled)`)
	})
)

// refusedFor says by the words of an error what is refused.
func refusedFor(words string) ClientStatus {
	switch {
	case aboutRedirect().MatchString(words):
		return RedirectUnknown
	case aboutClient().MatchString(words):
		return ClientUnknown
	}
	return RequestRefused
}
