package install

import (
	"cmp"
	"os/exec"
	"path/filepath"
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
			Program:  locate(d, getenv), SetUp: s.SetUp(d.ID), Daypass: tools.ShellWord(setup.Daypass),
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

// locate returns where a tool is on this computer: the path of its program, or the folder of a Python package; empty
// where it is not found.
func locate(d tools.Definition, getenv func(string) string) string {
	switch {
	case d.Program == "":
		return ""
	case d.Package != "":
		return pythonPackage(d.Package, find(d.Program), getenv)
	}
	for _, name := range append([]string{d.Program}, d.Commands...) {
		if path := find(name); path != "" {
			return path
		}
	}
	return ""
}

// pythonPackage returns the folder of a package of the Python at a path, or of the user's own; empty where there is
// none. It runs nothing, since a list asks for all of them every few seconds.
func pythonPackage(name, python string, getenv func(string) string) string {
	var prefixes []string
	if python != "" {
		if resolved, err := filepath.EvalSymlinks(python); err == nil {
			prefixes = append(prefixes, filepath.Dir(filepath.Dir(python)), filepath.Dir(filepath.Dir(resolved)))
		}
	}
	if environment := getenv("VIRTUAL_ENV"); environment != "" {
		prefixes = append([]string{environment}, prefixes...)
	}
	if home := getenv("HOME"); home != "" {
		prefixes = append(prefixes, filepath.Join(home, ".local"))
	}
	for _, prefix := range prefixes {
		for _, folder := range []string{"lib/python3*/site-packages", "lib/python3/dist-packages", "local/lib/python3*/dist-packages", "Lib/site-packages"} {
			if found, _ := filepath.Glob(filepath.Join(prefix, filepath.FromSlash(folder), name)); len(found) > 0 {
				return found[0]
			}
		}
	}
	return ""
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
