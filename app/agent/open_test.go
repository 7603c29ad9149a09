//go:build unix

package agent

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"daypass/app"
)

// A window that is open is raised.
func TestOpenWindow_raisesOpenWindow(t *testing.T) {
	t.Setenv("PATH", "")
	core := &fakeCore{}
	if err := OpenWindow(t.Context(), core, app.WindowTarget{}); err != nil || core.lastCall() != "raise" {
		t.Errorf("%v, %q", err, core.lastCall())
	}
	core.failWith(app.ErrStopped)
	if err := OpenWindow(t.Context(), core, app.WindowTarget{}); !errors.Is(err, app.ErrStopped) {
		t.Errorf("got %v", err)
	}
}

// The window's program is started if no window is open.
func TestOpenWindow_startsProgram(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	core := &fakeCore{fail: app.ErrNoWindow}
	if err := OpenWindow(t.Context(), core, app.WindowTarget{}); !errors.Is(err, ErrNoWindowProgram) {
		t.Errorf("without the program: %v", err)
	}
	started := filepath.Join(dir, "started")
	if err := os.WriteFile(filepath.Join(dir, "daypass-window"), []byte("#!/bin/sh\n: >"+started+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := OpenWindow(t.Context(), core, app.WindowTarget{}); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(timeout); ; time.Sleep(time.Millisecond) {
		if _, err := os.Stat(started); err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("it was not started")
		}
	}
}
