package stablepath

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// installation is a computer's files below one folder.
type installation struct {
	t   *testing.T
	top string
	env map[string]string
}

func newInstallation(t *testing.T) *installation {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("links need rights of their own there")
	}
	top, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return &installation{t: t, top: top, env: map[string]string{}}
}

func (p *installation) path(parts ...string) string {
	return filepath.Join(append([]string{p.top}, parts...)...)
}

func (p *installation) program(path string) string {
	p.t.Helper()
	full := p.path(path)
	p.must(os.MkdirAll(filepath.Dir(full), 0o700))
	p.must(os.WriteFile(full, []byte("#!/bin/sh\n"), 0o700))
	return full
}

func (p *installation) link(to, at string) string {
	p.t.Helper()
	full := p.path(at)
	p.must(os.MkdirAll(filepath.Dir(full), 0o700))
	p.must(os.Symlink(to, full))
	return full
}

func (p *installation) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *installation) finds(program string, want ...string) {
	p.t.Helper()
	f := Finder{Getenv: func(name string) string { return p.env[name] }, Home: p.path("home", "ada")}
	if got := f.Find(program); !slices.Equal(got, want) {
		p.t.Errorf("%q, want %q", got, want)
	}
}

// A path that outlives an update is found.
func TestFind_pathThatOutlivesUpdate(t *testing.T) {
	p := newInstallation(t)
	cellar := p.program("brew/Cellar/daypass/1.0.0/bin/daypass")
	p.finds(cellar, cellar)
	opt := p.link(p.path("brew/Cellar/daypass/1.0.0"), "brew/opt/daypass")
	p.finds(cellar, filepath.Join(opt, "bin", "daypass"))
	bin := p.link(cellar, "brew/bin/daypass")
	p.finds(cellar, bin)

	store := p.program("store/abc-daypass-1.0/bin/daypass")
	p.finds(store, store)
	profile := p.link(store, "home/ada/.nix-profile/bin/daypass")
	p.finds(store, profile)

	p.env["PATH"] = p.path("elsewhere") + ":relative:" + p.path("opt/daypass-1.0/bin") + ":" + p.path("usr/bin")
	versioned := p.program("opt/daypass-1.0/bin/daypass")
	p.finds(versioned, versioned)
	current := p.link(p.path("opt/daypass-1.0"), "opt/daypass")
	p.link(p.path("opt/daypass-1.0"), "opt/daypass-1")
	p.finds(versioned, filepath.Join(current, "bin", "daypass"))
	onPath := p.link(versioned, "usr/bin/daypass")
	p.finds(versioned, onPath)
	p.program("elsewhere/daypass") // another program of this name comes first
	p.finds(versioned, onPath)

	plain := p.program("home/ada/Programs/daypass")
	p.finds(plain, plain)
}

// Programs in mounted packages are run by the package's command.
func TestFind_mountedPackage(t *testing.T) {
	p := newInstallation(t)
	image := p.program("home/ada/Daypass.AppImage")
	inside := p.program("mount/usr/bin/daypass")
	p.env["APPIMAGE"], p.env["APPDIR"] = image, p.path("mount")
	p.finds(inside, image)
	outside := p.program("other/daypass") // started from a terminal that is an AppImage
	p.finds(outside, outside)
	p.must(os.Remove(image))
	p.finds(inside, inside)

	p.env = map[string]string{"SNAP": p.path("mount"), "SNAP_INSTANCE_NAME": "daypass_two"}
	p.finds(inside, "/snap/bin/daypass_two")
	p.finds(outside, outside)

	p.env = map[string]string{"FLATPAK_ID": "io.github.daypass.Daypass"}
	p.finds("/app/bin/daypass", "flatpak", "run", "--command=daypass", "io.github.daypass.Daypass")
	p.finds(outside, outside)
}

func TestIsVersion_folderNames(t *testing.T) {
	for name, want := range map[string]bool{
		"1.0": true, "v1.2.3": true, "daypass-1.0": true, "daypass_2.0.1-rc1": false, "4711": false, ".5": false, "1.0.0+2": true,
		"bin": false, "daypass": false, "python3": false, "x86_64": false, "ada": false, "": false, "daypass-": false,
	} {
		if got := isVersion(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
