package engine

import (
	"context"
	"sync"

	"daypass/app/connection"
	"daypass/app/trust"
	"daypass/auth"
	"daypass/stsclient"
)

// provider is the identity provider's side of one session: a client, the browser it opens, and the
// refresher of the session's tokens.
type provider struct {
	*auth.Client
	open func(link string) error
	save auth.SaveFunc

	mu        sync.Mutex
	refresher *auth.Refresher
}

// SignIn signs in with the system's browser.
func (p *provider) SignIn(ctx context.Context, req auth.SignInRequest) (auth.Tokens, error) {
	req.OpenBrowser = p.open
	return p.Client.SignIn(ctx, req)
}

// Resume makes tokens the ones that Refresh renews.
func (p *provider) Resume(tokens auth.Tokens) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refresher = auth.NewRefresher(p.Client, tokens, p.save)
	p.NoteConsent(tokens.Consent)
}

// Refresh renews the tokens of the last Resume.
func (p *provider) Refresh(ctx context.Context) (auth.Tokens, error) {
	p.mu.Lock()
	refresher := p.refresher
	p.mu.Unlock()
	if refresher == nil {
		return auth.Tokens{}, auth.ErrSignInAgain
	}
	return refresher.Refresh(ctx)
}

// inherit has next renew what before renews: a refresher holds the one token that works, and may be using it.
func inherit(next, before identityProvider, consent auth.Consent) {
	heir, ok := next.(*provider)
	if !ok {
		return
	}
	from, ok := before.(*provider)
	if !ok {
		return
	}
	from.mu.Lock()
	defer from.mu.Unlock()
	heir.refresher = from.refresher
	heir.NoteConsent(consent)
}

func realDependencies(open func(link string) error, sites *trust.Sites) builder {
	return func(def connection.Definition, save auth.SaveFunc) (dependencies, error) {
		client, err := auth.New(authConfig(def), auth.WithTrust(sites.Of(def)))
		if err != nil {
			return dependencies{}, err
		}
		keys, err := stsclient.New(stsConfig(def))
		if err != nil {
			return dependencies{}, err
		}
		storage, err := storageClient(def, keys)
		if err != nil {
			return dependencies{}, err
		}
		return dependencies{provider: &provider{Client: client, open: open, save: save}, sts: keys, revoker: storage, probe: storage}, nil
	}
}

// authConfig returns the provider's side of a connection. The issuer goes as its discovery URL: whether it
// ends in a slash is what nobody who types or pastes an address knows, and the provider says.
func authConfig(def connection.Definition) auth.Config {
	l := def.Provider
	return auth.Config{
		Issuer: auth.DiscoveryURL(l.Issuer), ClientID: l.ClientID, ClientSecret: l.ClientSecret, Scopes: l.Scopes, Offline: l.StaySignedIn,
		ExtraParams: l.AuthorizationParameters(), RedirectHost: l.RedirectHost, RedirectPorts: l.RedirectPorts,
		RedirectPath: l.RedirectPath, CAFile: def.CAFile,
		BearerTokens: def.Keys.SendAccessToken, // the storage server asks the provider with it
	}
}

func stsConfig(def connection.Definition) stsclient.Config {
	endpoint := def.STSEndpoint
	if endpoint == "" {
		endpoint = def.Endpoint
	}
	return stsclient.Config{Endpoint: endpoint, CAFile: def.CAFile}
}
