package transfer

import (
	"path/filepath"

	"daypass/app/connection"
)

// Dir returns the folder of the journals: transfers in Daypass's own state folder.
func Dir() (string, error) {
	dir, err := connection.StateDir()
	return filepath.Join(dir, "transfers"), err
}
