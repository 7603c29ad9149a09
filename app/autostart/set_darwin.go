package autostart

import "os"

func (e Entry) set(on bool) error {
	home, err := os.UserHomeDir()
	if err != nil {
		return err
	}
	return e.launchAgent(home).set(on)
}
