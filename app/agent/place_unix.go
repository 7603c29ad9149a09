//go:build unix

package agent

import (
	"errors"
	"io/fs"
	"syscall"
)

func checkOwner(info fs.FileInfo, own int) error {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return errors.New("its owner cannot be found out")
	}
	if err := checkUID(int(stat.Uid), own); err != nil {
		return err
	}
	if info.Mode().Perm()&0o022 != 0 {
		return errors.New("others may write in it; take that right away with chmod 700")
	}
	return nil
}
