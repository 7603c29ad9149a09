package install

import (
	"cmp"
	"os/exec"
	"strings"

	"daypass/app/messages"
	"daypass/app/tools"
)

// whileSignedIn is the text on the validity of what is renewed.
const whileSignedIn = "agent.tools.validity.while-signed-in"

// List returns the tools as they are shown. getenv is the environment in which to look for traps.
func (s Installer) List(getenv func(string) string) []tools.Tool {
	definitions, setup := tools.Listed(), s.setup()
	out := make([]tools.Tool, len(definitions))
	for i, d := range definitions {
		shown := tools.Tool{
			ID: d.ID, Name: d.Name, NameID: d.NameID, Language: d.Language, Snippet: d.Snippet(setup),
			Validity: messages.Message{ID: cmp.Or(d.ValidityID, whileSignedIn)},
			Program:  find(d.Program), SetUp: s.SetUp(d.ID), Daypass: tools.ShellWord(setup.Daypass),
		}
		if d.Notes != nil {
			shown.Notes = d.Notes(setup)
		}
		if d.ReadsProfile {
			shown.Notes = append(shown.Notes, shadowNotes(getenv)...)
		}
		out[i] = shown
	}
	return out
}

// find returns the path of a program on the PATH; empty where there is none.
func find(program string) string {
	if program == "" {
		return ""
	}
	path, err := exec.LookPath(program)
	if err != nil {
		return ""
	}
	return path
}

// shadowNotes lists the variables that win over a profile.
func shadowNotes(getenv func(string) string) []messages.Message {
	set := tools.Shadows(getenv)
	if len(set) == 0 {
		return nil
	}
	return []messages.Message{{ID: "agent.tools.note.environment", Args: map[string]string{"Variables": strings.Join(set, ", ")}}}
}

// daypass is how to call the command line in a terminal: by its name where that finds it, by its path elsewhere.
func (s Installer) daypass() string {
	if s.Program == "" || find("daypass") != "" {
		return "daypass"
	}
	return s.Program
}
