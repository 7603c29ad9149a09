package ui_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app"
	"daypass/app/location"
	"daypass/ui/uitest"
)

// did waits until the storage was asked for what.
func (b *bench) did(what string) {
	b.t.Helper()
	b.queue.Await(b.t, "“"+what+"” in the storage", func() bool { return contains(b.storage.Calls(), what) })
}

// answer types into the question on screen and presses its button.
func (b *bench) answer(field, text, button string) {
	b.t.Helper()
	b.entry(field).SetText(text)
	b.press(button)
}

// Changes that are made in the window reach the storage.
func TestChanges_reachStorage(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(*bench)
		want string
	}{
		{"new folder", func(b *bench) {
			b.press("new")
			b.answer("name", "april", "confirm.make-folder")
		}, "new-folder measurements 2026/ april"},
		{"rename", func(b *bench) {
			b.click("README.md", 0)
			b.key(fyne.KeyF2)
			b.answer("name", "LIESMICH.md", "confirm.rename")
		}, "rename measurements 2026/README.md LIESMICH.md"},
		{"copy", func(b *bench) {
			b.click("README.md", 0)
			b.press("more")
			b.press("menu.copy-to")
			b.answer("copy.folder", "/archive-2024/old/", "confirm.copy")
		}, "copy measurements 2026/README.md archive-2024/old/ move false overwrite false"},
		{"move over what is there", func(b *bench) {
			b.click("2024", 0)
			b.press("more")
			b.press("menu.move-to")
			b.control("copy.replace").(fyne.Tappable).Tapped(nil)
			b.answer("copy.folder", "s3://archive-2024", "confirm.move")
		}, "copy measurements 2026/2024/ archive-2024/ move true overwrite true"},
		{"delete", func(b *bench) {
			b.click("README.md", 0)
			b.click("2024", fyne.KeyModifierShortcutDefault)
			b.key(fyne.KeyDelete)
			b.see("2024/")
			b.see("1,205 files, 4.2 GB")
			b.press("confirm.delete")
		}, "delete measurements 2026/2024/,2026/README.md"},
		{"delete for good", func(b *bench) {
			b.click("README.md", 0)
			b.key(fyne.KeyDelete)
			b.control("delete-versions").(fyne.Tappable).Tapped(nil)
			b.press("confirm.delete")
		}, "delete-forever measurements 2026/README.md"},
		{"delete everything", func(b *bench) {
			b.press("more")
			b.press("menu.select-all")
			b.press("delete")
			b.press("confirm.delete")
		}, "delete measurements 2026/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := atFolder(t, &chooser{})
			n := b.storage.Asked()
			tt.do(b)
			b.did(tt.want)
			b.queue.Await(t, "another listing", func() bool { return b.storage.Asked() > n })
		})
	}
}

// A folder that would be copied or moved into itself is refused in the question, before anything is asked of the server.
func TestCopy_refusesOwnSubfolder(t *testing.T) {
	for command, done := range map[string]string{"copy": "copied", "move": "moved"} {
		b := atFolder(t, &chooser{})
		b.click("2024", 0)
		b.press("more")
		b.press("menu." + command + "-to")
		b.press("confirm." + command)
		b.see("Source and destination are the same folder.")
		b.answer("copy.folder", "s3://measurements/2026/2024/", "confirm."+command)
		b.see("A folder cannot be " + done + " into itself. Choose another folder.")
		b.answer("copy.folder", "s3://measurements/2026/2024/january/", "confirm."+command)
		b.see("A folder cannot be " + done + " into one of its own subfolders. Choose another folder.")
		b.queue.Drain()
		if calls := strings.Join(b.storage.Calls(), "\n"); strings.Contains(calls, "copy") {
			t.Errorf("%s:\n%s", command, calls)
		}
		b.answer("copy.folder", "s3://measurements/2025/", "confirm."+command)
		b.did("copy measurements 2026/2024/ measurements/2025/")
	}
}

// What goes to another connection is a transfer; what is wrong with the path is told first.
func TestCopy_toAnotherConnection(t *testing.T) {
	for _, tt := range []struct {
		act  string
		move bool
	}{{"copy", false}, {"move", true}} {
		b := atFolder(t, &chooser{})
		two := one(uitest.SignedIn(time.Hour))
		archive := uitest.SignedIn(time.Hour)
		archive.ID, archive.Name = "archive", "Archive"
		two.Sessions = append(two.Sessions, archive)
		b.core.Set(two)
		b.see("Archive")
		b.click("README.md", 0)
		b.click("2024", fyne.KeyModifierShortcutDefault)
		b.press("more")
		b.press("menu." + tt.act + "-to")
		b.see("The server copies the data. Nothing goes through this computer.")
		b.control("copy.connection").(fyne.Tappable).Tapped(nil)
		b.press("copy.connection:archive")
		b.press("confirm." + tt.act)
		b.see("Enter a path with a bucket, such as s3://bucket/folder/.")
		b.answer("copy.folder", "/old/2026", "confirm."+tt.act)
		got := b.started()
		want := app.TransferRequest{
			Connection: "research-lake", Direction: app.Copy, Location: location.Location{Bucket: "measurements", Prefix: "2026/"}, Move: tt.move, Conflicts: app.Ask,
			Objects: []app.TransferObject{{Key: "2026/2024/"}, {Key: "2026/README.md", Size: 2100}},
			To:      &app.TransferTarget{Connection: "archive", Location: location.Location{Bucket: "old", Prefix: "2026/"}},
		}
		if !reflect.DeepEqual(got, want) || got.Validate() != nil {
			t.Errorf("asked for %+v", got)
		}
	}
}

