package connections

import (
	"slices"
	"strings"
	"time"

	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/presets"
	"daypass/ui/present"
)

// Field is one line of the form.
type Field struct {
	// Path is the field's path in the file, such as "login.issuer".
	Path                 string
	Label, Example, Help string
	// Choices are the values there are; empty for a field that is typed.
	Choices []present.Choice
}

// Fields returns the lines of the form from top to bottom.
func Fields() []Field {
	return []Field{
		{Path: "name", Label: messages.Text("connections.name"), Example: messages.Text("connections.name.example"), Help: messages.Text("connections.name.help")},
		{Path: "endpoint", Label: messages.Text("connections.endpoint"), Example: "https://minio.example:9000", Help: messages.Text("connections.endpoint.help")},
		{Path: "login.issuer", Label: messages.Text("connections.issuer"), Example: "https://login.example/realms/company", Help: messages.Text("connections.issuer.help")},
		{Path: "login.client_id", Label: messages.Text("connections.client-id"), Example: "desktop-app", Help: messages.Text("connections.client-id.help")},
		{Path: "login.scopes", Label: messages.Text("connections.scopes"), Example: "openid profile email", Help: messages.Text("connections.scopes.help")},
		{Path: "keys.role_arn", Label: messages.Text("connections.role"), Help: messages.Text("connections.role.help"), Choices: []present.Choice{
			{Value: "", Label: messages.Text("connections.role.claims")}, {Value: connection.DeriveRoleARN, Label: messages.Text("connections.role.minio")},
		}},
		{Path: "keys.duration", Label: messages.Text("connections.duration"), Help: messages.Text("connections.duration.help"), Choices: durations()},
	}
}

// durations are how long credentials can be requested for.
func durations() []present.Choice {
	all := []present.Choice{{Value: "", Label: messages.Text("connections.duration.server")}}
	for _, hours := range []time.Duration{1, 4, 8, 12, 24, 7 * 24} {
		d := hours * time.Hour
		all = append(all, present.Choice{Value: d.String(), Label: present.Lifetime(d)})
	}
	return all
}

// Options returns the choices, and a value besides that is none of them.
func (f Field) Options(value string) []present.Choice {
	if slices.ContainsFunc(f.Choices, func(c present.Choice) bool { return c.Value == value }) {
		return f.Choices
	}
	return append(slices.Clip(f.Choices), present.Choice{Value: value, Label: value})
}

// Form is a connection being added or edited.
type Form struct {
	Title, Text, Save string
	Values            map[string]string
	StaySignedIn      bool
	// base keeps what the form does not show.
	base connection.Definition
	// adds is true for a connection that the user enters: it gets what its identity provider wants.
	adds bool
}

// NewConnection is the form for a connection that is added.
func NewConnection() Form {
	f := formOf(connection.Definition{Provider: connection.Provider{StaySignedIn: true}})
	f.adds = true
	f.Title, f.Text, f.Save = messages.Text("connections.add"), messages.Text("connections.new.text"), messages.Text("connections.add")
	return f
}

// ImportedConnection is the form for a connection from a file, to be looked at before first use.
func ImportedConnection(d connection.Definition) Form {
	f := formOf(d)
	f.Title, f.Save = messages.Text("connections.import.title"), messages.Text("connections.add")
	s := d.Summary()
	f.Text = messages.Text("connections.import.sends", messages.Args{"Provider": s.ProviderHost, "Server": s.ServerHost})
	if s.STSHost != s.ServerHost {
		f.Text = messages.Text("connections.import.sends-sts", messages.Args{"Provider": s.ProviderHost, "TokenService": s.STSHost, "Server": s.ServerHost})
	}
	if s.CAFile != "" {
		f.Text = present.JoinSentences(f.Text, messages.Text("connections.import.trusts", messages.Args{"File": s.CAFile}))
	}
	if more := unshownDetails(d); more != "" {
		f.Text = present.JoinSentences(f.Text, messages.Text("connections.import.sets", messages.Args{"Settings": more}))
	}
	return f
}

// unshownDetails lists what a connection sets that neither a field of the form nor the sentences above it
// show.
func unshownDetails(d connection.Definition) string {
	shown := []string{"sts_endpoint", "ca_file", "login.stay_signed_in"}
	for _, f := range Fields() {
		shown = append(shown, f.Path)
	}
	var out []string
	for _, detail := range d.Details() {
		if !slices.Contains(shown, detail.Field) {
			out = append(out, messages.Text("connections.import.setting", messages.Args{"Name": detail.Label, "Value": present.Visible(detail.Value)}))
		}
	}
	return strings.Join(out, "; ")
}

// EditConnection is the form for a connection there is.
func EditConnection(d connection.Definition) Form {
	f := formOf(d)
	f.Title, f.Text, f.Save = messages.Text("connections.edit.title", messages.Args{"Connection": d.Name}), messages.Text("connections.edit.text"), messages.Text("common.save")
	return f
}

func formOf(d connection.Definition) Form {
	values := map[string]string{
		"name": d.Name, "endpoint": d.Endpoint, "login.issuer": d.Provider.Issuer, "login.client_id": d.Provider.ClientID,
		"login.scopes": strings.Join(d.Provider.Scopes, " "), "keys.role_arn": d.Keys.RoleARN, "keys.duration": "",
	}
	if d.Keys.Duration != 0 {
		values["keys.duration"] = d.Keys.Duration.String()
	}
	return Form{Values: values, StaySignedIn: d.Provider.StaySignedIn, base: d}
}

// Tidied returns a field's value as it is understood, for when the field is left: an address with its scheme, scopes
// with one blank between them.
func Tidied(path, value string) string {
	switch path {
	case "endpoint", "login.issuer":
		return connection.Address(value)
	case "login.scopes":
		return strings.Join(connection.Scopes(value), " ")
	}
	return strings.TrimSpace(value)
}

// Definition is the connection with the values of the form, normalized.
func (f Form) Definition(values map[string]string, stay bool) connection.Definition {
	d := f.base
	d.Name, d.Endpoint = values["name"], connection.Address(values["endpoint"])
	d.Provider.Issuer, d.Provider.ClientID = connection.Address(values["login.issuer"]), values["login.client_id"]
	d.Provider.Scopes, d.Provider.StaySignedIn = connection.Scopes(values["login.scopes"]), stay
	d.Keys.RoleARN, d.Keys.Duration = values["keys.role_arn"], 0
	if length, err := time.ParseDuration(values["keys.duration"]); err == nil {
		d.Keys.Duration = length
	}
	if f.adds {
		d = d.Completed()
	}
	return d.Normalized()
}

// HelpFor returns what is said below a field with a value: of a product that is recognized by its address, what to know of it.
func (f Field) HelpFor(value string) string {
	kinds := map[string]presets.Kind{"login.issuer": presets.Provider, "endpoint": presets.Server}
	p, found := presets.At(value)
	if !found || p.Unusable || p.Kind != kinds[f.Path] {
		return f.Help
	}
	return messages.Text(p.NoteID())
}
