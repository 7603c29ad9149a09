package cli

import "runtime/debug"

// Version is the program's version; the Makefile sets it.
var Version = "dev"

// fullVersion adds the commit for a build whose version does not say.
func fullVersion() string {
	build, ok := debug.ReadBuildInfo()
	if !ok || Version != "dev" {
		return Version
	}
	var commit, changed string
	for _, s := range build.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = " (" + s.Value[:min(len(s.Value), 12)] + ")"
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = " +dirty"
		}
	}
	return Version + commit + changed
}
