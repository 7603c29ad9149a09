//go:build unix

package cafile

import (
	"path/filepath"
	"syscall"
	"testing"
)

// endless are files that never end, or whose beginning never comes.
func endless(t *testing.T, dir string) []string {
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"/dev/zero", pipe}
}
