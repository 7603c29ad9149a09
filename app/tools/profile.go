package tools

import (
	"errors"
	"path"
	"slices"
	"strings"
)

// Command is what other tools run for credentials: the program, an absolute path, and its arguments.
type Command struct {
	Program string
	Args    []string
}

// CredsProgram is the name of the program that does nothing but print credentials. It is installed beside daypass.
const CredsProgram = "daypass-creds"

// CredsCommand returns the command by which program, a daypass or a daypass-creds, prints the credentials of a
// connection.
func CredsCommand(program, id string) Command {
	if path.Base(program) == CredsProgram {
		return Command{program, []string{Handle(id)}}
	}
	return Command{program, []string{"creds", Handle(id)}}
}

// ErrCommand means that a profile cannot have the program's path in it.
var ErrCommand = errors.New("the path of the daypass program has a space or another character that tools split a command at: " +
	"install it where its path has none")

// line returns the command as it stands in a file. Some tools split it at every space, others as a shell
// does, and all of them need an argument; so what any of them would see otherwise is refused.
func (c Command) line() (string, error) {
	words := append([]string{c.Program}, c.Args...)
	if len(c.Args) == 0 || slices.ContainsFunc(words, func(w string) bool { return !IsWord(w) }) {
		return "", ErrCommand
	}
	return strings.Join(words, " "), nil
}

// IsWord reports whether a word of a command stands for itself, however the command is split.
func IsWord(w string) bool {
	return w != "" && !strings.ContainsAny(w, " \t\r\n\"'`$&|;<>()*?[]{}#%!^=")
}

// AWSProfile returns the profile of the connection for the AWS config file: no credentials are in it, tools run the command for
// them.
func AWSProfile(a Access, command Command) ([]byte, error) {
	text, err := profile(ProfileName(a.Connection), a, command)
	if err == nil && a.Bundle() != "" {
		text = append(text, "ca_bundle = "+a.Bundle()+"\n"...)
	}
	return text, err
}

func profile(name string, a Access, command Command) ([]byte, error) {
	line, err := command.line()
	if err != nil {
		return nil, err
	}
	text := section("[profile "+name+"]", []Variable{
		{"credential_process", line},
		{"region", a.SigningRegion()},
		{"endpoint_url", a.Endpoint},
		{"ignore_configured_endpoint_urls", "false"},
		{"use_fips_endpoint", "false"},
		{"use_dualstack_endpoint", "false"},
		{"s3", "\n    addressing_style = path"},
	})
	return []byte(strings.ReplaceAll(string(text), "s3 = \n", "s3 =\n")), nil
}

// section is a section of an INI file.
func section(header string, keys []Variable) []byte {
	var b strings.Builder
	b.WriteString(header + "\n")
	for _, k := range keys {
		b.WriteString(k.Name + " = " + k.Value + "\n")
	}
	return []byte(b.String())
}
