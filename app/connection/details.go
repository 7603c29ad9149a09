package connection

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"daypass/auth/safetext"
)

// Detail is a setting of a connection that differs from what a connection has by default.
type Detail struct {
	// Field is its path in the file, such as "keys.policy".
	Field string
	// Label says what it is, and Value how it is set, on one line.
	Label, Value string
}

// Details returns every setting of d that is not a default, besides its name, the two addresses that each
// connection has, and the client ID: a user who imports a file sees all that it would do.
func (d Definition) Details() []Detail {
	var out []Detail
	add := func(field, label, value string) {
		if value != "" {
			out = append(out, Detail{field, label, value})
		}
	}
	add("sts_endpoint", "STS address", d.STSEndpoint)
	add("region", "Region", d.Region)
	add("ca_file", "Also trusts", d.CAFile)
	d.Provider.details(add)
	d.Keys.details(add)
	return out
}

func (l Provider) details(add func(field, label, value string)) {
	if !l.ClientSecret.IsZero() {
		add("login.client_secret", "Client secret", "set")
	}
	add("login.scopes", "Scopes", strings.Join(l.Scopes, " "))
	if !l.StaySignedIn {
		add("login.stay_signed_in", "Stay signed in", "no")
	}
	for _, name := range slices.Sorted(maps.Keys(l.ExtraParameters)) {
		add("login.extra_parameters", "Sign-in parameter", name+" = "+l.ExtraParameters[name])
	}
	add("login.redirect_host", "Redirect host", l.RedirectHost)
	ports := make([]string, len(l.RedirectPorts))
	for i, port := range l.RedirectPorts {
		ports[i] = strconv.Itoa(port)
	}
	add("login.redirect_ports", "Redirect ports", strings.Join(ports, ", "))
	add("login.redirect_path", "Redirect path", l.RedirectPath)
}

func (k KeyRequest) details(add func(field, label, value string)) {
	if k.Duration != 0 {
		add("keys.duration", "Credentials for", formatDuration(k.Duration))
	}
	add("keys.role_arn", "Role", k.RoleARN)
	add("keys.policy", "Policy", oneLine(k.Policy))
	if k.SendAccessToken {
		add("keys.send_access_token", "Access token", "sent to the server too")
	}
}

// oneLine writes JSON without the blanks between its parts, and without characters that do not show.
func oneLine(text string) string {
	var compact bytes.Buffer
	if json.Compact(&compact, []byte(text)) == nil {
		text = compact.String()
	}
	return safetext.Line(text, 0)
}
