//go:build linux

package opener_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"daypass/ui/opener"
)

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	seen := filepath.Join(dir, "seen")
	script := "#!/bin/sh\nprintf '%s|' \"$#\" \"$@\" > " + seen + ".part && mv " + seen + ".part " + seen + "\n"
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	path := filepath.Join(dir, "a name; $(rm -rf x) & co.csv")
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

func TestRule34NoProgramIsOpened(t *testing.T) {
	for _, name := range []string{
		"a.exe", "a.EXE", "a.exe ", "a.exe.", "x.desktop", "run.sh", "a.b.jar", "a.vb", "help.chm", "a.SettingContent-ms", "a.appref-ms", "x.iso",
		"a.inetloc", "a.fileloc", "a.mobileconfig", "server.rdp", "found.search-ms", "x.flatpakref", "a.xll", "a.scf", "a.pyzw", "a.msu",
	} {
		if err := opener.Open("/tmp/" + name); !errors.Is(err, opener.ErrProgram) {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{"a.csv", "exe", "a.exe.txt", "photo.jpg"} {
		if opener.IsProgram(name) {
			t.Errorf("%q is taken for a program", name)
		}
	}
}

func TestOpenWithoutAProgram(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if err := opener.Open("/tmp/a.csv"); err == nil {
		t.Error("opened without a program")
	}
}
