package agent

import (
	"syscall"

	"golang.org/x/sys/windows"
)

// detached gives the agent no console, so that no console's end or Ctrl-C reaches it.
func detached() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: windows.DETACHED_PROCESS | windows.CREATE_NEW_PROCESS_GROUP}
}
