//go:build !linux

package servers

import "syscall"

func apart() *syscall.SysProcAttr { return nil }
