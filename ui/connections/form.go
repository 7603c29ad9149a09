package connections

import (
	"slices"
	"strings"
	"time"

	"daypass/app/connection"
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

// Fields are the lines of the form from top to bottom.
var Fields = []Field{
	{Path: "name", Label: "Name", Example: "Research lake", Help: "What you call it. Only you see it."},
	{Path: "endpoint", Label: "Server address", Example: "https://minio.example:9000", Help: "Where the storage answers."},
	{Path: "login.issuer", Label: "Login address", Example: "https://login.example/realms/company", Help: "The issuer of your company login. The address that ends in /.well-known/openid-configuration works too."},
	{Path: "login.client_id", Label: "Client ID", Example: "desktop-app", Help: "The name under which this login knows Daypass. Your administrator has it."},
	{Path: "login.scopes", Label: "Scopes", Example: "openid profile email", Help: "What the login is asked to tell the storage. Leave it empty if nobody told you otherwise."},
	{Path: "keys.role_arn", Label: "Role", Help: "How the storage decides what you may do. Most servers go by the login.", Choices: []present.Choice{
		{Value: "", Label: "By what the login says about me"}, {Value: connection.DeriveRoleARN, Label: "MinIO's role for this client ID"},
	}},
	{Path: "keys.duration", Label: "Keys last", Help: "How long keys are asked for. The server may give less, and its word counts.", Choices: []present.Choice{
		{Value: "", Label: "As long as the server gives"},
		{Value: "1h0m0s", Label: "1 hour"},
		{Value: "4h0m0s", Label: "4 hours"},
		{Value: "8h0m0s", Label: "8 hours"},
		{Value: "12h0m0s", Label: "12 hours"},
		{Value: "24h0m0s", Label: "1 day"},
		{Value: "168h0m0s", Label: "7 days"},
	}},
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
}

// NewConnection is the form for a connection that is added.
func NewConnection() Form {
	f := formOf(connection.Definition{Provider: connection.Provider{StaySignedIn: true}})
	f.Title, f.Text, f.Save = "Add a connection", "Your administrator knows these.", "Add connection"
	return f
}

// ImportedConnection is the form for a connection from a file, to be looked at before first use.
func ImportedConnection(d connection.Definition) Form {
	f := formOf(d)
	f.Title, f.Save = "Check before you add it", "Add connection"
	s := d.Summary()
	f.Text = "This file sends you to " + s.ProviderHost + " to sign in, and gives " + s.ServerHost + " your login's word for who you are."
	if s.STSHost != s.ServerHost {
		f.Text = "This file sends you to " + s.ProviderHost + " to sign in, and gives " + s.STSHost + " your login's word for who you are. The storage is " + s.ServerHost + "."
	}
	if s.CAFile != "" {
		f.Text += " It also trusts the certificates in " + s.CAFile + "."
	}
	if more := unshownDetails(d); more != "" {
		f.Text += " It also sets: " + more + "."
	}
	return f
}

// unshownDetails lists what a connection sets that neither a field of the form nor the sentences above it
// show.
func unshownDetails(d connection.Definition) string {
	shown := []string{"sts_endpoint", "ca_file", "login.stay_signed_in"}
	for _, f := range Fields {
		shown = append(shown, f.Path)
	}
	var out []string
	for _, detail := range d.Details() {
		if !slices.Contains(shown, detail.Field) {
			out = append(out, strings.ToLower(detail.Label[:1])+detail.Label[1:]+" "+present.Visible(detail.Value))
		}
	}
	return strings.Join(out, "; ")
}

// EditConnection is the form for a connection there is.
func EditConnection(d connection.Definition) Form {
	f := formOf(d)
	f.Title, f.Text, f.Save = "Edit "+d.Name, "Changes count from the next sign-in.", "Save"
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
	return d.Normalized()
}
