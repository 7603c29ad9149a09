package autostart

import (
	"errors"

	"golang.org/x/sys/windows/registry"
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
