package auth

import (
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"time"
)

// ErrNoBrowser: no program was found that opens links, or none of them could.
var ErrNoBrowser = errors.New("no browser could be opened")

// browserGrace is how long a program that opens links has to say that it could not.
const browserGrace = 2 * time.Second

// OpenBrowser opens a link in the user's browser, as one argument and without a shell. It opens
// nothing but https, and http on loopback, in the characters that addresses have: what opens links is
// often a script, or takes its arguments apart itself. It does not wait for the browser to be closed.
//
// Errors: ErrInsecure, ErrNoBrowser.
func OpenBrowser(link string) error {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" || !secure(u) || !plain(link) {
		return fmt.Errorf("open the browser: %w", ErrInsecure)
	}
	for _, open := range openers(u.String()) {
		if open() == nil {
			return nil
		}
	}
	return ErrNoBrowser
}

// opener opens one link in one way, or fails early.
type opener func() error

func commandOpener(command ...string) opener { return func() error { return run(command) } }

// run starts a command with nothing to read and nowhere to write, and returns its error if it fails
// early. It is waited for in any case, so that no zombie process remains.
func run(command []string) error {
	cmd := exec.Command(command[0], command[1:]...)
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		return err
	case <-time.After(browserGrace):
		return nil
	}
}
