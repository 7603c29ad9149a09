package origin

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

const (
	quarantineAttribute = "com.apple.quarantine"
	fromAttribute       = "com.apple.metadata:kMDItemWhereFroms"
)

func mark(f *os.File, address string) error {
	return errors.Join(
		setAttribute(f, quarantineAttribute, []byte(quarantine(time.Now()))),
		setAttribute(f, fromAttribute, whereFrom(address)),
	)
}

func setAttribute(f *os.File, name string, value []byte) error {
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	if err := raw.Control(func(fd uintptr) { failed = unix.Fsetxattr(int(fd), name, value, 0) }); err != nil {
		return err
	}
	return failed
}
