package tools

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// All returns the definitions of all programs: those that lists show, in their order, then the others.
func All() []Definition {
	return append([]Definition{
		awsCLI(), boto3(), rclone(), mc(), s5cmd(), s3cmd(), restic(), mountpoint(),
		duckDB(), polars(), pandas(), pyArrow(), deltaRS(), spark(), gdal(), htslib(),
		dvc(), mlflow(), terraform(), jupyter(), visualStudioCode(), cyberduck(),
		anyProgram(), posixShell(), fish(), powerShell(), jsonForScripts(),
	}, unlisted()...)
}

// Listed returns the definitions that lists of tools show.
func Listed() []Definition {
	return slices.DeleteFunc(All(), func(d Definition) bool { return d.Snippet == nil })
}

// Find returns the definition with this ID; a zero one where there is none.
func Find(id string) Definition {
	for _, d := range All() {
		if d.ID == id {
			return d
		}
	}
	return Definition{}
}

// Formats returns the names that Encode takes.
func Formats() []string {
	var names []string
	for _, d := range All() {
		for _, f := range d.Formats {
			names = append(names, f.Name)
		}
	}
	return names
}

// ErrNoFormat means that Encode does not know a format.
var ErrNoFormat = errors.New("there is no format")

// Encode writes a in one of Formats. command is what a profile is to run for credentials; only aws-profile needs
// it.
func Encode(format string, a Access, command Command) ([]byte, error) {
	for _, d := range All() {
		for _, f := range d.Formats {
			if f.Name == format {
				return f.Write(a, command)
			}
		}
	}
	return nil, fmt.Errorf("%w %q", ErrNoFormat, format)
}

// Copies returns the formats that menus offer to copy, those of shells first.
func Copies() []Format {
	var shells, others []Format
	for _, d := range All() {
		for _, f := range d.Formats {
			switch {
			case f.LabelID == "":
			case d.Shell != nil:
				shells = append(shells, f)
			default:
				others = append(others, f)
			}
		}
	}
	return append(shells, others...)
}

// ShellNamed returns the ID of the definition that is a shell of this name, or the program of one; empty for none.
func ShellNamed(name string) string {
	for _, d := range All() {
		if d.Shell != nil && name != "" && (slices.Contains(d.Shell.Names, name) || d.Program == name) {
			return d.ID
		}
	}
	return ""
}

// ShellNames returns the names of all shells.
func ShellNames() []string {
	var names []string
	for _, d := range All() {
		if d.Shell != nil {
			names = append(names, d.Shell.Names...)
		}
	}
	return names
}

// ShellLines sets variables in a shell, which is given by the ID of its definition, and clears those that would win
// over them. inherited are more of these, of the shell's own.
func ShellLines(id string, vars []Variable, inherited ...string) ([]byte, error) {
	shell := Find(id).Shell
	if shell == nil {
		return nil, fmt.Errorf("there is no shell %q", id)
	}
	var b strings.Builder
	b.WriteString(shell.Clear(cleared(vars, inherited)) + "\n")
	for _, v := range vars {
		b.WriteString(shell.Set(v) + "\n")
	}
	return []byte(b.String()), nil
}
