package harden

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// process has a crash end without a dump for Windows Error Reporting.
func process() {
	windows.SetErrorMode(windows.SEM_FAILCRITICALERRORS | windows.SEM_NOGPFAULTERRORBOX)
}

// allocate returns n bytes that are locked where the limit allows it.
func allocate(n int) (bytes []byte, free func()) {
	bytes = make([]byte, max(n, 1))
	address, size := uintptr(unsafe.Pointer(&bytes[0])), uintptr(len(bytes))
	if windows.VirtualLock(address, size) != nil {
		return bytes[:n], func() {}
	}
	return bytes[:n], func() { _ = windows.VirtualUnlock(address, size) }
}
