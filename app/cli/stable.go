package cli

import (
	"os"
	"path/filepath"

	"daypass/app/agent"
	"daypass/app/connection"
	"daypass/app/tools"
)

// stableProgram is the path by which other tools can run program: the path itself, or where they would split
// it, as at a space, another one that leads to it.
func stableProgram(program string) string {
	if tools.IsWord(program) {
		return program
	}
	if other, err := otherPath(program); err == nil && tools.IsWord(other) {
		return other
	}
	for _, dir := range linkDirs() {
		if link := filepath.Join(dir, filepath.Base(program)); tools.IsWord(link) && linkTo(link, program) == nil {
			return link
		}
	}
	return program // which setting a tool up refuses, with words
}

// linkDirs are folders of the user's own where the agent can make a link to the program: that which lasts, and
// that which is there while the user is logged in.
func linkDirs() []string {
	var dirs []string
	if state, err := connection.StateDir(); err == nil {
		dirs = append(dirs, filepath.Join(state, "bin"))
	}
	if runtime, err := agent.RuntimeDir(); err == nil {
		dirs = append(dirs, filepath.Join(runtime, "bin"))
	}
	return dirs
}

// linkTo makes a link to the program, in place of one to an earlier program.
func linkTo(link, program string) error {
	if target, err := os.Readlink(link); err == nil && target == program {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(link), 0o700); err != nil {
		return err
	}
	next := link + ".new"
	_ = os.Remove(next)
	if err := os.Symlink(program, next); err != nil {
		return err
	}
	return os.Rename(next, link)
}
