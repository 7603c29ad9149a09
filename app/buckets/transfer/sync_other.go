//go:build !linux

package transfer

import (
	"errors"
	"os"
)

// oneSyncForAll: each file has a call of its own.
const oneSyncForAll = false

// sync brings a file of the folder to the disk.
func (f *folder) sync(name string) error {
	file, err := f.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// renameNew has no like of Linux's here; place has other ways.
func (f *folder) renameNew(from, to string) error {
	return &os.LinkError{Op: "rename", Old: from, New: to, Err: errors.ErrUnsupported}
}
