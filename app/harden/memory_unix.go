//go:build linux || darwin

package harden

import "golang.org/x/sys/unix"

// noCore sets the soft limit alone: a program that is started may raise it again.
func noCore() {
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_CORE, &limit) == nil {
		limit.Cur = 0
		_ = unix.Setrlimit(unix.RLIMIT_CORE, &limit)
	}
}

// allocate returns n bytes of their own pages, locked where the limit allows it.
func allocate(n int) (bytes []byte, free func()) {
	page, err := unix.Mmap(-1, 0, max(n, 1), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return make([]byte, n), func() {}
	}
	_ = unix.Mlock(page)
	keepOutOfDumps(page)
	return page[:n], func() { _ = unix.Munmap(page) }
}
