package tools

import "daypass/app/messages"

// Tool is one way to use a connection's credentials, as shown to a user. There is no secret in it.
type Tool struct {
	// ID names the tool in calls, such as "aws".
	ID string `json:"id"`
	// Name is what a user calls it, such as "AWS CLI". Where it is no name but words, NameID is the ID of their text.
	Name   string `json:"name,omitempty"`
	NameID string `json:"name_id,omitempty"`
	// Snippet is what to type or to paste. Where Files are to be set up, it works once they are.
	Snippet string `json:"snippet"`
	// Language of the snippet, as in Definition.
	Language string `json:"language"`
	// Validity is a sentence on how long what the snippet returns works.
	Validity messages.Message `json:"validity,omitzero"`
	// Notes are sentences on traps of this tool that concern this machine or this connection.
	Notes []messages.Message `json:"remarks,omitempty"`
	// Program is where the tool was found on this machine; empty when it was not.
	Program string `json:"program,omitempty"`
	// SetUp reports whether files are to be installed for it.
	SetUp SetUp `json:"set_up"`
	// Daypass is how to call the command line in a terminal of this machine, as the snippets do.
	Daypass string `json:"daypass,omitempty"`
}

// Title returns what a user calls the tool.
func (t Tool) Title() string {
	if t.NameID != "" {
		return messages.Current().Say(messages.Message{ID: t.NameID})
	}
	return t.Name
}

// SetUp is the state of the files that a tool needs.
type SetUp string

// The values of SetUp.
const (
	// SetUpNone: the tool needs no file.
	SetUpNone SetUp = "none"
	// SetUpMissing: its files can be installed, and are not.
	SetUpMissing SetUp = "missing"
	// SetUpDone: they are installed.
	SetUpDone SetUp = "done"
)

// Step is what is to be done with a tool's files.
type Step string

// The steps.
const (
	// StepAdd installs the tool.
	StepAdd Step = "add"
	// StepRemove removes what StepAdd added.
	StepRemove Step = "remove"
)

// Change is what a step does to the user's files, to be shown before it is done.
type Change struct {
	// Files are those that change. Empty: there is nothing to do.
	Files []FileChange `json:"files"`
	// Digest names exactly this change; applying it fails when the files have changed since.
	Digest string `json:"digest"`
}

// FileChange is the change of one file.
type FileChange struct {
	// Path is the file's absolute path.
	Path string `json:"path"`
	// Diff is the change as a unified diff, secrets left out.
	Diff string `json:"diff"`
	// New is true for a file that is not there yet.
	New bool `json:"new,omitempty"`
	// Backup is where the file as it is will be kept; empty when there is a backup, or no file.
	Backup string `json:"backup,omitempty"`
}
