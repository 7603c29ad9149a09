package setup

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"daypass/app/connection"
	"daypass/app/failure"
	"daypass/app/messages"
	"daypass/app/presets"
	"daypass/auth"
)

// wellKnown is the path of every provider's metadata.
const wellKnown = "/.well-known/openid-configuration"

// maxIssuers bounds how many issuers are looked for behind one address.
const maxIssuers = 6

// issuersFor returns the issuers that an address could belong to: itself, and what its path begins with, the longest
// first. One that is a discovery URL names one issuer alone.
func issuersFor(place *url.URL, path string) []string {
	base := place.Scheme + "://" + place.Host
	if issuer, is := strings.CutSuffix(path, wellKnown); is {
		return []string{base + issuer}
	}
	path = strings.TrimRight(path, "/")
	path = strings.Replace(path, "/oauth2/v2.0/authorize", "/v2.0", 1) // Entra ID
	var all []string
	for len(all) < maxIssuers-1 && path != "" {
		all = append(all, base+path)
		path = path[:strings.LastIndexByte(path, '/')]
	}
	return append(all, base)
}

// anyClient is the client ID with which metadata are read where none is known; it is not sent.
const anyClient = "daypass"

// client returns a client that asks the sites of the probe alone.
func (r *run) client(def connection.Provider, issuer string) (*auth.Client, error) {
	id := def.ClientID
	if id == "" {
		id = anyClient
	}
	return auth.New(auth.Config{
		// Where the address of the metadata is given, an issuer that ends in a slash is accepted too.
		Issuer: strings.TrimSuffix(issuer, "/") + wellKnown, ClientID: id, ClientSecret: def.ClientSecret, Scopes: def.Scopes,
		RedirectHost: def.RedirectHost, RedirectPorts: def.RedirectPorts, RedirectPath: def.RedirectPath,
	}, auth.WithTransport(r.network))
}

// discover looks for an issuer, and checks the client there where one is known. It returns false where none answers, not
// even one that cannot be used; that is reported where one is expected.
func (r *run) discover(ctx context.Context, issuers []string, expected bool) bool {
	host := hostOf(issuers[0])
	if expected {
		r.begin(StepProvider, host)
	}
	for _, issuer := range issuers {
		c, p, err := r.metadata(ctx, issuer)
		switch {
		case err == nil:
			r.describeProvider(host, p)
			r.checkClient(ctx, c, host)
			return true
		case !isAbsent(err):
			r.fail(StepProvider, host, err)
			return true
		}
	}
	if expected {
		r.end(StepProvider, host, Warning, text("provider-none"))
	}
	return false
}

// followPage looks for the issuer at an address that is known of the provider.
func (r *run) followPage(ctx context.Context) {
	page, problem := connection.Lead(r.options.ProviderPage)
	if problem.ID == "" {
		r.discover(ctx, issuersFor(&url.URL{Scheme: page.Scheme, Host: page.Host}, page.Path), true)
	}
}

// metadata reads the metadata of an issuer.
func (r *run) metadata(ctx context.Context, issuer string) (*auth.Client, *auth.Provider, error) {
	u, err := url.Parse(issuer)
	if err != nil {
		return nil, nil, err
	}
	r.network.allow(&url.URL{Scheme: u.Scheme, Host: u.Host})
	ctx, cancel := context.WithTimeout(ctx, stepTimeout)
	defer cancel()
	c, err := r.client(r.clientOf(r.definition()), issuer)
	if err != nil {
		return nil, nil, err
	}
	p, err := c.Metadata(ctx)
	return c, p, err
}

// clientOf returns the provider's side of a definition with the client ID that is to be checked.
func (r *run) clientOf(def connection.Definition) connection.Provider {
	p := def.Completed().Provider
	if r.options.ClientID != "" {
		p.ClientID = r.options.ClientID
	}
	return p
}

// isAbsent reports whether an error says that no issuer is at an address: something else answered.
func isAbsent(err error) bool {
	return slices.ContainsFunc(auth.Reasons(err), func(reason auth.Reason) bool {
		return slices.Contains([]auth.ReasonCode{auth.ReasonMetadataMissing, auth.ReasonWebPage, auth.ReasonNotJSON, auth.ReasonRedirect}, reason.Code)
	})
}

// describeProvider reports what a provider offers, and keeps its issuer.
func (r *run) describeProvider(host string, p *auth.Provider) {
	r.learn(func(f *findings) {
		r.out.Definition.Provider.Issuer = p.Issuer
		f.groups = slices.Contains(p.ScopesSupported, groupsScope)
	})
	if err := p.CheckSupported(); err != nil {
		r.fail(StepProvider, host, err)
		return
	}
	product, known := presets.At(p.Issuer)
	switch {
	case known && product.Unusable:
		r.begin(StepProvider, host)
		r.end(StepProvider, host, Failed, messages.Message{ID: product.NoteID()})
		return
	case known:
		r.note(StepProvider, host, OK, slices.Concat([]messages.Message{text("provider-product", "Issuer", p.Issuer, "Product", product.Name)}, offers(p))...)
	default:
		r.note(StepProvider, host, OK, slices.Concat([]messages.Message{text("provider", "Issuer", p.Issuer)}, offers(p))...)
	}
	r.describeScopes(host, p)
}

