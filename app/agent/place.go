package agent

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
)

// RuntimeDirVariable is the environment variable with the folder of the agent's socket.
const RuntimeDirVariable = "DAYPASS_RUNTIME_DIR"

// RuntimeDir gives the folder of the agent's socket and locks: $DAYPASS_RUNTIME_DIR, else daypass in
// $XDG_RUNTIME_DIR, else a folder of the person's own among the temporary files (on Windows, in
// LocalAppData). Another folder is another agent.
func RuntimeDir() (string, error) {
	if dir := os.Getenv(RuntimeDirVariable); dir != "" {
		if !filepath.IsAbs(dir) {
			return "", fmt.Errorf("%s must be an absolute path", RuntimeDirVariable)
		}
		return filepath.Clean(dir), nil
	}
	if runtime.GOOS == "windows" {
		dir, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("there is no folder for the agent's socket: %w", err)
		}
		return filepath.Join(dir, "daypass", "run"), nil
	}
	// The XDG Base Directory Specification has relative paths ignored.
	if dir := os.Getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "daypass"), nil
	}
	return filepath.Join(os.TempDir(), "daypass-"+strconv.Itoa(os.Getuid())), nil
}

// SocketPath gives the path of the agent's socket.
func SocketPath() (string, error) {
	p, err := findPlace()
	return p.socket(), err
}

// place is the folder in which the one agent of a person is found.
type place struct{ dir string }

func (p place) socket() string    { return filepath.Join(p.dir, "agent.sock") }
func (p place) lock() string      { return filepath.Join(p.dir, "agent.lock") }
func (p place) startLock() string { return filepath.Join(p.dir, "start.lock") }

func findPlace() (place, error) {
	dir, err := RuntimeDir()
	if err != nil {
		return place{}, err
	}
	p := place{dir}
	if n := len(p.socket()); n > maxSocketPath() {
		return place{}, fmt.Errorf("the path of the agent's socket has %d bytes and may have %d: set %s to a folder with a shorter path",
			n, maxSocketPath(), RuntimeDirVariable)
	}
	return p, nil
}

// maxSocketPath is the length of sun_path without its final zero byte.
func maxSocketPath() int {
	if runtime.GOOS == "darwin" {
		return 103
	}
	return 107
}

// make makes the folder where it is missing, for its owner alone, and checks it.
func (p place) make() error {
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return fmt.Errorf("the folder of the agent's socket cannot be made: %w", err)
	}
	return p.check()
}

// check refuses a folder in which somebody else could put a socket of theirs. The folder among the
// temporary files can be made by anybody who comes first.
func (p place) check() error {
	info, err := os.Lstat(p.dir)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s must be a folder, and no link", p.dir)
	}
	if err := checkOwner(info, os.Getuid()); err != nil {
		return fmt.Errorf("%s is not safe for the agent's socket: %w", p.dir, err)
	}
	return nil
}

// errForeign means that somebody else is at the other end, or owns a folder.
var errForeign = errors.New("it belongs to somebody else")

// checkUID refuses every user but our own, also root: root needs no socket.
func checkUID(uid, own int) error {
	if uid != own {
		return errForeign
	}
	return nil
}
