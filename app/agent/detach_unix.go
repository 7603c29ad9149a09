//go:build unix

package agent

import "syscall"

// detached starts the agent in a session of its own, so that no terminal's end or Ctrl-C reaches it.
func detached() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
