// Package opener opens files and folders with the program that the system has for them.
package opener

import (
	"os"
	"os/exec"
	"runtime"
)

// RefusedError is a file that would be run, or obeyed, rather than shown.
type RefusedError struct{ Kind Kind }

// Error implements error.
func (e *RefusedError) Error() string { return "files of this kind are not opened: " + string(e.Kind) }

// Open opens a file or a folder, as one argument and without a shell, and does not wait for the program. It
// refuses with a *RefusedError; an error of the system's own means that no program could be started.
func Open(path string) error {
	if err := check(path); err != nil {
		return err
	}
	name, args := command(path)
	cmd := exec.Command(name, args...)
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }()
	return nil
}

// check refuses programs, among them the folders that macOS runs.
func check(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	kind := Harmless
	if info.Mode().IsRegular() {
		kind, err = Inspect(path)
	} else if runtime.GOOS == "darwin" {
		kind = KindOf(path)
	}
	if err == nil && kind.Refused() {
		return &RefusedError{kind}
	}
	return err
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
