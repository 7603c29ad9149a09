package setup

import (
	"net"
	"net/url"
	"slices"

	"daypass/app/connection"
	"daypass/app/presets"
	"daypass/stsclient"
)

// outcome makes a connection of what was found, and says what it still lacks.
func (r *run) outcome() Outcome {
	r.mu.Lock()
	defer r.mu.Unlock()
	def := &r.out.Definition
	if r.out.Invited {
		r.out.Steps = r.all()
		return r.out
	}
	if r.out.Definition.Provider.ClientID == "" {
		def.Provider.ClientID = r.options.ClientID
	}
	if def.ID == "" && def.Name == "" {
		r.propose(def)
	}
	if r.out.Definition.Endpoint != "" || def.Provider.Issuer != "" || r.found.untrusted {
		r.out.Missing = r.missing(*def)
	}
	r.out.Steps = r.all()
	return r.out
}

// propose adds what follows from the products to a connection that is new.
func (r *run) propose(def *connection.Definition) {
	def.Name = nameFor(*def)
	def.Provider.StaySignedIn = true
	if r.found.needsRole && r.found.identity.Software == stsclient.SoftwareMinIO {
		def.Keys.RoleARN = connection.DeriveRoleARN
	}
	*def = def.Completed()
	if len(def.Provider.Scopes) == 0 && r.found.groups && !r.found.needsRole {
		def.Provider.Scopes = []string{"openid", "profile", "email", groupsScope}
	}
}

// nameFor returns a name for a connection: the host of its server.
func nameFor(def connection.Definition) string {
	for _, address := range []string{def.Endpoint, def.Provider.Issuer} {
		u, err := url.Parse(address)
		if err == nil && u.Host != "" {
			if net.ParseIP(u.Hostname()) != nil {
				return u.Host
			}
			return u.Hostname()
		}
	}
	return ""
}

// missing lists what a connection needs and does not have, in the order of the form.
func (r *run) missing(def connection.Definition) []string {
	_, wanted := def.Missing()
	var all []string
	for _, field := range []struct {
		key     string
		missing bool
	}{
		{"endpoint", def.Endpoint == ""},
		{presets.STSEndpoint, r.found.elsewhere && def.STSEndpoint == ""},
		{presets.Region, false},
		{"ca_file", r.found.untrusted},
		{"login.issuer", def.Provider.Issuer == ""},
		{"login.client_id", def.Provider.ClientID == ""},
		{presets.ClientSecret, false},
		{presets.RoleARN, r.found.needsRole && def.Keys.RoleARN == ""},
	} {
		if field.missing || slices.Contains(wanted, field.key) {
			all = append(all, field.key)
		}
	}
	return all
}