// offers says what a provider's metadata offer beside the sign-in by browser.
func offers(p *auth.Provider) []messages.Message {
	var names []string
	for _, o := range []struct {
		is   bool
		name string
	}{
		{slices.Contains(p.CodeChallengeMethods, "S256"), "PKCE"},
		{p.PushedRequestEndpoint != "", "PAR"},
		{p.BindsTokens(), "DPoP"},
	} {
		if o.is {
			names = append(names, o.name)
		}
	}
	var all []messages.Message
	if len(names) > 0 {
		all = append(all, text("provider-offers", "NameList", list(names)))
	}
	if p.DeviceAuthorizationEndpoint != "" {
		all = append(all, text("provider-device"))
	}
	if p.RevocationEndpoint != "" {
		all = append(all, text("provider-revocation"))
	}
	return all
}

// groupsScope is the scope, and the claim, by which many servers assign permissions.
const groupsScope = "groups"

// describeScopes reports which scopes and claims a provider publishes.
func (r *run) describeScopes(host string, p *auth.Provider) {
	var result []messages.Message
	if len(p.ScopesSupported) > 0 {
		result = append(result, text("scopes", "NameList", list(p.ScopesSupported)))
	}
	if len(p.ClaimsSupported) > 0 {
		result = append(result, text("claims", "NameList", list(p.ClaimsSupported)))
	}
	if len(result) > 0 {
		r.note(StepScopes, host, OK, result...)
	}
}

// checkClient asks the provider about the client; nothing where no client ID is known.
func (r *run) checkClient(ctx context.Context, c *auth.Client, host string) {
	id := r.clientOf(r.definition()).ClientID
	if id == "" {
		return
	}
	r.begin(StepClient, host)
	ctx, cancel := context.WithTimeout(ctx, stepTimeout)
	defer cancel()
	status, err := c.CheckClient(ctx)
	if err != nil {
		r.clientUnchecked(host, err)
		return
	}
	r.end(StepClient, host, clientStates[status], slices.Concat([]messages.Message{text("client-"+string(status), "ClientID", id)}, r.registration(status))...)
}

// clientUnchecked reports that the provider did not say anything of the client.
func (r *run) clientUnchecked(host string, err error) {
	if errors.Is(err, auth.ErrOtherSite) {
		r.end(StepClient, host, Warning, failure.ReasonsOf(err)...)
		return
	}
	r.fail(StepClient, host, err)
}

// clientStates are how the step of the client ends.
var clientStates = map[auth.ClientStatus]State{
	auth.ClientAccepted: OK, auth.ClientNotRefused: OK, auth.ClientUnknown: Failed, auth.RedirectUnknown: Failed, auth.RequestRefused: Failed,
	auth.ClientUnchecked: Notice,
}

// redirectPath is the path of redirect URIs where a connection names none, and redirectHost the host.
const (
	redirectPath = "/callback"
	redirectHost = "127.0.0.1"
)

// registration says what the administrator registers where the provider refuses a client.
func (r *run) registration(status auth.ClientStatus) []messages.Message {
	if clientStates[status] != Failed {
		return nil
	}
	def := r.definition().Completed().Provider
	host, path := cmp.Or(def.RedirectHost, redirectHost), cmp.Or(def.RedirectPath, redirectPath)
	if len(def.RedirectPorts) == 0 {
		return []messages.Message{text("client-next", "URI", (&url.URL{Scheme: "http", Host: bracketed(host), Path: path}).String())}
	}
	var uris []string
	for _, port := range def.RedirectPorts {
		uris = append(uris, "http://"+net.JoinHostPort(host, strconv.Itoa(port))+path)
	}
	return []messages.Message{text("client-next-ports", "NameList", list(uris))}
}

// bracketed returns a host as it is in a URL.
func bracketed(host string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

// checkProvider checks the provider with an issuer.
func (r *run) checkProvider(ctx context.Context, issuer string) {
	host := hostOf(issuer)
	if host == "" {
		return
	}
	traced, t := r.traced(ctx, host, StepProvider)
	c, p, err := r.metadata(traced, issuer)
	switch {
	case err == nil:
		r.describeProvider(host, p)
		r.checkClient(ctx, c, host)
	case !t.failed(err):
		r.fail(StepProvider, host, err)
	}
}

// maxListed bounds how many scopes or claims are shown.
const maxListed = 40

// list returns names as the value of a parameter.
func list(names []string) string {
	return strings.Join(names[:min(len(names), maxListed)], messages.ListSeparator)
}
