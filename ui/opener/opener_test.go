//go:build linux

package opener_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"daypass/ui/opener"
)

func TestOpen_commands(t *testing.T) {
	dir := t.TempDir()
	seen := filepath.Join(dir, "seen")
	script := "#!/bin/sh\nprintf '%s|' \"$#\" \"$@\" > " + seen + ".part && mv " + seen + ".part " + seen + "\n"
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	path := write(t, dir, "a name; $(rm -rf x) & co.csv", "1,2\n")
	if err := opener.Open(path); err != nil {
		t.Fatal(err)
	}
	for range 500 {
		if data, err := os.ReadFile(seen); err == nil {
			if want := "1|" + path + "|"; string(data) != want {
				t.Errorf("opened with %q, want %q", data, want)
			}
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("nothing was opened")
}

func TestOpen_noProgram(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if err := opener.Open(write(t, t.TempDir(), "a.csv", "")); err == nil {
		t.Error("opened without a program")
	}
}
