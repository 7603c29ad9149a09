//go:build unix

package rundir

import (
	"errors"
	"io/fs"
	"syscall"
)

// CheckOwner refuses what belongs to another user than own, or what others may write to.
func CheckOwner(info fs.FileInfo, own int) error {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return errors.New("its owner cannot be found out")
	}
	if err := CheckUID(int(stat.Uid), own); err != nil {
		return err
	}
	if info.Mode().Perm()&0o022 != 0 {
		return errors.New("others may write in it; take that right away with chmod 700")
	}
	return nil
}
