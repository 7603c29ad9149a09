//go:build unix

package auth

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// withoutPortal has the tests open nothing on the desktop on which they run.
func withoutPortal(t *testing.T) {
	t.Helper()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
}

// Only links with HTTPS or to loopback are opened.
func TestRule7_onlyHTTPSAndLoopback(t *testing.T) {
	withoutPortal(t)
	t.Setenv("PATH", t.TempDir())
	t.Setenv("BROWSER", filepath.Join(t.TempDir(), "none"))
	for link, want := range map[string]error{
		"http://idp.example/authorize":         ErrInsecure,
		"file:///etc/passwd":                   ErrInsecure,
		"javascript:alert(1)":                  ErrInsecure,
		"--help":                               ErrInsecure,
		"":                                     ErrInsecure,
		"https://login.example/a --new-window": ErrInsecure,
		`https://login.example/a" "file:///x`:  ErrInsecure,
		"https://login.example/a|b":            ErrInsecure,
		"https://login.example/a`id`":          ErrInsecure,
		"https://login.example/a\u202eb":       ErrInsecure,
		"https://login.example/a?b=c":          ErrNoBrowser,
		"http://127.0.0.1:5556/auth":           ErrNoBrowser,
	} {
		if runtime.GOOS != "linux" && want == ErrNoBrowser {
			continue // there the system's opener has a fixed place
		}
		if err := OpenBrowser(link); !errors.Is(err, want) {
			t.Errorf("%q: %v", link, err)
		}
	}
}

// The link is one argument, and no shell sees it.
func TestRule7_linkIsOneArgument(t *testing.T) {
	dir := t.TempDir()
	script := filepath.Join(dir, "browser")
	body := "#!/bin/sh\nfor a in \"$@\"; do printf '%s\\n' \"$a\"; done > '" + dir + "/args.tmp'\nmv '" + dir + "/args.tmp' '" + dir + "/args'\n"
	if err := os.WriteFile(script, []byte(body), 0o700); err != nil {
		t.Fatal(err)
	}
	const link = "https://login.example/a?b=$(touch%20x)&c='id';d&e"
	for browser, want := range map[string][]string{
		script:                            {link},
		script + " --new-window":          {"--new-window", link},
		script + " --app=%s -x":           {"--app=" + link, "-x"},
		dir + "/missing:" + script:        {link},
		"::" + script + ":" + dir + "/no": {link},
	} {
		t.Setenv("BROWSER", browser)
		if err := OpenBrowser(link); err != nil {
			t.Fatalf("%s: %v", browser, err)
		}
		got, err := os.ReadFile(filepath.Join(dir, "args"))
		if err != nil {
			t.Fatal(err)
		}
		if args := strings.Split(strings.TrimSpace(string(got)), "\n"); !slices.Equal(args, want) {
			t.Errorf("%s: got %q", browser, args)
		}
	}
}
