//go:build unix && !darwin

package autostart

import (
	"os"
	"path/filepath"
	"testing"
)

// Set writes to the folder that the desktop reads.
func TestSet_writesToAutostartFolder(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", dir)
	if err := agent.Set(true); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "autostart", desktopEntryName)); err != nil {
		t.Error(err)
	}
	if err := agent.Set(false); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CONFIG_HOME", "")
	t.Setenv("HOME", "")
	if err := agent.Set(true); err == nil {
		t.Error("no error where there is no home")
	}
}
