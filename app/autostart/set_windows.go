package autostart

import (
	"errors"

	"golang.org/x/sys/windows/registry"
)

// The Run key of the user's part of the registry, and our value in it.
const (
	runKey   = `Software\Microsoft\Windows\CurrentVersion\Run`
	runValue = "Daypass"
)

func (e Entry) set(on bool) error {
	key, _, err := registry.CreateKey(registry.CURRENT_USER, runKey, registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer key.Close()
	if on {
		return key.SetStringValue(runValue, commandLine(append([]string{e.Program}, e.Args...)))
	}
	if err := key.DeleteValue(runValue); err != nil && !errors.Is(err, registry.ErrNotExist) {
		return err
	}
	return nil
}
