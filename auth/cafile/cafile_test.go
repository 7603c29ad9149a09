package cafile

import (
	"os"
	"path/filepath"
	"testing"
)

// What is not a regular file is not read.
func TestRule37_onlyRegularFilesAreRead(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "large.pem")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 1<<40); err != nil { // a hole, which takes no room
		t.Fatal(err)
	}
	for _, file := range append(endless(t, dir), dir, large, filepath.Join(dir, "missing")) {
		if pool, err := Load(file); err == nil {
			t.Errorf("%s: %v", file, pool)
		}
	}
}

// Without a file the system's certificate authorities are trusted.
func TestLoad_systemAuthorities(t *testing.T) {
	if pool, err := Load(""); pool != nil || err != nil {
		t.Error(pool, err)
	}
}
