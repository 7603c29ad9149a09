package rundir

import (
	"os"
	"runtime"
)

// The environment variables that say where Daypass's own folders are.
const (
	ConfigVariable = "DAYPASS_CONFIG_DIR"
	StateVariable  = "DAYPASS_STATE_DIR"
)

// StateDir returns the folder of what Daypass itself writes: $DAYPASS_STATE_DIR, else state in
// $DAYPASS_CONFIG_DIR, else daypass in $XDG_STATE_HOME or ~/.local/state (on Windows and macOS, in the
// system's own like of it). So an agent with other connections never has this one's sessions, which it
// would take for those of connections that were removed.
func StateDir() (string, error) {
	if dir := os.Getenv(StateVariable); dir != "" {
		return absolute(StateVariable, dir)
	}
	if dir := os.Getenv(ConfigVariable); dir != "" {
		dir, err := absolute(ConfigVariable, dir)
		return join(dir, "state"), err
	}
	// The XDG Base Directory Specification has relative paths ignored.
	if dir := os.Getenv("XDG_STATE_HOME"); isAbs(dir) {
		return join(dir, "daypass"), nil
	}
	find, below := os.UserHomeDir, join(".local", "state", "daypass")
	switch runtime.GOOS {
	case "windows":
		find, below = os.UserCacheDir, "daypass"
	case "darwin":
		find, below = os.UserConfigDir, "daypass" // a cache may be emptied at any time
	}
	dir, err := find()
	if err != nil {
		return "", folderError("none", "", err)
	}
	return join(dir, below), nil
}

func absolute(variable, dir string) (string, error) {
	if !isAbs(dir) {
		return "", &Error{Code: "relative", Params: map[string]string{"Variable": variable}}
	}
	return clean(dir), nil
}
