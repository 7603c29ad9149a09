package ui_test

import (
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"
)

// Whatever a server is asked for, and does not answer: what is awaited is said, then that it is still awaited, and it
// can be given up.
func TestSlowServer_canBeLeft(t *testing.T) {
	hang := func(b *bench) {
		synctest.Wait() // for what is asked already
		b.storage.Hold = make(chan struct{})
	}
	for _, tt := range []struct {
		name string
		do   func(*bench)
		// said is what stands before the words about the server, stop the button that gives it up, and then what is
		// said of that; empty where the words just go.
		said, stop, then string
	}{
		{"preview", func(b *bench) {
			b.openDetails()
			hang(b)
			b.click("README.md", 0)
		}, "", "details.stop", "Loading stopped"},
		{"facts", func(b *bench) {
			b.openDetails()
			b.click("README.md", 0)
			b.see("# Measurements")
			hang(b)
			b.press("details.info")
		}, "", "details.stop", "Loading stopped"},
		{"versions", func(b *bench) {
			b.openDetails()
			b.click("README.md", 0)
			b.see("# Measurements")
			hang(b)
			b.press("details.versions")
		}, "", "details.stop", "Loading stopped"},
		{"tags", func(b *bench) {
			b.openDetails()
			b.click("README.md", 0)
			b.press("details.info")
			b.press("details.edit-tags")
			hang(b)
			b.answer("tags", "project = waves", "confirm.tags")
		}, "Saving the tags, ", "work.press", ""},
		{"rename", func(b *bench) {
			b.click("README.md", 0)
			b.key(fyne.KeyF2)
			hang(b)
			b.answer("name", "LIESMICH.md", "confirm.rename")
		}, "Renaming, ", "work.press", ""},
		{"new folder", func(b *bench) {
			b.press("new")
			hang(b)
			b.answer("name", "april", "confirm.make-folder")
		}, "Creating folder, ", "work.press", ""},
		{"delete", func(b *bench) {
			b.click("README.md", 0)
			b.key(fyne.KeyDelete)
			hang(b)
			b.press("confirm.delete")
		}, "Deleting, ", "work.press", ""},
		{"typed path", func(b *bench) {
			b.press("edit-path")
			b.entry("path").SetText("s3://measurements/2026/README.md")
			hang(b)
			b.key(fyne.KeyReturn)
		}, "Looking for s3://measurements/2026/README.md, ", "work.press", ""},
		{"question before a deletion", func(b *bench) {
			b.click("2024", 0)
			hang(b)
			b.key(fyne.KeyDelete)
		}, "Counting the files in folders, ", "confirm.cancel", ""},
		{"search", func(b *bench) {
			hang(b)
			b.search("x")
		}, "0 matches so far in 0 files, ", "search.run", "Search stopped"},
		{"deleted files", func(b *bench) {
			hang(b)
			b.press("more")
			b.press("menu.deleted")
		}, "0 deleted files so far in 0 versions, ", "deleted.stop", "Loading stopped"},
		{"count of a folder", func(b *bench) {
			b.openDetails()
			b.click("2024", 0)
			b.see("Count files and size")
			hang(b)
			b.press("details.count")
		}, "", "details.stop", "Counting stopped"},
		{"share", func(b *bench) {
			b.click("README.md", 0)
			hang(b)
			b.press("share")
		}, "Creating the link, ", "close", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := atFolder(t, &chooser{})
				tt.do(b)
				slow, long := "waiting for Research lake", "still waiting for Research lake"
				if tt.said == "" {
					slow, long = "Waiting for Research lake", "Still waiting for Research lake"
				}
				b.see(tt.said + slow)
				b.see(tt.said + long)
				b.press(tt.stop)
				b.gone(tt.said + long)
				if tt.then != "" {
					b.see(tt.then)
				}
				b.window.Close()
			})
		})
	}
}

// What was stopped in the details can be asked for again.
func TestDetails_reloadAfterStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := atFolder(t, &chooser{})
		b.openDetails()
		synctest.Wait()
		b.storage.Hold = make(chan struct{})
		b.click("README.md", 0)
		b.see("Waiting for Research lake")
		b.press("details.stop")
		b.see("Loading stopped")
		close(b.storage.Hold)
		b.press("details.retry")
		b.see("# Measurements")
		b.window.Close()
	})
}
