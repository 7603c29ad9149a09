package doctor

import (
	"context"
	"strings"

	"daypass/app/messages"
	"daypass/app/tools"
)

// Try has the program at path list a bucket with the credentials of the connection.
type Try func(ctx context.Context, path string, d tools.Definition) Listing

// Listing is how a program did when it was to list a bucket.
type Listing struct {
	Bucket string        `json:"bucket"`
	Result ListingResult `json:"result"`
	// ServerMessage is the last line of what the program said; empty where it did as it should.
	ServerMessage string `json:"server_message,omitempty"`
}

// ListingResult is the result of a Listing.
type ListingResult string

// The results.
const (
	Listed    ListingResult = "listed"
	NotListed ListingResult = "not-listed"
	// Untried: the program has no command for it.
	Untried ListingResult = "untried"
)

// overridesOf returns the variables of an environment that win over what Daypass sets up for a tool.
func overridesOf(getenv func(string) string, d tools.Definition) (set []string) {
	if d.ReadsProfile {
		return tools.Shadows(getenv)
	}
	for _, name := range d.Environment.Overrides {
		if getenv(name) != "" {
			set = append(set, name)
		}
	}
	return set
}

// lines returns what is said of a program below its name.
func (p Program) lines() (out []string) {
	if l := p.Listing; l != nil {
		args := messages.Args{"Bucket": foreign(l.Bucket), "Message": foreign(l.ServerMessage)}
		out = append(out, messages.Text("agent.doctor.listing."+string(l.Result), args))
	}
	if len(p.Overrides) > 0 {
		out = append(out, messages.Text("agent.doctor.program.overrides", messages.Args{"Variables": strings.Join(p.Overrides, ", ")}))
	}
	return out
}
