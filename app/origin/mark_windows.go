package origin

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// stream is the name of the alternate data stream that Windows, Office and virus scanners read.
const stream = ":Zone.Identifier"

// mark writes into a stream of the open file itself, whatever links lead to it by now.
func mark(f *os.File, address string) error {
	path, err := finalPath(f)
	if err != nil {
		return err
	}
	s, err := os.OpenFile(path+stream, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = s.WriteString(zone(address))
	return errors.Join(err, s.Close())
}

// finalPath returns the path of an open file without links, in the form \\?\C:\...
func finalPath(f *os.File) (path string, err error) {
	raw, err := f.SyscallConn()
	if err != nil {
		return "", err
	}
	buf := make([]uint16, windows.MAX_LONG_PATH)
	var n uint32
	var failed error
	if err := raw.Control(func(h uintptr) {
		n, failed = windows.GetFinalPathNameByHandle(windows.Handle(h), &buf[0], uint32(len(buf)), 0)
	}); err != nil {
		return "", err
	}
	if failed != nil {
		return "", failed
	}
	if int(n) >= len(buf) {
		return "", windows.ERROR_INSUFFICIENT_BUFFER
	}
	return windows.UTF16ToString(buf[:n]), nil
}
