package connection

import (
	"slices"

	"daypass/app/messages"
)

// Updated returns d with what is published of it now. What is the user's own stays: the name, the ID, where it is published,
// and a client secret, which is not published, for as long as it is for the same client of the same provider.
func (d Definition) Updated(published Definition) Definition {
	out := published
	out.ID, out.Name, out.Source = d.ID, d.Name, d.Source
	if out.Provider.ClientSecret.IsZero() && out.Provider.sameClient(d.Provider) {
		out.Provider.ClientSecret = d.Provider.ClientSecret
	}
	return out
}

// sameClient reports whether both are the same client of the same identity provider.
func (p Provider) sameClient(other Provider) bool {
	return p.Issuer == other.Issuer && p.ClientID == other.ClientID
}

// Difference is a setting that two definitions have different values of; one that a definition does not have is empty.
type Difference struct{ Label, Before, After string }

// Differences returns the settings that differ between before and d, in the order of the file. The values of a client
// secret are not among them.
func (d Definition) Differences(before Definition) []Difference {
	var out []Difference
	was, is := before.settings(), d.settings()
	for _, s := range is {
		at := slices.IndexFunc(was, s.same)
		if at >= 0 && was[at].Value == s.Value {
			continue
		}
		diff := Difference{Label: s.Label, After: s.Value}
		if at >= 0 {
			diff.Before = was[at].Value
		}
		out = append(out, diff)
	}
	for _, s := range was {
		if !slices.ContainsFunc(is, s.same) {
			out = append(out, Difference{Label: s.Label, Before: s.Value})
		}
	}
	return out
}

// settings are the addresses and the client ID of d, and its details.
func (d Definition) settings() []Detail {
	all := []Detail{
		{"endpoint", messages.Text("connections.endpoint"), d.Endpoint},
		{"login.issuer", messages.Text("connections.issuer"), d.Provider.Issuer},
		{"login.client_id", messages.Text("connections.client-id"), d.Provider.ClientID},
	}
	for _, detail := range d.Details() {
		at := slices.IndexFunc(all, detail.same)
		if at < 0 {
			all = append(all, detail)
			continue
		}
		all[at].Value += "; " + detail.Value // of several parameters
	}
	return all
}

// same reports whether two details are of one setting.
func (d Detail) same(other Detail) bool { return d.Field == other.Field }
