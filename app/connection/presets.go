package connection

import (
	"maps"
	"slices"

	"daypass/app/presets"
)

// Completed returns d with what the identity provider at its issuer wants and d leaves open. What d says itself stays.
func (d Definition) Completed() Definition {
	if p, found := presets.At(d.Provider.Issuer); found && p.Kind == presets.Provider {
		return d.CompletedFor(p)
	}
	return d
}

// CompletedFor returns d with the defaults of a product where d leaves them open.
func (d Definition) CompletedFor(p presets.Product) Definition {
	l := &d.Provider
	if len(l.Scopes) == 0 {
		l.Scopes = slices.Clone(p.Defaults.Scopes)
	}
	if len(l.ExtraParameters) == 0 {
		l.ExtraParameters = maps.Clone(p.Defaults.ExtraParameters)
	}
	if l.RedirectHost == "" {
		l.RedirectHost = p.Defaults.RedirectHost
	}
	if len(l.RedirectPorts) == 0 {
		l.RedirectPorts = slices.Clone(p.Defaults.RedirectPorts)
	}
	return d
}

// Missing returns the first product at the addresses of d that wants more than d says, and the keys of a connection file
// that it wants; none where d is complete.
func (d Definition) Missing() (product string, keys []string) {
	for _, address := range []string{d.Provider.Issuer, d.Endpoint} {
		p, _ := presets.At(address)
		for _, key := range p.Ask {
			if !d.has(key) {
				keys = append(keys, key)
			}
		}
		if len(keys) > 0 {
			return p.Name, keys
		}
	}
	return "", nil
}

// Incomplete returns an error for each key that the products at the addresses of d want and d does not say, and for a
// role that its server cannot have.
func (d Definition) Incomplete() (problems []*FieldError) {
	product, keys := d.Missing()
	for _, key := range keys {
		problems = append(problems, &FieldError{key, text("wanted", "Product", product)})
	}
	if p, found := presets.At(d.Endpoint); found && p.ID != presets.MinIO && d.Keys.RoleARN == DeriveRoleARN {
		problems = append(problems, &FieldError{presets.RoleARN, text("role-derived", "Product", p.Name)})
	}
	return problems
}

func (d Definition) has(key string) bool {
	return map[string]bool{
		presets.ClientSecret: !d.Provider.ClientSecret.IsZero(),
		presets.STSEndpoint:  d.STSEndpoint != "",
		presets.Region:       d.Region != "",
		presets.RoleARN:      d.Keys.RoleARN != "",
	}[key]
}
