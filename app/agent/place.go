package agent

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"daypass/app/agent/rundir"
	"daypass/app/messages"
)

// RuntimeDirVariable is the environment variable with the folder of the agent's socket.
const RuntimeDirVariable = rundir.Variable

// RuntimeDir returns the folder of the agent's socket and locks; see rundir.Find.
func RuntimeDir() (string, error) { return rundir.Find() }

// socketDir is the folder in which the one agent of a user is found.
type socketDir struct{ dir string }

func (p socketDir) socket() string    { return rundir.Socket(p.dir) }
func (p socketDir) lock() string      { return filepath.Join(p.dir, "agent.lock") }
func (p socketDir) startLock() string { return filepath.Join(p.dir, "start.lock") }

// findSocketDir returns the socket directory of this environment.
func findSocketDir() (socketDir, error) {
	dir, err := rundir.FindSocket()
	return socketDir{dir}, err
}

// locate connects to the agent of any protocol, in this environment's socket directory or where the one that has the
// stored sessions says it is.
func locate(ctx context.Context) (*Client, error) {
	dirs, err := rundir.Dirs()
	if err != nil {
		return nil, err
	}
	result := ErrNotRunning
	for _, dir := range dirs {
		c, err := dial(ctx, socketDir{dir})
		switch {
		case errors.Is(err, errForeign): // a program that was first to make a shared folder blocks no other
			result = err
		case !errors.Is(err, ErrNotRunning):
			return c, err
		}
	}
	return nil, result
}

// make makes the folder where it is missing, for its owner alone, and checks it.
func (p socketDir) make() error {
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return messages.NewError(err, "agent.error.no-socket")
	}
	return p.check()
}

func (p socketDir) check() error { return rundir.Check(p.dir) }

// errForeign means that somebody else is at the other end, or owns a folder.
var errForeign = rundir.ErrForeign
