//go:build !linux

package transfer

import (
	"errors"
	"os"
)

// syncDisk has no like of Linux's here: each file is synced by itself.
func (f *folder) syncDisk() error { return errors.ErrUnsupported }

// startWriting has no like of Linux's here.
func startWriting(*os.File, span) {}

// renameNew has no like of Linux's here; place has other ways.
func (f *folder) renameNew(from, to string) error {
	return &os.LinkError{Op: "rename", Old: from, New: to, Err: errors.ErrUnsupported}
}
