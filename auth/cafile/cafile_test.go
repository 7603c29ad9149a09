package cafile

import (
	"os"
	"path/filepath"
	"testing"
)

func TestRule37WhatIsNoPlainFileIsNotRead(t *testing.T) {
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

func TestNoFileMeansTheSystemsAuthorities(t *testing.T) {
	if pool, err := Load(""); pool != nil || err != nil {
		t.Error(pool, err)
	}
}
