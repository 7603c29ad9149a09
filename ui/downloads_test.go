package ui_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"daypass/ui"
	"daypass/ui/uitest"
)

// Downloads go to the folder for them, or where the user says who wants to be asked.
func TestDownload_folder(t *testing.T) {
	downloads := t.TempDir()
	for ask, want := range map[bool]string{false: downloads, true: "/home/ada/elsewhere"} {
		s := one(uitest.SignedIn(time.Hour))
		s.Settings.AskDownloads = ask
		b := newBench(t, s, func(o *ui.Options) { o.Downloads, o.Chooser = downloads, &chooser{folder: "/home/ada/elsewhere"} })
		b.see("measurements")
		b.path("s3://measurements/2026/")
		b.click("README.md", 0)
		b.press("download")
		if got := b.started(); got.Folder != want {
			t.Errorf("asked for %v, it goes to %s", ask, got.Folder)
		}
	}
}

func TestDownloadsFolder_setting(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	if got := ui.DownloadsFolder(); got != filepath.Join(home, "Downloads") {
		t.Errorf("%s where nothing is noted", got)
	}
	file := filepath.Join(home, ".config", "user-dirs.dirs")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		`XDG_DOWNLOAD_DIR="$HOME/Herunter geladen"`: filepath.Join(home, "Herunter geladen"),
		`XDG_DOWNLOAD_DIR="/data/in"`:               "/data/in",
		`XDG_DOWNLOAD_DIR="$HOME/"`:                 filepath.Join(home, "Downloads"),
		`XDG_DOWNLOAD_DIR="relative"`:               filepath.Join(home, "Downloads"),
	} {
		if err := os.WriteFile(file, []byte("# noted by the desktop\n"+line+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := ui.DownloadsFolder(); got != want {
			t.Errorf("%s: %s", line, got)
		}
	}
}
