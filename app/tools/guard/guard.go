// Package guard refuses credentials to programs that would take them to Amazon, because they do not read the
// endpoint from where Daypass puts it (rule 48).
package guard

import (
	"bytes"
	"context"
	"io"
	"os/exec"
	"strings"

	"daypass/app/durable"
	"daypass/app/messages"
	"daypass/app/tools"
	"daypass/app/tools/cmdline"
	"daypass/app/tools/probe"
)

// FallbackError is a program that does not read the endpoint from its environment or from a profile.
type FallbackError struct {
	// Program is its path.
	Program string
	// Add is what its command line, or its script, lacks.
	Add string
}

// Error implements error, in English.
func (e *FallbackError) Error() string { return messages.ForPrograms().Say(e.Message()) }

// Message returns what the user is shown.
func (e *FallbackError) Message() messages.Message {
	return messages.Message{ID: "cli.exec.ignores-endpoint", Args: map[string]string{"Program": e.Program, "Option": e.Add}}
}

// Check returns a *FallbackError for a command line that runs such a program. path is that of its first program.
func Check(ctx context.Context, path string, line cmdline.Line, endpoint string) error {
	for _, d := range tools.All() {
		for _, g := range d.Guards {
			if g.Commands == nil {
				g.Commands = d.Commands
			}
			if program := fallsBack(ctx, g, path, line); program != "" {
				return &FallbackError{Program: program, Add: g.Advice + endpoint}
			}
		}
	}
	return nil
}

// fallsBack returns the path of a guard's program, where the command line runs it and it would go to Amazon; else
// nothing.
func fallsBack(ctx context.Context, g tools.Guard, path string, line cmdline.Line) string {
	if !concerns(g, line.Text) {
		return ""
	}
	program := find(path, line, g.Commands)
	if program != "" && ignoresEndpoint(ctx, program, g.Version) {
		return program
	}
	return ""
}

// concerns reports whether arguments and scripts are those of such a program, and name no endpoint.
func concerns(g tools.Guard, text string) bool {
	return !strings.Contains(strings.ToLower(text), g.Option) && (g.Concerns == nil || g.Concerns.MatchString(text))
}

// find returns the path of the program: that of the command itself, or what the PATH leads a script to. Empty where
// the line does not run it.
func find(path string, line cmdline.Line, commands []string) string {
	name := line.Find(commands...)
	switch {
	case name == "":
		return ""
	case name == line.Programs[0]:
		return path
	case line.Interpreter != "" && strings.HasSuffix(line.Interpreter, name):
		name = line.Interpreter
	}
	found, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	return found
}

func ignoresEndpoint(ctx context.Context, path string, version *tools.Version) bool {
	return version == nil || known.ask(path, func() bool { return probe.IgnoresEndpoint(ctx, path, *version) })
}

// The bounds of what is read of a script, in bytes: of its beginning, which tells a script from other files, and of
// the whole.
const (
	headOfScript = 512
	maxScript    = 1 << 20
)

// ScriptText returns the text of a script; empty for any other file, and for what is none. Of a program that is no
// script only the beginning is read: it is asked about with each fetch of credentials.
func ScriptText(path string) string {
	f, err := durable.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, headOfScript))
	if err != nil || bytes.IndexByte(head, 0) >= 0 {
		return ""
	}
	rest, err := io.ReadAll(io.LimitReader(f, maxScript-headOfScript+1))
	if err != nil || len(head)+len(rest) > maxScript {
		return ""
	}
	return string(head) + string(rest)
}
