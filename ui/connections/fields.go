package connections

import (
	"slices"
	"time"

	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/presets"
	"daypass/ui/present"
)

// Kind is what a field is entered in.
type Kind int

// The kinds of field.
const (
	// Line is a line of text, Lines several, Masked a line that is not shown.
	Line Kind = iota
	Lines
	Masked
	// File is the path of a file of this computer, which can be chosen.
	File
	// Choice is one of several values, and Switch on or off.
	Choice
	Switch
)

// On is the value of a Switch that is on; that of one that is off is empty.
const On = "true"

// Field is one field of the form.
type Field struct {
	// Path is the field's path in the file, such as "login.issuer".
	Path                 string
	Kind                 Kind
	Label, Example, Help string
	// Choices are the values there are of a Choice. The value Typed, where it is among them, is for one that is entered.
	Choices []present.Choice
	// Advanced is true for a field that most connections leave empty.
	Advanced bool

	binding binding
}

// Typed is the value of a choice that stands for one that is entered, until it is.
const Typed = "?"

// Fields are the fields of the form, from top to bottom: all keys of a connection file.
func Fields() []Field {
	advanced := slices.Concat(serverFields(), requestFields(), redirectFields(), credentialFields())
	for i := range advanced {
		advanced[i].Advanced = true
	}
	return append(usualFields(), advanced...)
}

func usualFields() []Field {
	return []Field{
		{Path: "name", Label: messages.Text("connections.name"), Example: messages.Text("connections.name.example"), Help: messages.Text("connections.name.help"), binding: name},
		{Path: "endpoint", Label: messages.Text("connections.endpoint"), Example: "https://minio.example:9000", Help: messages.Text("connections.endpoint.help"), binding: endpoint},
		{Path: "login.issuer", Label: messages.Text("connections.issuer"), Example: "https://login.example/realms/company", Help: messages.Text("connections.issuer.help"), binding: issuer},
		{Path: "login.client_id", Label: messages.Text("connections.client-id"), Example: "desktop-app", Help: messages.Text("connections.client-id.help"), binding: clientID},
		{Path: "login.scopes", Label: messages.Text("connections.scopes"), Example: "openid profile email", Help: messages.Text("connections.scopes.help"), binding: scopes},
		{Path: "keys.role_arn", Kind: Choice, Label: messages.Text("connections.role"), Example: "arn:aws:iam::123456789012:role/name", Help: messages.Text("connections.role.help"), binding: role, Choices: []present.Choice{
			{Value: "", Label: messages.Text("connections.role.claims")},
			{Value: connection.DeriveRoleARN, Label: messages.Text("connections.role.minio")},
			{Value: Typed, Label: messages.Text("connections.role.arn")},
		}},
		{Path: "keys.duration", Kind: Choice, Label: messages.Text("connections.duration"), Help: messages.Text("connections.duration.help"), binding: duration, Choices: durations()},
		{Path: "login.stay_signed_in", Kind: Switch, Label: messages.Text("connections.stay-signed-in"), binding: staySignedIn},
	}
}

func serverFields() []Field {
	return []Field{
		{Path: "sts_endpoint", Label: messages.Text("agent.connection.detail.sts-endpoint"), Example: "https://sts.example", Help: messages.Text("connections.sts-endpoint.help"), binding: stsEndpoint},
		{Path: "region", Label: messages.Text("agent.connection.detail.region"), Example: "us-east-1", Help: messages.Text("connections.region.help"), binding: region},
		{Path: "ca_file", Kind: File, Label: messages.Text("connections.ca-file"), Help: messages.Text("connections.ca-file.help"), binding: caFile},
		{Path: "source", Label: messages.Text("agent.connection.detail.source"), Example: "https://company.example", Help: messages.Text("connections.source.help"), binding: source},
	}
}

