package handover

import (
	"time"

	"daypass/auth/safetext"

	"daypass/auth/secret"
)

// Tool is one way to use a connection's keys, as shown to a user. There is no secret in it.
type Tool struct {
	// ID names the tool in calls, such as "aws".
	ID string `json:"id"`
	// Name is what a user calls it, such as "AWS CLI".
	Name string `json:"name"`
	// Snippet is what to type or to paste. Where Files are to be set up, it works once they are.
	Snippet string `json:"snippet"`
	// Language of the snippet: "sh", "fish", "powershell", "python" or "sql".
	Language string `json:"language"`
	// Lasts says in a sentence how long what the snippet gives will work.
	Lasts string `json:"lasts"`
	// Notes are sentences on traps of this tool that concern this machine or this connection.
	Notes []string `json:"notes,omitempty"`
	// Program is where the tool was found on this machine; empty when it was not.
	Program string `json:"program,omitempty"`
	// SetUp says whether files are to be set up for it.
	SetUp SetUp `json:"set_up"`
	// Daypass is how to call the command line in a terminal of this machine, as the snippets do.
	Daypass string `json:"daypass,omitempty"`
}

// SetUp says how a tool stands with the files that it needs.
type SetUp string

// The values of SetUp.
const (
	// SetUpNone: the tool needs no file.
	SetUpNone SetUp = "none"
	// SetUpMissing: its files can be set up, and are not.
	SetUpMissing SetUp = "missing"
	// SetUpDone: they are set up.
	SetUpDone SetUp = "done"
)

// Step is what is to be done with a tool's files.
type Step string

// The steps.
const (
	// StepAdd sets the tool up.
	StepAdd Step = "add"
	// StepRemove takes out what StepAdd put in.
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

// Consumer is somebody who fetches keys: a program with a token for the local endpoint, or a tool
// that runs `daypass creds`. There is no secret in it.
type Consumer struct {
	// ID names the consumer in calls.
	ID string `json:"id"`
	// Connection is the ID of the connection whose keys it gets.
	Connection string `json:"connection"`
	// Name is what is known of it, such as "aws" or "python3 train.py".
	Name string `json:"name"`
	// Endpoint is true for one that has a token for the local endpoint.
	Endpoint bool `json:"endpoint"`
	// Scope narrows its keys; nil for all that the user may do.
	Scope *Scope `json:"scope,omitempty"`
	// Since is when it was first known.
	Since time.Time `json:"since"`
	// LastFetch is when it last got keys; zero for never.
	LastFetch time.Time `json:"last_fetch,omitzero"`
	// Fetches counts the times it got keys, Refused those it did not.
	Fetches int `json:"fetches"`
	Refused int `json:"refused,omitempty"`
	// Paused is true while it is to get none.
	Paused bool `json:"paused,omitempty"`
}

// maxToolName is how many characters of a tool's name are shown.
const maxToolName = 60

// ToolName makes what a program calls itself fit for lists and notifications: one short line.
func ToolName(name string) string {
	if name = safetext.Line(name, maxToolName); name != "" {
		return name
	}
	return "a tool"
}

// NewConsumer asks for a consumer with a token for the local endpoint.
type NewConsumer struct {
	// Name is what to call it in the list.
	Name string `json:"name"`
	// Scope narrows its keys; nil for all that the user may do.
	Scope *Scope `json:"scope,omitempty"`
}

// Fetcher is a program that serves credentials at an endpoint of its own, as `daypass exec` does, and
// fetches them from the agent each time.
type Fetcher struct {
	// ID is random, of 128 bits or more, and the same for as long as the program runs. It names the client
	// in calls, also at an agent that has been started again since.
	ID string `json:"id"`
	// Name is what to call it in the list.
	Name string `json:"name"`
	// Scope limits its credentials; nil for all that the user may do.
	Scope *Scope `json:"scope,omitempty"`
	// Session is that of the first answer, so that credentials of another sign-in are never returned. Empty
	// in the first request.
	Session string `json:"session,omitempty"`
}

// Fetched is the answer to a Fetcher.
type Fetched struct {
	// Access holds the current credentials.
	Access Access
	// Session names the sign-in that they come from. It is no secret.
	Session string
}

// Grant is what a consumer of the local endpoint is given.
type Grant struct {
	// Consumer is its ID.
	Consumer string
	// URL is the endpoint, for AWS_CONTAINER_CREDENTIALS_FULL_URI.
	URL string
	// Token is for AWS_CONTAINER_AUTHORIZATION_TOKEN. Anyone who has it gets the keys.
	Token secret.Secret
	// TokenFile holds the token too, for programs that read it from nowhere else: for its owner alone, and
	// gone with the token. Empty where there is none.
	TokenFile string
	// Access is what else the tool needs; its keys are those of this moment.
	Access Access
}
