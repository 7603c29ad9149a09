package ui_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"

	"daypass/ui/kit"
	"daypass/ui/uitest"
)

func (b *bench) openDetails() {
	b.t.Helper()
	b.press("details")
	b.see("Close the details (Ctrl+I)")
}

// The details show the selected object.
func TestDetails_showSelection(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.openDetails()
	b.see("Nothing selected")
	b.click("README.md", 0)
	b.see("# Measurements")
	b.see("UTF-8")
	b.press("details.info")
	b.see("9a0364b9e99bb480dd25e1f0284c8555")
	b.see("tide gauge 4")
	b.press("details.versions")
	b.see("12.4 MB, current version")
	b.click("stations.json", fyne.KeyModifierShortcutDefault)
	b.see("Several items selected")
	b.click("2024", 0)
	b.see("Count files and size")
	b.key(fyne.KeyEscape)
	b.see("Nothing selected")
	b.press("details.close")
	b.gone("Nothing selected")
}

// What is in a folder is counted when somebody wants to know.
func TestFolderCount_onDemand(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.openDetails()
	b.click("2024", 0)
	b.see("Count files and size")
	if calls := strings.Join(b.storage.Calls(), "\n"); strings.Contains(calls, "count") {
		t.Fatalf("counted unasked:\n%s", calls)
	}
	b.press("details.count")
	b.see("1,204 files, 4.2 GB")
	b.press("details.count")
	b.see("1,204 files, 4.2 GB")
	b.click("README.md", 0)
	b.see("# Measurements")
}

// A count that is canceled says what it came to by then, asks the server for no more, and can be begun again.
func TestFolderCount_cancel(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.openDetails()
	b.click("2024", 0)
	b.see("Count files and size")
	b.storage.HoldNext()
	b.press("details.count")
	b.see("1,204 files, 4.2 GB so far.")
	b.press("details.stop")
	b.see("At least 1,204 files, 4.2 GB")
	b.see("Counting was stopped.")
	b.did("count measurements 2026/2024/")
	if b.window.Find("details.stop") != nil {
		t.Error("there is nothing left to cancel")
	}
	b.storage.Release()
	b.press("details.count")
	b.gone("At least 1,204 files, 4.2 GB")
	b.see("1,204 files, 4.2 GB")
}

// Long lines are broken until the user wants them whole, and that holds for the next file too.
func TestPreview_wrapsLongLines(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.openDetails()
	b.click("README.md", 0)
	if _, wrapped := b.see("# Measurements").(*kit.Code); !wrapped {
		t.Fatal("lines are not broken at first")
	}
	b.press("details.wrap")
	b.queue.Await(t, "whole lines", func() bool { _, whole := b.window.FindText("# Measurements").(*kit.Lines); return whole })
	b.click("stations.json", 0)
	b.queue.Await(t, "whole lines of the next file", func() bool { _, whole := b.window.FindText("{").(*kit.Lines); return whole })
}

// A file of which there is no preview is named, and can be opened.
func TestPreview_unavailable(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.openDetails()
	b.click("readings.parquet", 0)
	b.see("Parquet table")
	b.see("Open")
}

// Nothing is asked of the server while the details are closed, nor for what was passed over.
func TestDetails_requestsOnlyWhatIsShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // in which the clicks take no time
		b := atFolder(t, &chooser{})
		b.click("README.md", 0)
		b.click("stations.json", 0)
		b.openDetails()
		for _, name := range []string{"README.md", "readings.parquet", "site-photo.jpg", "stations.json"} {
			b.click(name, 0)
		}
		b.see("JSON")
		for _, call := range b.storage.Calls() {
			if strings.HasPrefix(call, "open ") && call != "open measurements 2026/stations.json" {
				t.Errorf("%q was asked for", call)
			}
		}
		b.window.Close()
	})
}

// What is asked for ends when the choice moves on.
func TestPreview_cancel(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.storage.Hold = make(chan struct{})
	b.openDetails()
	b.click("README.md", 0)
	b.see("Waiting for Research lake")
	b.click("stations.json", 0)
	b.queue.Await(t, "the first request to end", func() bool { return b.storage.Given() > 0 })
	close(b.storage.Hold)
	b.see("JSON")
}

// The details say why something could not be loaded.
func TestDetails_errors(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.storage.FailAt("open", uitest.NotAllowed("read"))
	b.openDetails()
	b.click("README.md", 0)
	b.see("You may not read")
	b.storage.FailAt("versions", uitest.NotAllowed("see versions"))
	b.press("details.versions")
	b.see("You may not see versions")
	b.press("details.info")
	b.see("STANDARD")
}

func TestTags_edit(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.openDetails()
	b.click("README.md", 0)
	b.press("details.info")
	b.press("details.edit-tags")
	if got := b.entry("tags").Text; got != "project = tides\nquality = checked" {
		t.Errorf("%q", got)
	}
	b.answer("tags", "= x", "confirm.tags")
	b.see("“= x” has no name before the equals sign.")
	b.answer("tags", "project = waves\n\nnew=a=b", "confirm.tags")
	b.did("set-tags measurements 2026/README.md [{project waves} {new a=b}]")
}

// What the server does not allow is off from then on, with the reason in its hint.
func TestDetails_deniedChangesAreDisabled(t *testing.T) {
	b := atFolder(t, &chooser{})
	for _, word := range []string{"set-tags", "restore", "delete-version"} {
		b.storage.FailAt(word, uitest.NotAllowed(word))
	}
	off := func(what, id string) {
		t.Helper()
		b.queue.Await(t, what, func() bool {
			button, ok := b.window.Find(id).(*kit.Button)
			return ok && button.Disabled() && button.Name() == "You may not "+what+". s3.example.com does not allow you to "+what+" in this bucket."
		})
	}
	b.openDetails()
	b.click("README.md", 0)
	b.press("details.versions")
	b.press("version.restore:2")
	off("restore", "version.restore:2")
	b.press("version.delete:0")
	b.press("confirm.delete-version")
	off("delete-version", "version.delete:0")
	b.press("details.info")
	b.press("details.edit-tags")
	b.answer("tags", "project = waves", "confirm.tags")
	b.queue.Await(t, "the tags", func() bool {
		edit, ok := b.window.Find("details.edit-tags").(fyne.Disableable)
		return ok && edit.Disabled()
	})
}

func TestVersions_commands(t *testing.T) {
	b := atFolder(t, &chooser{folder: "/home/ada"})
	b.openDetails()
	b.click("README.md", 0)
	b.press("details.versions")
	b.press("version.download:0")
	got := b.started()
	if o := got.Objects[0]; o.Key != "2026/README.md" || o.VersionID != "v4" || got.Folder != "/home/ada" || got.Validate() != nil {
		t.Errorf("%+v %v", got, got.Validate())
	}
	b.press("version.restore:2")
	b.did("restore measurements 2026/README.md v2")
	b.press("version.delete:0")
	b.see("Delete this version of “README.md”?")
	b.press("confirm.delete-version")
	b.did("delete-version measurements 2026/README.md v4")
	b.see("Deleted")
}
