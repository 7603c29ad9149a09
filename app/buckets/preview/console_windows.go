package preview

import (
	"syscall"

	"golang.org/x/sys/windows"
)

// withoutConsole keeps a child of the window from opening a console of its own.
func withoutConsole() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: windows.CREATE_NO_WINDOW}
}
