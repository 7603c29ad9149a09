package ui_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"daypass/ui/kit"
)

// askCopy opens the question where README.md is to be copied to.
func askCopy(t *testing.T) *bench {
	t.Helper()
	b := atFolder(t, &chooser{})
	b.click("README.md", 0)
	b.press("more")
	b.press("menu.copy-to")
	b.see("New folder…")
	return b
}

// The folders beside and below a path are there to choose from, and a typed path completes.
func TestPicker_foldersAndCompletion(t *testing.T) {
	b := askCopy(t)
	folder := b.entry("copy.folder")
	if folder.Text != "s3://measurements/2026/" {
		t.Fatalf("it begins at %q", folder.Text)
	}
	b.queue.Await(t, "the folders", func() bool { return b.window.FindRow("2024") != nil && b.window.FindRow("2025") != nil })
	if b.window.FindRow("README.md") != nil {
		t.Error("a file is offered as a folder")
	}
	folder.SetText("s3://measurements/2026/2024")
	b.queue.Await(t, "what begins like that", func() bool { return b.window.FindRow("2025") == nil })
	folder.TypedKey(&fyne.KeyEvent{Name: fyne.KeyTab})
	if folder.Text != "s3://measurements/2026/2024/" {
		t.Errorf("completed to %q", folder.Text)
	}
	b.press("copy.up")
	b.press("copy.up")
	b.press("copy.up")
	if folder.Text != "s3://" {
		t.Errorf("above the buckets is %q", folder.Text)
	}
	b.queue.Await(t, "the buckets", func() bool { return b.window.FindRow("archive-2024") != nil })
	b.window.Window().Canvas().Focus(folder)
	b.key(fyne.KeyDown) // into the list
	b.key(fyne.KeyReturn)
	if folder.Text != "s3://archive-2024/" {
		t.Errorf("opening the first bucket leads to %q", folder.Text)
	}
	b.press("confirm.copy")
	b.did("copy measurements 2026/README.md archive-2024/ move false overwrite false")
}

// A folder is made where one is missing, and is then the one to copy to.
func TestPicker_newFolder(t *testing.T) {
	b := askCopy(t)
	b.press("copy.new-folder")
	b.see("New folder in s3://measurements/2026/")
	b.answer("name", "april", "confirm.make-folder")
	b.did("new-folder measurements 2026/ april")
	b.queue.Await(t, "its path", func() bool { return b.entry("copy.folder").Text == "s3://measurements/2026/april/" })
	b.press("confirm.copy")
	b.did("copy measurements 2026/README.md measurements/2026/april/ move false overwrite false")
}

// Folders that the user has been in are offered.
func TestPicker_recentFolders(t *testing.T) {
	b := askCopy(t)
	b.entry("copy.folder").SetText("s3://archive-2024/")
	b.press("copy.recent")
	b.press(kit.RowID("recent", "s3://measurements/2026/"))
	if got := b.entry("copy.folder").Text; got != "s3://measurements/2026/" {
		t.Errorf("it leads to %q", got)
	}
}
