package setup

import (
	"context"
	"net"
	"net/url"
	"strings"

	"daypass/auth/localhost"
	"daypass/stsclient"
)

// s3Port is the port of the S3 API where nothing else is set up; that of the console is 9001.
const s3Port = "9000"

// follow probes from an address: it stops at the first place where a storage server, its console or an identity provider
// answers.
func (r *run) follow(ctx context.Context, lead *url.URL, typed string) {
	places := placesFor(lead, strings.Contains(typed, "://"))
	for i, place := range places {
		if r.look(ctx, place, lead.Path) {
			for _, before := range places[:i] {
				r.soften(before.Host)
			}
			return
		}
		if ctx.Err() != nil {
			return
		}
	}
}

// placesFor returns where to look: what the user typed first. Where they left out the scheme or the port, others
// follow.
func placesFor(lead *url.URL, withScheme bool) []*url.URL {
	at := func(scheme, host string) *url.URL { return &url.URL{Scheme: scheme, Host: host} }
	places := []*url.URL{at(lead.Scheme, lead.Host)}
	switch {
	case lead.Scheme == "http" && !withScheme:
		places = append(places, at("https", lead.Host))
	case lead.Port() == "" && lead.Path == "" && !localhost.Is(lead.Hostname()):
		places = append(places, at(lead.Scheme, net.JoinHostPort(lead.Hostname(), s3Port)))
	}
	return places
}

// look asks one place all that it could be, and reports whether it is something.
func (r *run) look(ctx context.Context, place *url.URL, path string) bool {
	if strings.HasSuffix(path, wellKnown) {
		return r.lookForIssuer(ctx, place, path)
	}
	identity, ok := r.identify(ctx, place)
	if !ok {
		return false
	}
	if identity.S3 {
		r.describe(place, identity)
		r.isServer(place, identity)
		r.offer(ctx, place, identity.Software, "")
		return true
	}
	var login consoleLogin
	var provider bool
	together(
		func() { login = r.askConsole(ctx, place) },
		func() { provider = r.discover(ctx, issuersFor(place, path), false) },
	)
	switch {
	case provider:
		r.end(StepServer, place.Host, Notice, text("server-none"))
	case identity.Console || login.found:
		r.describe(place, stsclient.Identity{Console: true})
		together(
			func() { r.findServer(ctx, place) },
			func() { r.followLogin(ctx, place, login) },
		)
	default:
		r.nothing(place)
		return false
	}
	return true
}

// lookForIssuer asks a place that is a discovery URL.
func (r *run) lookForIssuer(ctx context.Context, place *url.URL, path string) bool {
	issuer := issuersFor(place, path)[0]
	r.checkProvider(ctx, issuer)
	return r.definition().Provider.Issuer != ""
}

// nothing reports a place where neither a server nor a provider answers.
func (r *run) nothing(place *url.URL) {
	r.end(StepServer, place.Host, Failed, text("nothing", "Host", place.Host))
}

// findServer looks for the S3 API of the server whose console is at a place.
func (r *run) findServer(ctx context.Context, console *url.URL) {
	for _, host := range serversFor(console) {
		server := &url.URL{Scheme: console.Scheme, Host: host}
		identity, ok := r.identify(ctx, server)
		switch {
		case ok && identity.S3:
			r.describe(server, identity)
			r.isServer(server, identity)
			r.offer(ctx, server, identity.Software, "")
			return
		case ok:
			r.describe(server, identity)
		}
		r.soften(server.Host)
	}
	r.end(StepServer, console.Host, Warning, text("server-console"), text("server-console-next"))
}

// serversFor returns where the S3 API usually is for a console.
func serversFor(console *url.URL) []string {
	if console.Port() == s3Port {
		return nil
	}
	return []string{net.JoinHostPort(console.Hostname(), s3Port)}
}
