package connection

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"daypass/app/messages"
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
	add("sts_endpoint", messages.Text("agent.connection.detail.sts-endpoint"), d.STSEndpoint)
	add("region", messages.Text("agent.connection.detail.region"), d.Region)
	add("ca_file", messages.Text("agent.connection.detail.ca-file"), d.CAFile)
	add("source", messages.Text("agent.connection.detail.source"), d.Source)
	d.Provider.details(add)
	d.Keys.details(add)
	return out
}

func (l Provider) details(add func(field, label, value string)) {
	if !l.ClientSecret.IsZero() {
		add("login.client_secret", messages.Text("agent.connection.detail.client-secret"), messages.Text("agent.connection.detail.client-secret.set"))
	}
	add("login.scopes", messages.Text("agent.connection.detail.scopes"), strings.Join(l.Scopes, " "))
	if !l.StaySignedIn {
		add("login.stay_signed_in", messages.Text("agent.connection.detail.stay-signed-in"), messages.Text("agent.connection.detail.stay-signed-in.no"))
	}
	add("login.acr_values", messages.Text("agent.connection.detail.acr-values"), strings.Join(l.ACRValues, " "))
	if l.MaxAge != 0 {
		add("login.max_age", messages.Text("agent.connection.detail.max-age"), FormatDuration(l.MaxAge))
	}
	add("login.login_hint", messages.Text("agent.connection.detail.login-hint"), l.LoginHint)
	add("login.prompt", messages.Text("agent.connection.detail.prompt"), l.Prompt)
	for _, name := range slices.Sorted(maps.Keys(l.ExtraParameters)) {
		add("login.extra_parameters", messages.Text("agent.connection.detail.extra-parameters"), name+" = "+l.ExtraParameters[name])
	}
	add("login.redirect_host", messages.Text("agent.connection.detail.redirect-host"), l.RedirectHost)
	ports := make([]string, len(l.RedirectPorts))
	for i, port := range l.RedirectPorts {
		ports[i] = strconv.Itoa(port)
	}
	add("login.redirect_ports", messages.Text("agent.connection.detail.redirect-ports"), strings.Join(ports, ", "))
	add("login.redirect_path", messages.Text("agent.connection.detail.redirect-path"), l.RedirectPath)
}

func (k KeyRequest) details(add func(field, label, value string)) {
	if k.Duration != 0 {
		add("keys.duration", messages.Text("agent.connection.detail.duration"), FormatDuration(k.Duration))
	}
	add("keys.role_arn", messages.Text("agent.connection.detail.role-arn"), k.RoleARN)
	add("keys.policy", messages.Text("agent.connection.detail.policy"), oneLine(k.Policy))
	if k.SendAccessToken {
		add("keys.send_access_token", messages.Text("agent.connection.detail.send-access-token"), messages.Text("agent.connection.detail.send-access-token.yes"))
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
