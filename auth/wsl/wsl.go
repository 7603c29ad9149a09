// Package wsl detects the Windows Subsystem for Linux.
package wsl

import (
	"os"
	"strings"
	"sync"
)

// Here reports whether this is the Windows Subsystem for Linux: Windows' programs can be run from it, and
// Windows' browser can reach its loopback addresses.
var Here = sync.OnceValue(func() bool {
	release, err := os.ReadFile("/proc/sys/kernel/osrelease")
	return err == nil && isRelease(string(release))
})

// isRelease reports whether a kernel's release is one that Microsoft builds for WSL.
func isRelease(release string) bool {
	return strings.Contains(strings.ToLower(release), "microsoft")
}
