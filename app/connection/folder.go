package connection

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// ConfigDirVariable is the environment variable with Daypass's configuration folder.
const ConfigDirVariable = "DAYPASS_CONFIG_DIR"

// ConfigDir gives Daypass's configuration folder: $DAYPASS_CONFIG_DIR, else the folder daypass in
// the person's own (os.UserConfigDir).
func ConfigDir() (string, error) {
	if dir := os.Getenv(ConfigDirVariable); dir != "" {
		if !filepath.IsAbs(dir) {
			return "", fmt.Errorf("%s must be an absolute path", ConfigDirVariable)
		}
		return filepath.Clean(dir), nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("there is no folder for the configuration: %w", err)
	}
	return filepath.Join(dir, "daypass"), nil
}

// Dir gives the folder of the connection files: connections in ConfigDir.
func Dir() (string, error) {
	dir, err := ConfigDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "connections"), nil
}

// StateDirVariable is the environment variable with the folder of what Daypass itself writes.
const StateDirVariable = "DAYPASS_STATE_DIR"

// StateDir gives the folder of the stored sessions and of the log: $DAYPASS_STATE_DIR, else state in
// $DAYPASS_CONFIG_DIR, else daypass in $XDG_STATE_HOME or ~/.local/state (on Windows and macOS, in the
// system's own like of it). So an agent with other connections never has this one's sessions, which it
// would take for those of connections that are gone.
func StateDir() (string, error) {
	if dir := os.Getenv(StateDirVariable); dir != "" {
		if !filepath.IsAbs(dir) {
			return "", fmt.Errorf("%s must be an absolute path", StateDirVariable)
		}
		return filepath.Clean(dir), nil
	}
	if os.Getenv(ConfigDirVariable) != "" {
		dir, err := ConfigDir()
		return filepath.Join(dir, "state"), err
	}
	// The XDG Base Directory Specification has relative paths ignored.
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "daypass"), nil
	}
	find := os.UserHomeDir
	parts := []string{".local", "state", "daypass"}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		find, parts = os.UserCacheDir, []string{"daypass"}
		if runtime.GOOS == "darwin" {
			find = os.UserConfigDir // a cache may be emptied at any time
		}
	}
	dir, err := find()
	if err != nil {
		return "", fmt.Errorf("there is no folder for the sessions: %w", err)
	}
	return filepath.Join(append([]string{dir}, parts...)...), nil
}
