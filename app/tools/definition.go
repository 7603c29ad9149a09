package tools

import (
	"regexp"

	"daypass/app/messages"
)

// Definition is all that Daypass knows of a program that takes credentials. The lists of the window, the tray, the
// command line and the doctor are made from the definitions.
type Definition struct {
	// ID names the tool in calls, such as "aws".
	ID string
	// Name is what a user calls it. Where it is no name but words, NameID is the ID of their text.
	Name, NameID string
	// Program is the file that is looked for on the PATH; empty for none. The commands are looked for after it.
	Program string
	// Package is the folder of a Python package, where that is the tool and Program only what runs it; empty for none.
	Package string
	// Commands are the names by which command lines run it; "python" is each version of it.
	Commands []string

	// Snippet returns what to type or to paste. Nil: the program is in no list of tools.
	Snippet func(Setup) string
	// Language of the snippet: "sh", "fish", "powershell", "python", "sql", "hcl", or "text" for what is entered
	// into the program itself.
	Language string
	// ValidityID is the ID of a sentence on how long what the snippet gives will work; empty for as long as the user is
	// signed in.
	ValidityID string
	// Notes returns sentences on traps of the tool that concern this machine or this connection; nil for none.
	Notes func(Setup) []messages.Message

	// Formats are the texts with credentials in them that it reads.
	Formats []Format
	// Shell is how to write for it, where it is a shell.
	Shell *Shell

	// ReadsProfile is true for a tool that takes credentials from the connection's profile in the AWS config file.
	ReadsProfile bool
	// Files returns the entries in files that the tool needs, in the order in which to add or to remove them. Nil:
	// where it reads the profile, that is all; else it needs no file.
	Files func(Setup, Step) ([]File, error)
	// CredentialsFile is the file of these with credentials in it; nil for none.
	CredentialsFile *CredentialsFile

	Environment Environment
	// Version is how the doctor asks for its version; nil: it does not.
	Version *Version
	// List returns the arguments with which it lists a bucket, in the environment of `daypass exec`; nil: it has no such
	// command.
	List func(a Access, bucket string) []string
	// Guards are how to notice that it would send credentials to another server; none: it reads the endpoint from
	// where Daypass puts it.
	Guards []Guard
}

// Setup is what snippets, notes and files are made from.
type Setup struct {
	Access Access
	Paths  Paths
	// Daypass is how to call the command line: its name where a terminal finds it, else its path.
	Daypass string
	// Creds is what other tools run for credentials.
	Creds Command
}

// profile returns the name of the connection's profile and remote.
func (s Setup) profile() string { return ProfileName(s.Access.Connection) }

// handle returns the connection's name for the command line.
func (s Setup) handle() string { return Handle(s.Access.Connection) }

// Format is a text with credentials in it.
type Format struct {
	// Name is the format's name for the command line.
	Name string
	// LabelID is the ID of what a menu calls a copy of it; empty where it is not for copying.
	LabelID string
	// Write returns the text. command is what a profile is to run for credentials.
	Write func(a Access, command Command) ([]byte, error)
}

// Label returns what a menu calls a copy of the format; empty where it is not for copying.
func (f Format) Label() string { return messages.Current().Say(messages.Message{ID: f.LabelID}) }

// text makes a Write of what always succeeds.
func text(write func(Access) string) func(Access, Command) ([]byte, error) {
	return func(a Access, _ Command) ([]byte, error) { return []byte(write(a)), nil }
}

// Shell is how to write for a shell.
type Shell struct {
	// Names are those of the shells that read it.
	Names []string
	// Set returns the command that sets a variable, Clear the one that clears some.
	Set   func(Variable) string
	Clear func(names []string) string
}

// Environment is what a program reads from its environment.
type Environment struct {
	// URLs are the variables that take the endpoint's URL, Hosts those that take its host and port.
	URLs, Hosts []string
	// Settings returns what else decides about where its requests go; nil for nothing.
	Settings func(Access) []Variable
	// Bundles are the variables that name the file of all certificate authorities to trust.
	Bundles []string
	// RefusesAWSBundle is true for a program that ends with an error where AWS_CA_BUNDLE is set.
	RefusesAWSBundle bool
	// Overrides are the variables of a caller's that would win over what Daypass sets.
	Overrides []string
	// Exec returns what daypass exec sets for any program that it runs. ExecOwn returns what it sets where it runs
	// the tool, since there are credentials in it. Nil for nothing.
	Exec, ExecOwn func(Access) []Variable
}

// CredentialsFile is a file of a tool's with credentials in it. It is renewed with them.
type CredentialsFile struct {
	Path func(Paths) string
	// Mark begins the lines of Daypass's in it.
	Mark string
	// Clear returns the file without the credentials of all connections but the live ones, which are given by ID.
	Clear func(file []byte, accessKeyIDs []string) []byte
}

// Guard is how to notice that a program would send credentials to another server.
type Guard struct {
	// Commands are the names by which command lines run the program; nil: those of the tool.
	Commands []string
	// Option is what names the endpoint in its arguments or its script, in lower case; those there may be in any.
	Option string
	// Advice is what to add, before the endpoint.
	Advice string
	// Version is how to find out whether its version ignores the endpoint elsewhere; nil: each does.
	Version *Version
	// Concerns matches what its arguments or its script must have to be concerned; nil: nothing.
	Concerns *regexp.Regexp
}

// InstallsProfileAlone reports whether the connection's profile is all that the tool needs in files.
func (d Definition) InstallsProfileAlone() bool { return d.ReadsProfile && d.Files == nil }

// NeedsFiles reports whether there is something to install for the tool.
func (d Definition) NeedsFiles() bool { return d.ReadsProfile || d.Files != nil }

// CopyFormat returns the format in which its credentials are copied; empty for none.
func (d Definition) CopyFormat() string {
	for _, f := range d.Formats {
		if f.LabelID != "" {
			return f.Name
		}
	}
	return ""
}
