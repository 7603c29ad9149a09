package oserror

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"daypass/app/messages"
)

func TestMessage_errors(t *testing.T) {
	_, missing := os.ReadFile(filepath.Join(t.TempDir(), "missing"))
	for want, err := range map[string]error{
		"problem.reason.not-found.detail":       missing,
		"problem.disk-full.detail":              fmt.Errorf("save: %w", &fs.PathError{Op: "write", Path: "/a", Err: syscall.ENOSPC}),
		"problem.disk-permission.detail":        &os.LinkError{Op: "rename", Old: "/a", New: "/b", Err: fs.ErrPermission},
		"problem.disk-read-only.unnamed.detail": syscall.EROFS,
	} {
		if m, ok := Message(err); !ok || m.ID != want || !messages.Has(m.ID) {
			t.Errorf("%v: %+v, want %s", err, m, want)
		}
	}
	if m, ok := Message(errors.New("other")); ok {
		t.Errorf("%+v", m)
	}
}

// A path is as hostile as the one who named it (rule 34).
func TestRule34_pathsAreEscaped(t *testing.T) {
	err := &fs.PathError{Op: "open", Path: "/tmp/a\u202eb", Err: fs.ErrNotExist}
	if m, _ := Message(err); m.Args["Path"] != `/tmp/a\u202eb` {
		t.Errorf("%+v", m)
	}
}
