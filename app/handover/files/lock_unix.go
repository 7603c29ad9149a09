//go:build unix

package files

import (
	"os"
	"syscall"
)

// lock keeps other writers of Daypass's own kind out of the folder, and waits for them. It is on the
// folder itself, so that it leaves no file behind and the file can be replaced.
func lock(dir string) (unlock func(), err error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(d.Fd()), syscall.LOCK_EX)
		if err != syscall.EINTR {
			break
		}
	}
	if err != nil {
		_ = d.Close()
		return nil, err
	}
	return func() { _ = d.Close() }, nil
}
