package disk

import (
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
)

// A file system that encrypts names takes 143 bytes of them.
func TestRule34_namesFitFileSystem(t *testing.T) {
	for limit, want := range map[int]int{255: 240, 143: 128, 100: 85, 60: 35} {
		tries := 0
		got := maxNameBy(func(name string) error {
			tries++
			if !IsTemp(name) {
				t.Errorf("%s would look like a file of the user", name)
			}
			if len(name) > limit {
				return &fs.PathError{Op: "openat", Path: name, Err: syscall.ENAMETOOLONG}
			}
			return nil
		})
		if got != want {
			t.Errorf("of %d bytes it uses %d after %d tries", limit, got, tries)
		}
	}
	for _, folds := range []bool{false, true} {
		n := newNamer(false, folds)
		n.max = 128
		long := strings.Repeat("ü", 100)
		seen := map[string]bool{}
		for _, rel := range []string{long + "1.tar.gz", long + "2.tar.gz", strings.ToUpper(long) + "2.tar.gz", long + "/" + long + "3", "short.txt"} {
			got := n.Local(rel)
			for part := range strings.SplitSeq(got, "/") {
				if len(part) > 128+len(noName) {
					t.Errorf("%s has %d bytes", part, len(part))
				}
			}
			if seen[got] {
				t.Errorf("%s is there twice", got)
			}
			seen[got] = true
		}
		if got := n.Local(long + "1.tar.gz"); !strings.HasSuffix(got, ".gz") || !strings.Contains(got, "~") {
			t.Errorf("%s has neither a hash nor its ending", got)
		}
		if !seen["short.txt"] {
			t.Error("a short name changed")
		}
	}
}

// OpenTarget finds out how long a name may be.
func TestTarget_maxNameLength(t *testing.T) {
	dir := t.TempDir()
	target, err := OpenTarget(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	got := target.maxName()
	if remaining, err := os.ReadDir(dir); err != nil || len(remaining) != 0 || got < 85 || got > maxName {
		t.Errorf("%d, it left %v, %v", got, remaining, err)
	}
}
