package setup

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"

	"daypass/auth"
	"daypass/auth/localhost"
	"daypass/auth/safetext"
)

// consoleLoginPath is where the consoles of MinIO, AIStor and their successors say how users sign in to them.
const consoleLoginPath = "/api/v1/login"

// maxLoginAnswer bounds that answer, in bytes.
const maxLoginAnswer = 64 << 10

// consoleLogin is how users sign in to a console.
type consoleLogin struct {
	// found is true where it is a console.
	found bool
	// page is the authorization request that the console's own button leads to; nil for none.
	page *url.URL
}

// loginAnswer is the console's answer; older ones have redirect in place of redirectRules.
type loginAnswer struct {
	LoginStrategy string
	Redirect      json.RawMessage
	RedirectRules []struct{ Redirect string }
}

// askConsole asks whether a console is at a place, and how users sign in to it.
func (r *run) askConsole(ctx context.Context, place *url.URL) (login consoleLogin) {
	ctx, cancel := context.WithTimeout(ctx, stepTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, place.JoinPath(consoleLoginPath).String(), http.NoBody)
	if err != nil {
		return login
	}
	req.Header.Set("Accept", "application/json")
	answer, err := r.network.RoundTrip(req) // which follows no redirect
	if err != nil {
		return login
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxLoginAnswer))
	var said loginAnswer
	if err != nil || answer.StatusCode != http.StatusOK || json.Unmarshal(body, &said) != nil || said.LoginStrategy == "" {
		return login
	}
	return consoleLogin{found: true, page: said.page()}
}

// page returns the authorization request; nil where there is none that could be followed.
func (a loginAnswer) page() *url.URL {
	var addresses []string
	for _, rule := range a.RedirectRules {
		addresses = append(addresses, rule.Redirect)
	}
	var several []string
	var one string
	if json.Unmarshal(a.Redirect, &several) == nil {
		addresses = append(addresses, several...)
	} else if json.Unmarshal(a.Redirect, &one) == nil {
		addresses = append(addresses, one)
	}
	for _, address := range addresses {
		u, err := url.Parse(address)
		if err == nil && u.Host != "" && u.User == nil && (u.Scheme == "https" || u.Scheme == "http" && localhost.Is(u.Hostname())) {
			return u
		}
	}
	return nil
}

// followLogin takes client ID and issuer from the console's own sign-in. A provider on another site is asked only once the
// user has confirmed that (rule 56).
func (r *run) followLogin(ctx context.Context, console *url.URL, login consoleLogin) {
	if !login.found {
		return
	}
	if login.page == nil {
		r.note(StepConsole, console.Host, Notice, text("console-password"))
		return
	}
	clientID := safetext.Line(login.page.Query().Get("client_id"), 0)
	r.note(StepConsole, console.Host, OK, text("console-login", "Host", login.page.Host, "ClientID", clientID))
	r.learn(func(*findings) {
		if r.out.Definition.Provider.ClientID = r.options.ClientID; r.options.ClientID == "" {
			r.out.Definition.Provider.ClientID = clientID
		}
	})
	site := &url.URL{Scheme: login.page.Scheme, Host: login.page.Host}
	if !r.network.allowed(site) && !auth.SameSite(console, site) {
		r.learn(func(*findings) { r.out.OtherSites = append(r.out.OtherSites, site.Host) })
		r.note(StepProvider, site.Host, Warning, text("provider-other-site", "Host", site.Host))
		return
	}
	r.discover(ctx, issuersFor(site, login.page.Path), true)
}