// Deleted files are listed, chosen and brought back; then the list is made again.
func TestDeletedFiles_restore(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.press("more")
	b.press("menu.deleted")
	b.see("Deleted files in s3://measurements/2026/")
	b.see("4 deleted files")
	b.click("draft.md", 0)
	b.click("2025/december/summary.pdf", fyne.KeyModifierShortcutDefault)
	b.press("deleted.restore")
	b.did("undelete measurements 2026/2025/december/summary.pdf,2026/draft.md")
	again := func(times int) {
		b.queue.Await(t, "the list rebuilt", func() bool {
			return strings.Count(strings.Join(b.storage.Calls(), "\n"), "deleted measurements 2026/") == times
		})
		b.see("4 deleted files")
	}
	again(2)
	b.press("deleted.restore")
	b.did("undelete measurements 2026/2025/december/readings.csv,2026/2025/december/summary.pdf,2026/calibration-old.csv,2026/draft.md")
	b.queue.Await(t, "the list rebuilt", func() bool {
		return strings.Count(strings.Join(b.storage.Calls(), "\n"), "deleted measurements 2026/") == 3
	})
	b.press("deleted.close")
	b.see("README.md")
}

// Where nothing may be restored the button says so from then on.
func TestDeletedFiles_refusedRestoreIsDisabled(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.storage.FailAt("undelete", uitest.NotAllowed("restore"))
	b.press("more")
	b.press("menu.deleted")
	b.see("4 deleted files")
	b.press("deleted.restore")
	b.see("You may not restore. s3.example.com does not allow you to restore in this bucket.")
}

func TestNewBucket_create(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(3600e9)))
	b.see("measurements")
	b.press("new")
	b.answer("name", "Bad Name", "confirm.make-bucket")
	b.see("A bucket name can only contain lowercase letters, digits, dots and hyphens.")
	b.answer("name", "good-name", "confirm.make-bucket")
	b.did("new-bucket good-name")
}

// Nothing is deleted without a yes, and the focus is on no.
func TestDelete_asksFirst(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.click("README.md", 0)
	b.key(fyne.KeyDelete)
	b.see("Delete “README.md”?")
	b.key(fyne.KeyReturn)
	b.gone("Delete “README.md”?")
	if contains(b.storage.Calls(), "delete measurements 2026/README.md") {
		t.Error("Enter deleted it")
	}
}

// Invalid names are reported, and nothing is sent.
func TestRename_refusesInvalidNames(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.press("new")
	for name, text := range map[string]string{
		"": "Enter a name.", "a/b": "A name cannot contain a slash.", "..": "“.” and “..” cannot be used as names.",
	} {
		b.answer("name", name, "confirm.make-folder")
		b.see(text)
	}
	for _, call := range b.storage.Calls() {
		if strings.HasPrefix(call, "new-folder") {
			t.Errorf("%q was sent", call)
		}
	}
}

// What the server does not allow is told, and greyed from then on, with the reason as the hint.
func TestCommands_deniedAreDisabled(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.storage.FailAt("delete", uitest.NotAllowed("delete"))
	b.click("README.md", 0)
	b.key(fyne.KeyDelete)
	b.press("confirm.delete")
	b.see("You may not delete. s3.example.com does not allow you to delete in this bucket.")
	b.see("README.md")
	b.press("banner.dismiss")
	b.click("README.md", 0)
	reason := "You may not delete. s3.example.com does not allow you to delete in this bucket."
	b.see(reason)
	if d, ok := b.control("delete").(fyne.Disableable); !ok || !d.Disabled() {
		t.Error("the button can still be pressed")
	}
	b.key(fyne.KeyDelete)
	if b.window.FindText("Delete “README.md”?") != nil {
		t.Error("the key still asks")
	}
	b.storage.FailAt("delete", nil)
	b.press("refresh")
	b.queue.Await(t, "the act to be allowed again", func() bool { return b.window.FindText(reason) == nil })
}

// A change that hangs can be stopped, and nothing else begins in the meantime.
func TestChanges_cancel(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.click("README.md", 0)
	b.key(fyne.KeyF2)
	b.entry("name").SetText("x")
	b.storage.Hold = make(chan struct{})
	b.press("confirm.rename")
	b.see("Renaming, waiting for Research lake")
	b.press("new")
	b.answer("name", "april", "confirm.make-folder")
	b.see("Operation in progress")
	b.press("close")
	b.press("work.press")
	b.gone("Renaming, waiting for Research lake")
	if b.window.FindText("Operation failed. context canceled.") != nil {
		t.Error("stopping is told as a failure")
	}
}

// Of many deletions some fail.
func TestDelete_someFail(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.storage.Locked = "2026/README.md"
	b.click("README.md", 0)
	b.click("stations.json", fyne.KeyModifierShortcutDefault)
	b.key(fyne.KeyDelete)
	b.press("confirm.delete")
	b.see("1 of 2 items failed")
	b.see("2026/README.md")
	b.see("It is locked. A retention keeps it.")
}

func TestCopyPath_toClipboard(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.click("README.md", 0)
	b.press("more")
	b.press("menu.copy-path")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "s3://measurements/2026/README.md" {
		t.Errorf("copied %q", got)
	}
}
