package process

import "syscall"

// apart keeps a Ctrl-C at the terminal from the server, which is stopped in order, and has the
// kernel end it where we are killed ourselves.
func apart() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
