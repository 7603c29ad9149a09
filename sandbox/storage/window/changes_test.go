package window

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daypass/sandbox/servers"
)

// A folder's life: made, filled by copying, renamed, moved to another bucket and deleted there with all
// its versions. What the server holds is checked after each step.
func TestChanges_realServer(t *testing.T) {
	s := newScene(t, servers.Ada)
	one, two := s.newBucket(false), s.newBucket(true)
	s.put(one, "a.txt", "a")
	s.put(one, "b.txt", "b")
	s.path("s3://" + one)
	s.see("a.txt")
	s.press("new")
	s.answer("name", "plans 100% ü", "confirm.make-folder")
	s.see("plans 100% ü")
	s.holds(one, "a.txt", "b.txt", "plans 100% ü/")

	s.click("a.txt", 0)
	s.click("b.txt", fyne.KeyModifierShortcutDefault)
	s.see("2 selected, 2 B")
	s.menu("menu.copy-to")
	s.answer("copy.folder", "s3://"+one+"/plans 100% ü/", "confirm.copy")
	s.holds(one, "a.txt", "b.txt", "plans 100% ü/", "plans 100% ü/a.txt", "plans 100% ü/b.txt")

	s.click("a.txt", 0)
	s.key(fyne.KeyF2)
	s.answer("name", "c.txt", "confirm.rename")
	s.holds(one, "b.txt", "c.txt", "plans 100% ü/", "plans 100% ü/a.txt", "plans 100% ü/b.txt")
	s.see("c.txt")
	s.click("c.txt", 0)
	s.key(fyne.KeyF2)
	s.answer("name", "b.txt", "confirm.rename")
	s.see("b.txt")
	s.read("1 of 1 item failed")
	s.press("close")
	if got := s.content(one, "b.txt"); got != "b" {
		t.Errorf("renaming put %q over what was there", got)
	}

	s.click("plans 100% ü", 0)
	s.key(fyne.KeyF2)
	s.answer("name", "plans", "confirm.rename")
	s.holds(one, "b.txt", "c.txt", "plans/", "plans/a.txt", "plans/b.txt")
	s.see("plans")
	s.click("plans", 0)
	s.menu("menu.move-to")
	s.answer("copy.folder", "s3://"+two+"/old/", "confirm.move")
	s.holds(one, "b.txt", "c.txt")
	s.holds(two, "old/plans/", "old/plans/a.txt", "old/plans/b.txt")
	s.gone("plans")

	s.path("s3://" + two + "/old/")
	s.click("plans", 0)
	s.key(fyne.KeyDelete)
	s.seeAll("Delete “plans”?", "3 files, 2 B")
	s.control("delete-versions").(fyne.Tappable).Tapped(nil)
	s.press("confirm.delete")
	s.versions(two, "", 0)
}

// The picker of a copy lists folders of the server, and makes the one that is missing.
func TestCopy_intoNewFolder(t *testing.T) {
	s := newScene(t, servers.Ada)
	bucket := s.newBucket(false)
	s.put(bucket, "a.txt", "a")
	s.put(bucket, "old/b.txt", "b")
	s.path("s3://" + bucket)
	s.see("a.txt")
	s.click("a.txt", 0)
	s.menu("menu.copy-to")
	s.see("old") // in the picker
	s.press("copy.new-folder")
	s.answer("name", "new ü", "confirm.make-folder")
	s.see("There are no folders in this folder.")
	s.press("confirm.copy")
	s.holds(bucket, "a.txt", "new ü/", "new ü/a.txt", "old/b.txt")
}

// A bucket is made and, once it is empty, deleted; one that is not empty is left, and said to be so.
func TestBuckets_createAndDelete(t *testing.T) {
	s := newScene(t, servers.Ada)
	s.see("measurements")
	const name = "made-by-hand"
	t.Cleanup(func() { _ = removeBucket(name) }) // which is gone, but for a failure
	s.press("new")
	s.answer("name", name, "confirm.make-bucket")
	s.click(name, 0)
	if there, err := admin.BucketExists(s.ctx, name); err != nil || !there {
		t.Errorf("the server has it: %v, %v", there, err)
	}
	s.put(name, "a", "a")
	s.key(fyne.KeyDelete)
	s.press("confirm.delete")
	s.read("not empty")
	s.press("banner.dismiss")
	s.remove(name, "a")
	s.click(name, 0)
	s.key(fyne.KeyDelete)
	s.press("confirm.delete")
	s.gone(name)
	if there, err := admin.BucketExists(s.ctx, name); err != nil || there {
		t.Errorf("the server has it still: %v, %v", there, err)
	}
}

