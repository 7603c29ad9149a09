package agent

import (
	"context"
	"errors"
	"net/url"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"daypass/app"
	"daypass/app/connection"
)

// ErrNoWindowProgram means that the window's program is not installed.
var ErrNoWindowProgram = errors.New("daypass-window is neither beside daypass nor on the PATH: install it, or use the command line")

// OpenWindow brings the window to the front and has it show a target. Where none is open, or the one that is does not
// answer, it starts its program.
func OpenWindow(ctx context.Context, core app.WindowSlot, target app.WindowTarget) error {
	err := core.RaiseWindow(ctx, target)
	if !errors.Is(err, app.ErrNoWindow) {
		return err
	}
	window, err := FindWindowBinary()
	if err != nil {
		return err
	}
	_, err = startDetached(exec.Command(window, WindowArgs(target)...))
	return err
}

// showFlag begins the arguments of the window's program for a place in a connection.
const showFlag = "--show"

// WindowArgs returns the arguments by which the window's program shows a target.
func WindowArgs(t app.WindowTarget) []string {
	switch {
	case t.Import != "":
		return []string{t.Import}
	case t.Connection != "":
		return []string{showFlag, t.Connection, t.Location}
	}
	return nil
}

// ParseWindowArgs returns the target in the arguments of the window's program: what WindowArgs returns, or what a desktop
// passes of a link or a file that the user opens. It returns false for the arguments of the command line.
func ParseWindowArgs(args []string) (app.WindowTarget, bool) {
	switch {
	case len(args) == 0:
		return app.WindowTarget{}, true
	case len(args) == 3 && args[0] == showFlag:
		return app.WindowTarget{Connection: args[1], Location: args[2]}, true
	case len(args) == 1 && connection.IsLink(args[0]):
		return app.WindowTarget{Import: args[0]}, true
	case len(args) == 1:
		path := filePath(args[0])
		return app.WindowTarget{Import: path}, path != ""
	}
	return app.WindowTarget{}, false
}

// importable are the endings of files that the window shows for review.
var importable = []string{connection.Extension, ".cyberduckprofile", ".duck"}

// filePath returns the absolute path of a file that the window can show, by its path or its file: URL; empty for anything
// else.
func filePath(arg string) string {
	if u, err := url.Parse(arg); err == nil && u.Scheme == "file" {
		if u.Host != "" && u.Host != "localhost" {
			return ""
		}
		arg = filepath.FromSlash(u.Path)
	}
	path, err := filepath.Abs(arg)
	if err != nil || !slices.Contains(importable, strings.ToLower(filepath.Ext(path))) {
		return ""
	}
	return path
}

// FindWindowBinary returns the window's program: the one beside this program, else the one on the PATH.
// ErrNoWindowProgram where there is none.
func FindWindowBinary() (string, error) {
	self, err := ownBinary()
	if err != nil {
		return "", err
	}
	window, err := findProgram(self, "daypass-window")
	if err != nil {
		return "", ErrNoWindowProgram
	}
	return window, nil
}
