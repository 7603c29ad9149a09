// Package rundir is where a user's one agent is found: the folder of its socket and locks, and
// whether that and the process at the other end can be trusted. It needs next to nothing of the
// standard library, since `daypass creds` uses it before the rest of the program is there: see
// daypass-creds.
package rundir

import (
	"errors"
	"os"
	"runtime"
	"strconv"
)

// Variable is the environment variable with the folder of the agent's socket.
const Variable = "DAYPASS_RUNTIME_DIR"

// Find returns the folder of the agent's socket and locks: $DAYPASS_RUNTIME_DIR, else daypass in
// $XDG_RUNTIME_DIR, else a folder of the user's own among the temporary files (on Windows, in
// LocalAppData). See Dirs for where else an agent may be.
func Find() (string, error) {
	if dir := os.Getenv(Variable); dir != "" {
		return absolute(Variable, dir)
	}
	if runtime.GOOS == "windows" {
		dir, err := os.UserCacheDir()
		if err != nil {
			return "", folderError("none", "", err)
		}
		return join(dir, "daypass", "run"), nil
	}
	// The XDG Base Directory Specification has relative paths ignored.
	if dir := os.Getenv("XDG_RUNTIME_DIR"); isAbs(dir) {
		return join(dir, "daypass"), nil
	}
	return Fallback(), nil
}

// Fallback is a folder of the user's own among the temporary files.
func Fallback() string { return join(os.TempDir(), "daypass-"+strconv.Itoa(os.Getuid())) }

// Socket is the path of the socket in a folder.
func Socket(dir string) string { return join(dir, "agent.sock") }

// FindSocket returns the folder, and fails where the path of its socket would be too long. On Windows there is a pipe
// instead, whose name is always short.
func FindSocket() (dir string, err error) {
	if dir, err = Find(); err != nil {
		return "", err
	}
	if n := len(Socket(dir)); runtime.GOOS != "windows" && n > maxSocketPath() {
		return "", &Error{Code: "long", Params: map[string]string{
			"Length": strconv.Itoa(n), "Max": strconv.Itoa(maxSocketPath()), "Variable": Variable,
		}}
	}
	return dir, nil
}

// maxSocketPath is the length of sun_path without its final zero byte.
func maxSocketPath() int {
	if runtime.GOOS == "darwin" {
		return 103
	}
	return 107
}

// Check refuses a folder in which somebody else could put a socket of theirs. The folder among the
// temporary files can be made by anybody who comes first.
func Check(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return folderError("not-folder", dir, nil)
	}
	if err := CheckOwner(info, os.Getuid()); err != nil {
		return folderError("unsafe", dir, err)
	}
	return nil
}

// ErrForeign means that somebody else is at the other end, or owns a folder.
var ErrForeign = errors.New("it belongs to somebody else")

// CheckUID refuses every user but our own, also root: root needs no socket.
func CheckUID(uid, own int) error {
	if uid != own {
		return ErrForeign
	}
	return nil
}
