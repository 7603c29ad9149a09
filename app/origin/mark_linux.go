package origin

import (
	"os"

	"golang.org/x/sys/unix"
)

// attribute is that of freedesktop.org's guidelines for extended attributes, which browsers set too.
const attribute = "user.xdg.origin.url"

func mark(f *os.File, address string) error {
	return setAttribute(f, attribute, []byte(address))
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
