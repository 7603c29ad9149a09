//go:build !linux

package transfer

import (
	"errors"
	"os"
)

// oneSyncForAll: each file has a call of its own.
const oneSyncForAll = false

// syncAll brings the named files below root to the disk.
func syncAll(root *os.Root, names []string) error {
	var errs []error
	for _, name := range names {
		f, err := root.OpenFile(name, os.O_WRONLY, 0)
		if err == nil {
			err = errors.Join(f.Sync(), f.Close())
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
