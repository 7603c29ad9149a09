package connection

import (
	"os"
	"path/filepath"

	"daypass/app/agent/rundir"
	"daypass/app/messages"
)

// ConfigDirVariable is the environment variable with Daypass's configuration folder.
const ConfigDirVariable = rundir.ConfigVariable

// ConfigDir returns Daypass's configuration folder: $DAYPASS_CONFIG_DIR, else the folder daypass in
// the user's own (os.UserConfigDir).
func ConfigDir() (string, error) {
	if dir := os.Getenv(ConfigDirVariable); dir != "" {
		if !filepath.IsAbs(dir) {
			return "", messages.NewError(nil, "agent.error.folder.relative", "Variable", ConfigDirVariable)
		}
		return filepath.Clean(dir), nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", messages.NewError(err, "agent.error.folder.none")
	}
	return filepath.Join(dir, "daypass"), nil
}

// Dir returns the folder of the connection files: connections in ConfigDir.
func Dir() (string, error) {
	dir, err := ConfigDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "connections"), nil
}

// StateDirVariable is the environment variable with the folder of what Daypass itself writes.
const StateDirVariable = rundir.StateVariable

// StateDir returns the folder of the stored sessions and of the log; see rundir.StateDir.
func StateDir() (string, error) { return rundir.StateDir() }
