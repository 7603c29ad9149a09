// Package presets is what is known of products before anybody has signed in: by which addresses identity providers are
// recognized, what a connection with them wants, what goes wrong, and what an administrator registers. A product
// is a row of a table; it is pure.
package presets

import (
	"net/url"
	"slices"
	"strings"
)

// Kind says what a product is in a connection.
type Kind string

// The kinds.
const (
	Provider Kind = "provider"
	Server   Kind = "server"
)

// Product is an identity provider or a storage server.
type Product struct {
	// ID is stable, and part of the IDs of its texts: presets.ID.note and the like.
	ID string
	// Name is what its makers call it.
	Name string
	Kind Kind
	// Documentation is the URL of the makers' own page.
	Documentation string
	// Hosts and Paths are where it is recognized: a host or a domain that begins with a dot, and what a path contains or, from
	// its first slash to its end, is. Products that anybody runs at any address have neither.
	Hosts, Paths []string
	// Defaults are what a connection with it has unless its user says otherwise.
	Defaults Defaults
	// Ask lists the keys of a connection file that it wants besides the usual ones; see ClientSecret and those beside it.
	Ask []string
	// Client is what a provider calls a desktop program in its own administration.
	Client string
	// Redirect says how a provider compares the redirect URIs of desktop programs.
	Redirect Redirect
	// Roles is true where a server assigns permissions by roles, and false where it does by a claim.
	Roles bool
	// Unusable is true where it cannot sign users in to storage.
	Unusable bool
}

// Defaults are values of a connection.
type Defaults struct {
	Scopes          []string
	ExtraParameters map[string]string
	RedirectHost    string
	RedirectPorts   []int
}

// Redirect says what of a loopback redirect URI must be registered.
type Redirect string

// The ways.
const (
	// AnyPort is RFC 8252, section 7.3: the port does not matter.
	AnyPort Redirect = "any-port"
	// ExactPorts is a comparison of whole URIs.
	ExactPorts Redirect = "exact"
	// Pattern is a provider that takes a regular expression.
	Pattern Redirect = "pattern"
	// None is a provider that wants no redirect URIs for public clients, and a storage server.
	None Redirect = ""
)

// All returns all products, the identity providers first, in the order of their names.
func All() []Product { return slices.Concat(providers, servers) }

// Find returns the product with an ID or a name, in upper or lower case, or the provider at an issuer's address or the
// server at an endpoint's.
func Find(text string) (Product, bool) {
	for _, p := range All() {
		if strings.EqualFold(text, p.ID) || strings.EqualFold(text, p.Name) {
			return p, true
		}
	}
	return At(text)
}

// At returns the product at an address.
func At(address string) (Product, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return Product{}, false
	}
	for _, p := range All() {
		if p.isAt(u) {
			return p, true
		}
	}
	return Product{}, false
}

func (p Product) isAt(u *url.URL) bool {
	host, path := strings.ToLower(u.Hostname()), strings.TrimSuffix(strings.TrimSuffix(u.Path, "/.well-known/openid-configuration"), "/")
	for _, h := range p.Hosts {
		if host == h || strings.HasPrefix(h, ".") && strings.HasSuffix(host, h) {
			return true
		}
	}
	return slices.ContainsFunc(p.Paths, func(part string) bool {
		if strings.HasSuffix(part, "/") {
			return strings.Contains(path, part)
		}
		return path == part
	})
}

// NoteID is the ID of the text that says what to know of a product, in a sentence or two.
func (p Product) NoteID() string { return "presets." + p.ID + ".note" }
