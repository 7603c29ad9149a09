// Package packaging installs the .deb on this very machine, starts Daypass from its desktop entry as
// a user does, and removes it again.
package packaging

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"daypass/sandbox/desktop"
)

const id = "io.github.daypass.Daypass"

// wanted are files that a desktop, a shell or a reader of manuals looks for.
var wanted = []string{
	"/usr/bin/daypass", "/usr/bin/daypass-creds", "/usr/bin/daypass-window",
	"/usr/share/applications/" + id + ".desktop", "/usr/share/metainfo/" + id + ".metainfo.xml",
	"/usr/share/mime/packages/" + id + ".xml",
	"/usr/share/icons/hicolor/16x16/apps/" + id + ".png", "/usr/share/icons/hicolor/512x512/apps/" + id + ".png",
	"/usr/share/icons/hicolor/scalable/apps/" + id + ".svg",
	"/usr/share/man/man1/daypass.1.gz", "/usr/share/man/man1/daypass-login.1.gz",
	"/usr/share/bash-completion/completions/daypass", "/usr/share/zsh/vendor-completions/_daypass",
	"/usr/share/fish/vendor_completions.d/daypass.fish", "/usr/share/doc/daypass/copyright",
}

// The deb package is installed, started and removed.
func TestDeb_installStartRemove(t *testing.T) {
	install(t, theDeb(t))
	for _, file := range wanted {
		if info, err := os.Stat(file); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", file, err)
		}
	}
	if out := run(t, "bash", "-c", "source /usr/share/bash-completion/completions/daypass && complete -p daypass"); !strings.Contains(out, "daypass") {
		t.Errorf("bash completes nothing: %s", out)
	}
	startFromTheDesktop(t)
	remove(t)
	for _, file := range wanted {
		if _, err := os.Lstat(file); err == nil {
			t.Errorf("%s was left behind", file)
		}
	}
}

func theDeb(t *testing.T) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join("..", "..", "build", "package", "daypass_*.deb"))
	if err != nil || len(found) != 1 {
		t.Fatalf("make deb leaves one package, and there are %v, %v", found, err)
	}
	file, err := filepath.Abs(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// install puts the package on this machine, unless a user has it there already.
func install(t *testing.T, deb string) {
	t.Helper()
	if out, err := exec.Command("dpkg-query", "-W", "-f=${Status}", "daypass").Output(); err == nil && strings.Contains(string(out), "ok installed") {
		t.Fatal("Daypass is installed on this machine, and this test would replace it: remove it first")
	}
	asRoot(t, "apt-get", "install", "-y", "--no-install-recommends", deb)
	t.Cleanup(func() { remove(t) })
}

func remove(t *testing.T) {
	t.Helper()
	asRoot(t, "dpkg", "--purge", "daypass")
}

// startFromTheDesktop starts the window by its desktop entry, sees its first picture and closes it.
func startFromTheDesktop(t *testing.T) {
	t.Helper()
	d, err := desktop.New(t.Context(), "/usr/bin")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}()
	file := d.Path("report.json")
	d.Setenv("DAYPASS_WINDOW_REPORT", file)
	// Not with a pipe: the window would hold it open for as long as it lives.
	if err := d.Command("gio", "launch", "/usr/share/applications/"+id+".desktop").Run(); err != nil {
		t.Fatal(err)
	}
	var report desktop.Report
	if err := desktop.Until(t.Context(), "the window's first picture", func() bool {
		data, err := os.ReadFile(file)
		return err == nil && json.Unmarshal(data, &report) == nil && len(report.Widgets) > 0
	}); err != nil {
		t.Fatal(err)
	}
	if report.Title != "Daypass" {
		t.Errorf("the window's title is %q", report.Title)
	}
	picture := filepath.Join("..", "..", "build", "e2e", "installed.png")
	if err := d.Picture(t.Context(), picture); err != nil {
		t.Error(err)
	}
	openWithDesktop(t, d, file)
	closeWindow(t, d)
}

// openWithDesktop opens a link and a file as a user of the desktop does: the window that is open shows each for review.
func openWithDesktop(t *testing.T, d *desktop.Desk, report string) {
	t.Helper()
	daypass := func(args ...string) string {
		out, err := d.Run(t.Context(), "daypass", append([]string{"connection"}, args...)...)
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(out)
	}
	daypass("add", "--name", "Lake", "--endpoint", "https://minio.example:9000", "--issuer", "https://login.example", "--client-id", "desktop-app")
	link, path := daypass("export", "--link", "lake"), d.Path("lake.daypass")
	if err := os.WriteFile(path, []byte(daypass("export", "lake")), 0o600); err != nil {
		t.Fatal(err)
	}
	if kind, err := d.Run(t.Context(), "gio", "info", "--attributes=standard::content-type", path); err != nil || !strings.Contains(kind, "application/x-daypass-connection") {
		t.Errorf("the type of the file is %s, %v", kind, err)
	}
	d.Setenv("XDG_CURRENT_DESKTOP", "GNOME") // xdg-open does as the desktop does
	for _, command := range [][]string{{"gio", "open", link}, {"/usr/bin/xdg-open", path}} {
		if err := d.Command(command[0], command[1:]...).Run(); err != nil {
			t.Fatalf("%q: %v", command, err)
		}
		if err := desktop.Until(t.Context(), "the review of "+command[0], func() bool {
			data, err := os.ReadFile(report)
			return err == nil && strings.Contains(string(data), "Review before adding")
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Run(t.Context(), "xdotool", "key", "Escape"); err != nil {
			t.Fatal(err)
		}
		if err := desktop.Until(t.Context(), "the end of the review", func() bool {
			data, err := os.ReadFile(report)
			return err == nil && !strings.Contains(string(data), "Review before adding")
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func closeWindow(t *testing.T, d *desktop.Desk) {
	t.Helper()
	window, err := d.Run(t.Context(), "xdotool", "search", "--onlyvisible", "--name", "Daypass")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Run(t.Context(), "xdotool", "windowactivate", "--sync", strings.Fields(window)[0], "key", "alt+F4"); err != nil {
		t.Fatal(err)
	}
	if err := desktop.Until(t.Context(), "the window's end", func() bool {
		_, err := d.Run(t.Context(), "xdotool", "search", "--onlyvisible", "--name", "Daypass")
		return err != nil
	}); err != nil {
		t.Error(err)
	}
}

func asRoot(t *testing.T, name string, args ...string) {
	t.Helper()
	if os.Getuid() != 0 {
		name, args = "sudo", append([]string{"-n", name}, args...)
	}
	run(t, name, args...)
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, out)
	}
	return string(out)
}
