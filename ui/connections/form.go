package connections

import (
	"errors"
	"slices"
	"strings"

	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/presets"
	"daypass/ui/present"
)

// Form is a definition to be added or edited.
type Form struct {
	Title, Text, Save string
	// Values are the values of the fields, by their paths.
	Values map[string]string
	// moves is true for a connection that goes to another server: the form has the fields of that alone.
	moves bool
	// base is the definition as it was.
	base connection.Definition
	// adds is true for a connection that the user enters: it gets what its identity provider wants.
	adds bool
}

// NewConnection is an empty form.
func NewConnection() Form {
	f := formOf(connection.Definition{Provider: connection.Provider{StaySignedIn: true}})
	f.adds = true
	f.Title, f.Text, f.Save = messages.Text("connections.add"), messages.Text("connections.new.text"), messages.Text("connections.add")
	return f
}

// ImportedConnection is a definition that somebody else wrote, to be shown before its first use.
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

// unshownDetails are the settings that are folded away, of which the form's text does not tell otherwise.
func unshownDetails(d connection.Definition) string {
	shown := []string{"sts_endpoint", "ca_file"}
	for _, f := range Fields() {
		if !f.Advanced {
			shown = append(shown, f.Path)
		}
	}
	var out []string
	for _, detail := range d.Details() {
		if !slices.Contains(shown, detail.Field) {
			out = append(out, messages.Text("connections.import.setting", messages.Args{"Name": detail.Label, "Value": present.Visible(detail.Value)}))
		}
	}
	return strings.Join(out, "; ")
}

// DuplicatedConnection is a copy of a connection under a name that none of the others has.
func DuplicatedConnection(d connection.Definition, others []connection.Definition) Form {
	d.ID, d.Name = "", connection.FreeName(d.Name, others)
	f := formOf(d)
	f.Title, f.Text, f.Save = messages.Text("connections.duplicate.title"), messages.Text("connections.duplicate.text"), messages.Text("connections.add")
	return f
}

// EditConnection is the form of a connection that is there.
func EditConnection(d connection.Definition) Form {
	f := formOf(d)
	f.Title, f.Text, f.Save = messages.Text("connections.edit.title", messages.Args{"Connection": d.Name}), messages.Text("connections.edit.text"), messages.Text("common.save")
	return f
}

// MovedConnection is the form of a connection that goes to another server: all else of it stays.
func MovedConnection(d connection.Definition) Form {
	f := formOf(d)
	f.moves = true
	f.Title, f.Text, f.Save = messages.Text("connections.move.title", messages.Args{"Connection": d.Name}), messages.Text("connections.move.text"), messages.Text("connections.move.yes")
	return f
}

func formOf(d connection.Definition) Form {
	f := Form{Values: map[string]string{}, base: d}
	for _, field := range Fields() {
		f.Values[field.Path] = field.binding.get(d)
	}
	return f
}

// serverPaths are the fields that belong to a server.
var serverPaths = []string{"endpoint", "sts_endpoint", "region", "ca_file", "keys.role_arn"}

// Shows reports whether the form has a field.
func (f Form) Shows(path string) bool { return !f.moves || slices.Contains(serverPaths, path) }

// Folds reports whether the form has advanced fields apart from the others.
func (f Form) Folds() bool { return !f.moves }

// Unfolded reports whether the advanced fields are shown at once: some of them are set, or the form is about them.
func (f Form) Unfolded() bool {
	return !f.Folds() || slices.ContainsFunc(Fields(), func(field Field) bool { return field.Advanced && f.Values[field.Path] != "" })
}

// Tidied returns what was typed in a field as it is taken; what is not understood stays as it is.
func Tidied(path, value string) string {
	for _, field := range Fields() {
		if field.Path != path {
			continue
		}
		var d connection.Definition
		if field.binding.set(&d, value) == nil {
			return field.binding.get(d)
		}
	}
	return strings.TrimSpace(value)
}

// Definition returns the definition with the values of the fields, and what is wrong with those that cannot be read.
func (f Form) Definition(values map[string]string) (d connection.Definition, unread []*connection.FieldError) {
	d = f.base
	for _, field := range Fields() {
		if values[field.Path] == field.binding.get(f.base) {
			continue
		}
		if problem, ok := errors.AsType[*connection.FieldError](field.binding.set(&d, values[field.Path])); ok {
			unread = append(unread, problem)
		}
	}
	if f.adds {
		d = d.Completed()
	}
	return d.Normalized(), unread
}

// Incomplete returns what a definition that the user enters lacks.
func (f Form) Incomplete(d connection.Definition) []*connection.FieldError {
	if !f.adds {
		return nil
	}
	return d.Incomplete()
}

// Options returns the choices of a field where the form has these values: a role that follows from the client ID is for
// servers that may be MinIO.
func (f Form) Options(field Field, values map[string]string) []present.Choice {
	value := values[field.Path]
	options := field.Options(value)
	server, known := presets.At(connection.Address(values["endpoint"]))
	if field.Path != presets.RoleARN || !known || server.ID == presets.MinIO || value == connection.DeriveRoleARN {
		return options
	}
	return slices.DeleteFunc(slices.Clone(options), func(c present.Choice) bool { return c.Value == connection.DeriveRoleARN })
}