// Who may only read is told at the first error of each kind, and then sees what is not allowed and why.
func TestReadOnlyUser_deniedCommands(t *testing.T) {
	s := newScene(t, servers.Reader)
	s.seeAll("measurements", "1 bucket")
	s.path("s3://archive/")
	s.see("Access denied")
	s.path("s3://measurements/")
	for _, c := range []struct {
		do     func()
		reason string
	}{
		{func() { s.key(fyne.KeyDelete); s.press("confirm.delete") }, "“README.md”: delete the object."},
		{func() { s.key(fyne.KeyF2); s.answer("name", "x.md", "confirm.rename") }, "“x.md”: copy objects into this folder."},
		{func() { s.press("new"); s.answer("name", "mine", "confirm.make-folder") }, "“mine/”: create a folder."},
		{func() { s.menu("menu.move-to"); s.answer("copy.folder", "s3://measurements/notes/", "confirm.move") }, "“notes/README.md”: copy objects into this folder."},
		{func() { s.menu("menu.copy-to"); s.answer("copy.folder", "s3://measurements/notes/", "confirm.copy") }, "“notes/README.md”: copy objects into this folder."},
	} {
		s.click("README.md", 0)
		c.do()
		s.putAway("Access denied. " + host(s.line.URL) + " denied this operation on " + c.reason)
	}
	s.click("README.md", 0)
	for id, reason := range map[string]string{"delete": "“README.md”: delete the object.", "rename": "“x.md”: copy objects into this folder.", "new": "“mine/”: create a folder."} {
		s.disabled(id)
		s.see("Access denied. " + host(s.line.URL) + " denied this operation on " + reason)
	}
	s.disabled("upload-menu")
	s.press("more")
	s.disabled("menu.move-to")
	s.disabled("menu.copy-to")
	s.key(fyne.KeyEscape)
	s.see("Download")
	s.press("download")
	s.arrived()
	s.file(filepath.Join(s.folder, "README.md"), s.content(servers.Measurements, "README.md"))
	s.press("refresh") // the user may have been given more in the meantime
	s.click("README.md", 0)
	s.see("Delete… (Delete)")

	file := filepath.Join(t.TempDir(), "mine.txt")
	s.must(os.WriteFile(file, []byte("mine"), 0o600))
	s.drop(file)
	s.press("transfers.fold")
	s.read("Access denied")
	s.click("README.md", 0)
	s.disabled("upload-menu")
	if got := s.keys(servers.Measurements); slices.Contains(got, "mine.txt") || slices.Contains(got, "mine/") || !slices.Contains(got, "README.md") {
		t.Error("the bucket is another one now")
	}
}

// putAway waits for an error, in a sheet or above the listing, and puts it away.
func (s *scene) putAway(text string) {
	s.t.Helper()
	s.see(text)
	s.until("a way to put it away", func() bool { return s.has("close") || s.has("banner.dismiss") })
	for _, away := range []string{"close", "banner.dismiss"} {
		if s.has(away) {
			s.press(away)
		}
	}
}

func host(endpoint string) string { return strings.TrimPrefix(endpoint, "http://") }

// A folder that is deleted in a bucket with versions says how much that was, comes back by Undo, and by the list of
// deleted files that it offers once it is empty. MinIO keeps no versions of an object that stands for a folder, and needs
// none: the folder is there with what is in it.
func TestDeletedFiles_restoreFolder(t *testing.T) {
	s := newScene(t, servers.Ada)
	bucket := s.newBucket(true)
	for _, key := range []string{"box/", "box/a.txt", "box/in/b.txt"} {
		s.put(bucket, key, "")
	}
	s.path("s3://" + bucket + "/")
	remove := func(said string) {
		s.click("box", 0)
		s.key(fyne.KeyDelete)
		s.press("confirm.delete")
		s.see(said)
	}
	remove("3 items deleted")
	s.press("work.press")
	s.see("2 items restored")
	remove("2 items deleted")
	s.path("s3://" + bucket + "/box/")
	s.see("This folder is empty")
	s.press("show-deleted")
	s.see("2 deleted files")
	s.press("deleted.restore")
	s.see("2 items restored")
	s.press("deleted.close")
	s.see("a.txt")
	s.holds(bucket, "box/a.txt", "box/in/b.txt")
}
