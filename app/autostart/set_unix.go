//go:build unix && !darwin

package autostart

import "os"

func (e Entry) set(on bool) error {
	dir, err := os.UserConfigDir()
	if err != nil {
		return err
	}
	return e.desktopEntry(dir).set(on)
}
