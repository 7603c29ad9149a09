package tools

import (
	"errors"
	"path"
	"slices"
	"strings"
)

// Command is what other tools run to get keys: the program, an absolute path, and its arguments.
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

// line is the command as it stands in a file. Some tools split it at every space, others as a shell
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

// AWSProfile returns our profile for the AWS config file: no credentials are in it, tools run the command for
// them.
func AWSProfile(a Access, command Command) ([]byte, error) {
	text, err := profile(ProfileName(a.Connection), a, command)
	if err == nil && a.Bundle() != "" {
		text = append(text, "ca_bundle = "+a.Bundle()+"\n"...)
	}
	return text, err
}

// RcloneProfileName is the name of the profile that rclone takes the credentials from. No connection's own
// profile has this name.
func RcloneProfileName(a Access) string {
	if a.Bundle() == "" {
		return ProfileName(a.Connection)
	}
	return ProfileName(a.Connection) + RcloneSuffix
}

// RcloneSuffix ends the name of a profile for rclone alone.
const RcloneSuffix = "@rclone"

// RcloneProfile returns the profile for rclone alone, where it needs one: it breaks at a ca_bundle, with
// LoadCustomCABundleError. Empty where it takes the AWS tools' profile.
func RcloneProfile(a Access, command Command) ([]byte, error) {
	if a.Bundle() == "" {
		return nil, nil
	}
	return profile(RcloneProfileName(a), a, command)
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

// RcloneRemote returns our remote for rclone's file: it takes the credentials from our profile.
func RcloneRemote(a Access) []byte {
	return section("["+ProfileName(a.Connection)+"]", []Variable{
		{"type", "s3"},
		{"provider", "Minio"},
		{"env_auth", "true"},
		{"profile", RcloneProfileName(a)},
		{"endpoint", a.Endpoint},
		{"region", a.SigningRegion()},
	})
}

// RcloneEnvironment is a remote of this name in rclone's environment: it takes the keys from wherever
// the AWS SDK finds them.
func RcloneEnvironment(remote string, a Access) []Variable {
	prefix := "RCLONE_CONFIG_" + strings.ToUpper(remote) + "_"
	return []Variable{
		{prefix + "TYPE", "s3"},
		{prefix + "PROVIDER", "Minio"},
		{prefix + "ENV_AUTH", "true"},
		{prefix + "ENDPOINT", a.Endpoint},
		{prefix + "REGION", a.SigningRegion()},
	}
}
