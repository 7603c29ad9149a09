package ui_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daypass/ui/uitest"
)

// Several files and folders are chosen in a sheet of ours where the desktop has no dialog.
func TestFileSheet_selectsSeveral(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
	for _, name := range []string{"data/b.csv", "data/A.csv", "data/c.csv", "data/runs/x", ".hidden/x", "notes.txt"} {
		path := filepath.Join(home, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.path("s3://measurements/2026/")
	b.press("upload-menu")
	b.press("menu.upload")
	b.see("notes.txt")
	if b.window.FindText(".hidden") != nil {
		t.Error("what is hidden is listed")
	}
	b.entry("pick.folder").SetText(filepath.Join(home, "nowhere"))
	b.entry("pick.folder").TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.see("This folder does not exist.")
	b.click("data", 0)
	b.key(fyne.KeyReturn)
	b.see("A.csv")
	b.click("c.csv", 0)
	b.click("runs", fyne.KeyModifierShortcutDefault)
	b.press("pick.upload")
	got := b.started()
	if want := []string{filepath.Join(home, "data/runs"), filepath.Join(home, "data/c.csv")}; !slices.Equal(got.Paths, want) || got.Prefix != "2026/" || got.Validate() != nil {
		t.Errorf("asked for %+v", got)
	}
	b.gone("Choose files and folders to upload")
}
