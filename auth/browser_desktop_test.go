//go:build unix && !darwin

package auth

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fakePrograms puts programs on an otherwise empty PATH that note their arguments in a file.
func fakePrograms(t *testing.T, status string, names ...string) (noted string) {
	t.Helper()
	withoutPortal(t)
	dir := t.TempDir()
	noted = filepath.Join(dir, "noted")
	for _, name := range names {
		body := "#!/bin/sh\nprintf '%s\\n' " + name + " \"$@\" >> '" + noted + "'\nexit " + status + "\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	return noted
}

func lines(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(text)), " ")
}

// The system's opener is tried if BROWSER is not set.
func TestRule7_systemOpenerWithoutBROWSER(t *testing.T) {
	noted := fakePrograms(t, "0", "xdg-open")
	t.Setenv("BROWSER", "")
	if err := OpenBrowser("https://login.example"); err != nil || lines(t, noted) != "xdg-open https://login.example" {
		t.Errorf("%v: %s", err, lines(t, noted))
	}
}

// On the Windows side nothing of a link is run, whatever PowerShell would make of its characters.
func TestRule7_windowsBrowserFromWSL(t *testing.T) {
	const link = "https://login.example/a?b=$(calc)&c='d';e"
	noted := fakePrograms(t, "0", "wslview", "powershell.exe")
	for _, open := range windowsOpeners(link) {
		if err := open(); err != nil {
			t.Fatal(err)
		}
	}
	want := "wslview " + link +
		" powershell.exe -NoProfile -NonInteractive -Command Start-Process 'https://login.example/a?b=$(calc)&c=''d'';e'"
	if got := lines(t, noted); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// There xdg-open ends well and opens nothing.
func TestBrowser_wslTriesWindowsFirst(t *testing.T) {
	const link = "https://login.example/a"
	for want, programs := range map[string][]string{
		"wslview":        {"wslview", "powershell.exe", "xdg-open"},
		"powershell.exe": {"powershell.exe", "xdg-open"},
		"xdg-open":       {"xdg-open"},
	} {
		noted := fakePrograms(t, "0", programs...)
		for _, open := range desktopOpeners(link, true) {
			if open() == nil {
				break
			}
		}
		if got := lines(t, noted); !strings.HasPrefix(got, want+" ") || strings.Count(got, link) != 1 {
			t.Errorf("of %v: %s", programs, got)
		}
	}
}
