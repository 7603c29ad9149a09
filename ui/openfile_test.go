package ui_test

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app"
	"daypass/ui"
	"daypass/ui/uitest"
)

// shower is the system's program: it notes what it was given.
type shower struct {
	mu    sync.Mutex
	paths []string
}

func (s *shower) open(path string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.paths = append(s.paths, path)
	return nil
}

func (s *shower) shown() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.paths...)
}

// A file is fetched to a folder of its own and shown; when it was changed there, it can be uploaded.
func TestOpenFile_uploadsChanges(t *testing.T) {
	s := &shower{}
	b := newBench(t, one(uitest.SignedIn(time.Hour)), func(o *ui.Options) { o.OpenFile = s.open })
	b.see("measurements")
	b.press("edit-path")
	b.entry("path").SetText("s3://measurements/2026/")
	b.key(fyne.KeyReturn)
	b.click("README.md", 0)
	b.key(fyne.KeyReturn)
	req := b.started()
	if req.Direction != app.Download || req.Prefix != "2026/" || req.Validate() != nil {
		t.Fatalf("%+v %v", req, req.Validate())
	}
	if info, err := os.Stat(req.Folder); err != nil || info.Mode().Perm() != 0o700 {
		t.Fatalf("the folder: %v %v", info, err)
	}
	path := filepath.Join(req.Folder, "README.md")
	if err := os.WriteFile(path, []byte("as it was"), 0o600); err != nil {
		t.Fatal(err)
	}
	done := uitest.Moving()
	done.ID, done.Phase, done.Path = "transfer-1", app.TransferDone, path
	b.core.SetTransfers(app.TransferList{Revision: 1, Transfers: []app.Transfer{done}})
	b.queue.Await(t, "the program", func() bool { return len(s.shown()) == 1 })
	if s.shown()[0] != path {
		t.Errorf("shown %q", s.shown())
	}
	b.queue.Await(t, "the file to be watched", b.window.Watching)
	changed := time.Now().Add(time.Minute)
	if err := os.Chtimes(path, changed, changed); err != nil {
		t.Fatal(err)
	}
	b.see("“README.md” was changed")
	b.press("confirm.upload")
	b.queue.Await(t, "the upload", func() bool { return len(b.core.Started()) == 2 })
	up := b.core.Started()[1]
	if up.Direction != app.Upload || up.As != "README.md" || up.Prefix != "2026/" || up.Paths[0] != path || up.Conflicts != app.Replace || up.Validate() != nil {
		t.Errorf("%+v %v", up, up.Validate())
	}
	b.queue.Await(t, "the upload's number", b.window.Returned)
	done.ID = "transfer-2"
	b.core.SetTransfers(app.TransferList{Revision: 2, Transfers: []app.Transfer{done}})
	b.queue.Await(t, "the end of the upload", b.window.Safe)
	b.window.Close()
	if _, err := os.Stat(req.Folder); !os.IsNotExist(err) {
		t.Errorf("the folder is left: %v", err)
	}
}

// A change whose upload has not ended outlives the window: the agent still reads it.
func TestOpenFile_uploadOutlivesWindow(t *testing.T) {
	s := &shower{}
	b := newBench(t, one(uitest.SignedIn(time.Hour)), func(o *ui.Options) { o.OpenFile = s.open })
	b.see("measurements")
	b.path("s3://measurements/2026/")
	b.click("README.md", 0)
	b.key(fyne.KeyReturn)
	req := b.started()
	t.Cleanup(func() { _ = os.RemoveAll(req.Folder) })
	path := filepath.Join(req.Folder, "README.md")
	if err := os.WriteFile(path, []byte("as it was"), 0o600); err != nil {
		t.Fatal(err)
	}
	moved := uitest.Moving()
	moved.ID, moved.Phase, moved.Path = "transfer-1", app.TransferDone, path
	b.core.SetTransfers(app.TransferList{Revision: 1, Transfers: []app.Transfer{moved}})
	b.queue.Await(t, "the file to be watched", b.window.Watching)
	changed := time.Now().Add(time.Minute)
	if err := os.Chtimes(path, changed, changed); err != nil {
		t.Fatal(err)
	}
	b.see("“README.md” was changed")
	moved.ID, moved.Phase, moved.Path = "transfer-2", app.TransferRunning, ""
	b.core.SetTransfers(app.TransferList{Revision: 2, Transfers: []app.Transfer{moved}})
	b.press("confirm.upload")
	b.queue.Await(t, "the upload's number", b.window.Returned)
	b.window.Close()
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the change is lost: %v", err)
	}
}

// What is changed once more while the upload of a change is being started is not in the storage with it.
func TestOpenFile_changeDuringUpload(t *testing.T) {
	s := &shower{}
	b := newBench(t, one(uitest.SignedIn(time.Hour)), func(o *ui.Options) { o.OpenFile = s.open })
	b.see("measurements")
	b.path("s3://measurements/2026/")
	b.click("README.md", 0)
	b.key(fyne.KeyReturn)
	req := b.started()
	t.Cleanup(func() { _ = os.RemoveAll(req.Folder) })
	path := filepath.Join(req.Folder, "README.md")
	change := func(minutes time.Duration) {
		at := time.Now().Add(minutes * time.Minute)
		if err := errors.Join(os.WriteFile(path, []byte("text"), 0o600), os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	change(0)
	first, second := uitest.Moving(), uitest.Moving()
	first.ID, first.Phase, first.Path = "transfer-1", app.TransferDone, path
	second.ID, second.Phase = "transfer-2", app.TransferDone
	b.core.SetTransfers(app.TransferList{Revision: 1, Transfers: []app.Transfer{first, second}})
	b.queue.Await(t, "the file to be watched", b.window.Watching)
	change(1)
	release := b.core.Hold("start upload")
	t.Cleanup(release)
	b.see("“README.md” was changed")
	b.press("confirm.upload")
	b.asked("start upload")
	change(2)
	b.see("“README.md” was changed")
	n := b.queue.Total()
	release()
	b.queue.Await(t, "the upload's number", func() bool { return b.queue.Total() > n })
	if b.window.Safe() {
		t.Error("the second change is taken for sent")
	}
	b.window.Close()
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the change is lost: %v", err)
	}
}

// The places of a user are remembered, for each connection.
func TestBookmarks_remembered(t *testing.T) {
	dir := t.TempDir()
	state := func(o *ui.Options) { o.StateDir = dir }
	b := newBench(t, one(uitest.SignedIn(time.Hour)), state)
	b.see("measurements")
	b.press("edit-path")
	b.entry("path").SetText("s3://measurements/2026/")
	b.key(fyne.KeyReturn)
	b.see("README.md")
	b.press("bookmarks")
	b.press("menu.toggle-bookmark")
	b.window.Close()

	b = newBench(t, one(uitest.SignedIn(time.Hour)), state)
	b.see("README.md")
	b.press("back")
	b.see("notebooks")
	b.press("bookmarks")
	b.press("bookmark:s3://measurements/2026/")
	b.see("README.md")
}
