//go:build !windows

package preview

import "syscall"

func withoutConsole() *syscall.SysProcAttr { return nil }
