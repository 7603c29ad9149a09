package ui_test

import (
	"testing"

	"fyne.io/fyne/v2"
)

// A deletion says what it came to, and can be undone where the bucket keeps versions.
func TestDelete_undo(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.click("README.md", 0)
	b.click("2024", fyne.KeyModifierShortcutDefault)
	b.key(fyne.KeyDelete)
	b.press("confirm.delete")
	b.see("2 items deleted")
	b.press("work.press")
	b.did("undelete measurements 2026/2024/,2026/README.md")
	b.see("2 items restored")
	b.path("s3://empty/")
	b.gone("2 items restored")
}

// A deletion cannot be undone without versions.
func TestDelete_noUndoWithoutVersions(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.path("s3://reports/2026/")
	b.see("README.md")
	b.click("README.md", 0)
	b.key(fyne.KeyDelete)
	b.press("confirm.delete")
	b.see("1 item deleted")
	if b.window.Find("work.press") != nil {
		t.Error("what is gone can be undone")
	}
}

// An empty folder offers to show the deleted files in it, and Escape closes their list, wherever the focus is.
func TestDeletedFiles_ofEmptyFolder(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.path("s3://measurements/emptied/")
	b.see("This folder is empty")
	b.press("show-deleted")
	b.see("4 deleted files")
	b.press("deleted.restore")
	b.see("4 items restored")
	b.window.Window().Canvas().Unfocus()
	b.typed(fyne.KeyEscape)
	b.gone("Deleted files in s3://measurements/emptied/")
	b.path("s3://empty/")
	b.see("This bucket is empty")
	if b.window.Find("show-deleted") != nil {
		t.Error("there is nothing to show")
	}
}

// typed types a key that nothing with the focus takes.
func (b *bench) typed(name fyne.KeyName) {
	b.t.Helper()
	b.window.Window().Canvas().OnTypedKey()(&fyne.KeyEvent{Name: name})
	b.queue.Drain()
}
