//go:build !linux

package disk

import (
	"errors"
	"os"
)

// SyncDisk has no like of Linux's here: each file is synced by itself.
func (f *Folder) SyncDisk() error { return errors.ErrUnsupported }

// StartWriting has no like of Linux's here.
func StartWriting(_ *os.File, _, _ int64) {}

// renameNew has no like of Linux's here; place has other ways.
func (f *Folder) renameNew(from, to string) error {
	return &os.LinkError{Op: "rename", Old: from, New: to, Err: errors.ErrUnsupported}
}
