//go:build unix && !darwin

package autostart

import (
	"os"
	"path/filepath"
)

func (e Entry) set(on bool) error {
	dir, err := configDir()
	if err != nil {
		return err
	}
	return e.desktopEntry(dir).set(on)
}

// configDir is the user's configuration folder, of the host where this is a flatpak: the desktop looks there.
func configDir() (string, error) {
	if os.Getenv("FLATPAK_ID") == "" {
		return os.UserConfigDir()
	}
	if dir := os.Getenv("HOST_XDG_CONFIG_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".config"), err
}