// requestFields are what goes into the requests to the identity provider.
func requestFields() []Field {
	return []Field{
		{Path: "login.client_secret", Kind: Masked, Label: messages.Text("agent.connection.detail.client-secret"), Help: messages.Text("connections.client-secret.help"), binding: clientSecret},
		{Path: "login.login_hint", Label: messages.Text("agent.connection.detail.login-hint"), Example: "ada@example.com", Help: messages.Text("connections.login-hint.help"), binding: loginHint},
		{Path: "login.prompt", Kind: Choice, Label: messages.Text("agent.connection.detail.prompt"), Help: messages.Text("connections.prompt.help"), binding: prompt, Choices: []present.Choice{
			{Value: "", Label: messages.Text("connections.prompt.provider")},
			{Value: "login", Label: messages.Text("connections.prompt.login")},
			{Value: "select_account", Label: messages.Text("connections.prompt.account")},
			{Value: "consent", Label: messages.Text("connections.prompt.consent")},
			{Value: "none", Label: messages.Text("connections.prompt.none")},
		}},
		{Path: "login.max_age", Label: messages.Text("agent.connection.detail.max-age"), Example: "8h", Help: messages.Text("connections.max-age.help"), binding: maxAge},
		{Path: "login.acr_values", Label: messages.Text("agent.connection.detail.acr-values"), Example: "mfa", Help: messages.Text("connections.acr-values.help"), binding: acrValues},
		{Path: "login.extra_parameters", Kind: Lines, Label: messages.Text("connections.parameters"), Example: "access_type=offline", Help: messages.Text("connections.parameters.help"), binding: parameters},
	}
}

func redirectFields() []Field {
	return []Field{
		{Path: "login.redirect_host", Kind: Choice, Label: messages.Text("agent.connection.detail.redirect-host"), Help: messages.Text("connections.redirect-host.help"), binding: redirectHost, Choices: []present.Choice{
			{Value: "", Label: "127.0.0.1"}, {Value: "localhost", Label: "localhost"}, {Value: "::1", Label: "::1"},
		}},
		{Path: "login.redirect_ports", Label: messages.Text("agent.connection.detail.redirect-ports"), Example: "18250 18251", Help: messages.Text("connections.redirect-ports.help"), binding: redirectPorts},
		{Path: "login.redirect_path", Label: messages.Text("agent.connection.detail.redirect-path"), Example: "/callback", Help: messages.Text("connections.redirect-path.help"), binding: redirectPath},
	}
}

func credentialFields() []Field {
	return []Field{
		{Path: "keys.policy", Kind: Lines, Label: messages.Text("agent.connection.detail.policy"), Help: messages.Text("connections.policy.help"), binding: policy},
		{Path: "keys.send_access_token", Kind: Switch, Label: messages.Text("connections.send-access-token"), Help: messages.Text("connections.send-access-token.help"), binding: sendAccessToken},
	}
}

func durations() []present.Choice {
	all := []present.Choice{{Value: "", Label: messages.Text("connections.duration.server")}}
	for _, hours := range []time.Duration{1, 4, 8, 12, 24, 7 * 24} {
		d := hours * time.Hour
		all = append(all, present.Choice{Value: d.String(), Label: present.Lifetime(d)})
	}
	return all
}

// Options returns the choices of a field, with value among them: a definition may have one that the form does not list.
// That of a value that is entered is among those of a field with Typed.
func (f Field) Options(value string) []present.Choice {
	listed := func(value string) bool {
		return slices.ContainsFunc(f.Choices, func(c present.Choice) bool { return c.Value == value })
	}
	if listed(value) || listed(Typed) {
		return f.Choices
	}
	return append(slices.Clip(f.Choices), present.Choice{Value: value, Label: value})
}

// HelpFor returns the help for a field that holds a value: of a product that is known by its address, what to know of it.
func (f Field) HelpFor(value string) string {
	kinds := map[string]presets.Kind{"login.issuer": presets.Provider, "endpoint": presets.Server}
	p, found := presets.At(value)
	if !found || p.Unusable || p.Kind != kinds[f.Path] {
		return f.Help
	}
	return messages.Text(p.NoteID())
}
