package agent

import (
	"syscall"

	"golang.org/x/sys/windows"
)

// detached starts the agent with a hidden console of its own: no other console's end or Ctrl-C
// reaches it, and the programs that it runs open none.
func detached() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: windows.CREATE_NO_WINDOW | windows.CREATE_NEW_PROCESS_GROUP}
}
