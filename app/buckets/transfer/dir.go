package transfer

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"daypass/app/connection"
)

// Dir gives the folder of the journals: transfers in Daypass's own folder in $XDG_STATE_HOME, or in the
// system's like of it. Another configuration folder is another Daypass, and has its own in there.
func Dir() (string, error) {
	if os.Getenv(connection.ConfigDirVariable) != "" {
		dir, err := connection.ConfigDir()
		return filepath.Join(dir, "state", "transfers"), err
	}
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "daypass", "transfers"), nil
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		dir, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("there is no folder to remember transfers in: %w", err)
		}
		return filepath.Join(dir, "daypass", "transfers"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("there is no folder to remember transfers in: %w", err)
	}
	return filepath.Join(home, ".local", "state", "daypass", "transfers"), nil
}
