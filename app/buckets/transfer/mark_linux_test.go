package transfer

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"daypass/app"
	"daypass/app/buckets/transfer/remote"
)

// attributeOf returns an extended attribute of a file; empty for none.
func attributeOf(t *testing.T, path, name string) string {
	t.Helper()
	value := make([]byte, 4096)
	n, err := unix.Lgetxattr(path, name, value)
	if errors.Is(err, unix.ENOTSUP) {
		t.Skip("the file system of the temporary folder has no extended attributes")
	}
	if err != nil {
		return ""
	}
	return string(value[:n])
}

// Small and large files, hostile names, and what replaces a program: all are marked, and none can be run.
func TestRule34_downloadsAreMarked(t *testing.T) {
	defer unix.Umask(unix.Umask(0))
	b := newBench(t)
	b.s3.has("a b/report #1.docm", []byte("small"))
	b.s3.has("big", noise(bigFrom+remote.PartSize, 1))
	b.s3.has("tool", []byte("#!/bin/sh\n"))
	b.write("tool", []byte("the user's own"))
	if err := os.Chmod(filepath.Join(b.folder, "tool"), 0o755); err != nil {
		t.Fatal(err)
	}
	r := b.download("")
	r.Conflicts = app.Replace
	b.done(r)
	for name, want := range map[string]string{"a b/report #1.docm": "/a%20b/report%20%231.docm", "big": "/big", "tool": "/tool"} {
		path := filepath.Join(b.folder, name)
		if got, want := attributeOf(t, path, "user.xdg.origin.url"), b.s3.URL+"/"+fakeBucket+want; got != want {
			t.Errorf("%s is marked %q, want %q", name, got, want)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o111 != 0 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

// A file system without extended attributes gets the file all the same; of /dev/shm many kernels have none.
func TestRule34_withoutMarks(t *testing.T) {
	b := newBench(t)
	folder, err := os.MkdirTemp("/dev/shm", "daypass-test-")
	if err != nil {
		t.Skip("there is no /dev/shm")
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	b.folder = folder
	b.s3.has("a", []byte("text"))
	b.s3.has(strings.Repeat("long/", 150)+"b", []byte("text"))
	b.done(b.download(""))
	b.hasFile("a", []byte("text"))
}
