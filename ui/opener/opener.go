// Package opener opens files and folders with the program that the system has for them.
package opener

import (
	"errors"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// ErrProgram is a file that would be run rather than shown.
var ErrProgram = errors.New("this file is a program")

// programs are the endings of files that systems run when they are opened.
var programs = []string{
	".exe", ".com", ".bat", ".cmd", ".scr", ".pif", ".msi", ".msp", ".ps1", ".psm1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".hta", ".cpl",
	".lnk", ".url", ".reg", ".jar", ".sh", ".bash", ".zsh", ".csh", ".command", ".tool", ".workflow", ".app", ".desktop", ".run", ".appimage",
	".py", ".pyw", ".pl", ".rb", ".deb", ".rpm", ".pkg", ".dmg", ".scpt", ".action", ".terminal", ".webloc",
}

// IsProgram reports whether a file of that name would be run when it is opened.
func IsProgram(name string) bool {
	return slices.Contains(programs, strings.ToLower(filepath.Ext(strings.TrimRight(name, ". "))))
}

// Open opens a file or a folder, as one argument and without a shell, and does not wait for the program. It
// refuses programs with ErrProgram; an error of the system's own means that none could be started.
func Open(path string) error {
	if IsProgram(path) {
		return ErrProgram
	}
	name, args := command(path)
	cmd := exec.Command(name, args...)
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }()
	return nil
}

func command(path string) (name string, args []string) {
	switch runtime.GOOS {
	case "windows":
		return "rundll32", []string{"url.dll,FileProtocolHandler", path}
	case "darwin":
		return "open", []string{path}
	}
	return "xdg-open", []string{path}
}
