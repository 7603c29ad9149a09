// Package cmdline finds out what programs a command line runs. It is pure.
package cmdline

import (
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// wrappers run the program that they are given as an argument.
var wrappers = []string{
	"chrt", "chronic", "command", "doas", "env", "exec", "flock", "ionice", "nice", "nohup", "parallel", "prlimit", "setsid", "stdbuf",
	"strace", "sudo", "systemd-run", "systemd-inhibit", "taskset", "time", "timeout", "unbuffer", "unshare", "watch", "xargs",
}

// shellPrograms read commands from an argument or from a file.
var shellPrograms = []string{"ash", "bash", "dash", "fish", "ksh", "mksh", "pwsh", "sh", "zsh"}

// Line is what is known of a program that is to run.
type Line struct {
	// Programs are the names of those that it may run: itself, and where it is a wrapper or a shell, those
	// that are named in its arguments and its script.
	Programs []string
	// Text is all of the arguments and the script.
	Text string
	// Interpreter is the Python that runs the program, which is a script, as its first line names it; empty for none.
	Interpreter string
}

// Read finds out what a command line runs. script returns the text of a script; empty for what is
// none.
func Read(args []string, script func(path string) string) Line {
	c := Line{Text: strings.Join(args, "\n")}
	c.read(args, script)
	return c
}

// Runs reports whether one of the programs is of such a name; "python" is each version of it.
func (c Line) Runs(names ...string) bool { return c.Find(names...) != "" }

// Find returns the first of the programs that is of such a name; empty for none.
func (c Line) Find(names ...string) string {
	for _, program := range c.Programs {
		if slices.Contains(names, program) || slices.Contains(names, "python") && isPython(program) {
			return program
		}
	}
	return ""
}

func isPython(program string) bool {
	version, python := strings.CutPrefix(program, "python")
	return python && strings.Trim(version, "0123456789.") == ""
}

// Shell reports whether a shell runs, which may run any program.
func (c Line) Shell() bool { return c.Runs(shellPrograms...) }

func (c *Line) read(args []string, script func(string) string) {
	name := programName(args[0])
	c.Programs = append(c.Programs, name)
	switch {
	case slices.Contains(wrappers, name):
		c.readWrapped(args[1:], script)
		return
	case slices.Contains(shellPrograms, name):
		for _, arg := range args[1:] {
			c.readScript(arg)
		}
	}
	if isPython(name) {
		args = args[1:] // which may be a script that finds the right one
	}
	for i, arg := range args[:min(len(args), maxOptions)] {
		text := script(arg)
		if i == 0 && !isPython(name) {
			c.readInterpreter(text)
		}
		c.readFile(name, text)
	}
}

// readInterpreter finds the Python that runs a program, as it runs those that Python packages install.
func (c *Line) readInterpreter(text string) {
	line, _, _ := strings.Cut(text, "\n")
	command, is := strings.CutPrefix(line, "#!")
	if !is {
		return
	}
	for _, word := range strings.Fields(command) {
		if name := programName(word); isPython(name) {
			c.Programs, c.Interpreter = append(c.Programs, name), word
			return
		}
	}
}

// maxOptions is how many of the arguments may be an interpreter's script: its options come before it.
const maxOptions = 8

// readFile reads a script that a program runs, which may be the program itself.
func (c *Line) readFile(program, text string) {
	if text == "" {
		return
	}
	c.Text += "\n" + text
	if isShellScript(text) || slices.Contains(shellPrograms, program) && !strings.HasPrefix(text, "#!") {
		c.readScript(text)
	}
}

// readWrapped reads what a wrapper runs: the first argument that may be a program. What comes before it may
// be an option's value, so that each is taken for one.
func (c *Line) readWrapped(args []string, script func(string) string) {
	for i, arg := range args {
		if arg == "" || arg[0] == '-' || strings.Contains(arg, "=") {
			continue
		}
		name := programName(arg)
		c.Programs = append(c.Programs, name)
		if slices.Contains(wrappers, name) || slices.Contains(shellPrograms, name) || isPython(name) {
			c.read(args[i:], script)
			return
		}
		c.readFile(name, script(arg))
	}
}

// readScript takes each word of a script for a program.
func (c *Line) readScript(text string) {
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n;|&()`$\"'<>{}", r) })
	for _, word := range words {
		if name := programName(word); name != "" && !slices.Contains(c.Programs, name) {
			c.Programs = append(c.Programs, name)
		}
	}
}

func isShellScript(text string) bool {
	line, _, _ := strings.Cut(text, "\n")
	return strings.HasPrefix(line, "#!") && slices.ContainsFunc(strings.FieldsFunc(line, func(r rune) bool {
		return strings.ContainsRune("#! \t\r/", r)
	}), func(word string) bool { return slices.Contains(shellPrograms, word) })
}

// programName is the name of a program without its folder and the ending that Windows gives it.
func programName(arg string) string {
	name := strings.TrimSuffix(strings.ToLower(path.Base(filepath.ToSlash(arg))), ".exe")
	if name == "." || name == "/" {
		return ""
	}
	return name
}
