package agent

import (
	"context"
	"errors"
	"os/exec"

	"daypass/app"
)

// ErrNoWindowProgram means that the window's program is not installed.
var ErrNoWindowProgram = errors.New("daypass-window is neither beside daypass nor on the PATH: install it, or use the command line")

// OpenWindow brings the window to the front. Where none is open, or the one that is does not answer, it
// starts its program.
func OpenWindow(ctx context.Context, core app.WindowSlot) error {
	err := core.RaiseWindow(ctx)
	if !errors.Is(err, app.ErrNoWindow) {
		return err
	}
	window, err := FindWindowBinary()
	if err != nil {
		return err
	}
	_, err = startDetached(exec.Command(window))
	return err
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
