package window

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daypass/sandbox/headless"
	"daypass/sandbox/servers"
)

// Files, folders and selections go up, by dropping and by the buttons, and come down again.
func TestTransfers_uploadAndDownload(t *testing.T) {
	s := newScene(t, servers.Ada)
	bucket, home := s.newBucket(false), t.TempDir()
	s.write(filepath.Join(home, "tree", "a 100%.txt"), "a")
	s.write(filepath.Join(home, "tree", "deep", "er", "b.txt"), "b")
	s.write(filepath.Join(home, "one.csv"), "1,2\n")
	s.write(filepath.Join(home, "two.csv"), "3,4\n")
	s.write(filepath.Join(home, "other", "c.txt"), "c")
	s.path("s3://" + bucket)
	s.see("This bucket is empty")
	s.drop(filepath.Join(home, "tree"), filepath.Join(home, "one.csv"))
	s.arrived()
	s.seeAll("tree", "one.csv")
	s.files = []string{filepath.Join(home, "two.csv")}
	s.press("upload-menu")
	s.press("menu.upload")
	s.arrived()
	s.see("two.csv")
	s.folder = filepath.Join(home, "other")
	s.press("upload-menu")
	s.press("menu.upload-folder")
	s.arrived()
	s.see("other")
	s.holds(bucket, "tree/a 100%.txt", "tree/deep/er/b.txt", "one.csv", "two.csv", "other/c.txt")

	s.folder = t.TempDir()
	s.click("one.csv", 0)
	s.click("tree", fyne.KeyModifierShortcutDefault)
	s.see("2 selected")
	s.press("download")
	s.arrived()
	want := files(t, home)
	maps.DeleteFunc(want, func(name, _ string) bool { return name == "two.csv" || strings.HasPrefix(name, "other") })
	if got := files(t, s.folder); !maps.Equal(got, want) {
		t.Errorf("came down %q, want %q", got, want)
	}
	s.folder = t.TempDir()
	s.menu("menu.select-all")
	s.press("download")
	s.arrived()
	if got, want := files(t, s.folder), files(t, home); !maps.Equal(got, want) {
		t.Errorf("all of it is %q, want %q", got, want)
	}
}

func (s *scene) write(path, text string) {
	s.t.Helper()
	s.must(os.MkdirAll(filepath.Dir(path), 0o700))
	s.must(os.WriteFile(path, []byte(text), 0o600))
}

// files are the contents of all files below a folder.
func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		all[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Where names are taken, the user is asked once, and answers for all.
func TestConflict_answerForAll(t *testing.T) {
	s := newScene(t, servers.Ada)
	bucket := s.newBucket(false)
	for n := range 5 {
		s.put(bucket, fmt.Sprintf("f/%d.txt", n), "theirs")
		s.write(filepath.Join(s.folder, "f", fmt.Sprintf("%d.txt", n)), "mine")
	}
	s.path("s3://" + bucket)
	s.click("f", 0)
	s.press("download")
	s.read("already exists")
	s.press("conflict.for-all")
	s.press("conflict.keep-both")
	s.arrived()
	got := slices.Sorted(maps.Values(files(t, s.folder)))
	if want := strings.Fields("mine mine mine mine mine theirs theirs theirs theirs theirs"); !slices.Equal(got, want) {
		t.Errorf("there is %q", got)
	}
	s.drop(filepath.Join(s.folder, "f"))
	s.read("already exists")
	s.press("conflict.for-all")
	s.press("conflict.replace")
	s.arrived()
	if got := s.content(bucket, "f/3.txt"); got != "mine" {
		t.Errorf("the object is %q", got)
	}
}

const mib = 1 << 20

// noise is a file of so many bytes that no two parts of it are the same.
func (s *scene) noise(size int) string {
	data := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{byte(size)}).Read(data)
	return string(data)
}

// An upload is paused, goes on, is canceled and taken up again: it arrives whole, and until then nothing
// is in the bucket.
func TestUpload_pauseAndCancel(t *testing.T) {
	s := newScene(t, servers.Ada)
	bucket, home := s.newBucket(false), t.TempDir()
	content := s.noise(48 * mib)
	s.write(filepath.Join(home, "big.bin"), content)
	s.path("s3://" + bucket)
	s.see("This bucket is empty")
	s.line.Rate.Store(12 * mib)
	s.drop(filepath.Join(home, "big.bin"))
	s.press("transfers.fold")
	id := s.transfer("on its way", func(t headless.Transfer) bool { return t.Progress.Done > 8*mib }).ID
	s.press("transfer.pause:" + id)
	s.read("Paused at ")
	s.press("transfers.resume")
	s.transfer("on its way again", func(t headless.Transfer) bool { return t.Progress.Done > 20*mib })
	s.press("transfer.cancel:" + id)
	s.read("Canceled at ")
	if keys := s.keys(bucket); len(keys) != 0 {
		t.Errorf("half of it is there as %q", keys)
	}
	s.line.Rate.Store(0)
	s.press("transfer.resume:" + id)
	s.transfer("done", func(t headless.Transfer) bool { return t.Phase == "done" })
	if s.content(bucket, "big.bin") != content {
		t.Error("what arrived is something else")
	}
	s.press("transfers.clear")
	s.gone("Clear finished")
}

// The agent is killed in the middle of a download and started again. The window says so, finds the new
// one, and the download goes on.
func TestTransfers_agentKilled(t *testing.T) {
	s := newScene(t, servers.Ada)
	bucket := s.newBucket(false)
	content := s.noise(48 * mib)
	s.put(bucket, "big.bin", content)
	s.path("s3://" + bucket)
	s.click("big.bin", 0)
	s.line.Rate.Store(12 * mib)
	s.press("download")
	s.transfer("on its way", func(t headless.Transfer) bool { return t.Progress.Done > 8*mib })
	s.Kill()
	s.see("Agent stopped")
	for name := range files(t, s.folder) {
		if !strings.HasPrefix(name, ".daypass-") {
			t.Errorf("%s looks whole", name)
		}
	}
	s.line.Rate.Store(0)
	s.must(s.Start(s.ctx))
	s.must(s.SignIn(s.ctx, "lake", servers.Ada))
	s.arrived()
	s.see("Finished, 50.3 MB")
	s.see("1 item")
	s.file(filepath.Join(s.folder, "big.bin"), content)
}

// What could not be read is told file by file; the rest has arrived, and what failed is tried again.
func TestTransfers_retryFailed(t *testing.T) {
	s := newSceneWith(t, servers.Ada, humble(t))
	bucket, home := s.newBucket(false), t.TempDir()
	for n := range 4 {
		s.write(filepath.Join(home, "in", fmt.Sprintf("%d.txt", n)), "text")
	}
	locked := filepath.Join(home, "in", "2.txt")
	s.must(os.Chmod(locked, 0))
	s.path("s3://" + bucket)
	s.see("This bucket is empty")
	s.drop(filepath.Join(home, "in"))
	s.press("transfers.fold")
	s.press("transfer.why:" + s.transfer("at its end", headless.Transfer.Ended).ID)
	s.see("1 of 4 files failed")
	s.read("Permission denied")
	s.press("close")
	s.holds(bucket, "in/0.txt", "in/1.txt", "in/3.txt")
	s.must(os.Chmod(locked, 0o600))
	s.press("transfers.retry")
	s.holds(bucket, "in/0.txt", "in/1.txt", "in/2.txt", "in/3.txt")
	s.arrived()

	s.folder = filepath.Join(home, "closed")
	s.must(os.Mkdir(s.folder, 0o500))
	s.click("in", 0)
	s.press("download")
	got := s.ended()
	if got.Phase != "failed" || got.Done != 0 {
		t.Errorf("a folder that may not be written to: %+v", got)
	}
	s.read("Permission denied")
	if left := files(t, s.folder); len(left) != 0 {
		t.Errorf("there is %q", left)
	}
}

// humble is a daypass that has to keep to permissions, as root's programs do not by themselves.
func humble(t *testing.T) string {
	t.Helper()
	if os.Getuid() != 0 {
		return daypass
	}
	drop, err := exec.LookPath("setpriv")
	if err != nil {
		t.Fatalf("root needs setpriv to give up what others do not have: %v", err)
	}
	real, err := filepath.Abs(daypass)
	if err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(t.TempDir(), "daypass")
	text := "#!/bin/sh\nexec " + drop + " --bounding-set=-dac_override,-dac_read_search '" + real + "' \"$@\"\n"
	if err := os.WriteFile(script, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	return script
}

// What is copied to another connection goes through this computer, and arrives with all that was noted on it.
func TestCopy_toAnotherConnection(t *testing.T) {
	s := newScene(t, servers.Ada)
	s.must(s.SignIn(s.ctx, "role", servers.Ada))
	from, to := s.newBucket(false), s.newBucket(false)
	s.put(from, "in/a.txt", "a")
	s.put(from, "in/deep/b.txt", "b")
	s.path("s3://" + from)
	s.click("in", 0)
	s.menu("menu.copy-to")
	s.press("copy.connection")
	s.press("copy.connection:role")
	s.see("The data goes through this computer as a transfer.")
	s.answer("copy.folder", "s3://"+to+"/copies/", "confirm.copy")
	s.arrived()
	s.holds(from, "in/a.txt", "in/deep/b.txt")
	s.holds(to, "copies/in/a.txt", "copies/in/deep/b.txt")

	s.click("in", 0)
	s.menu("menu.move-to")
	s.press("copy.connection")
	s.press("copy.connection:role")
	s.answer("copy.folder", "s3://"+to+"/moved/", "confirm.move")
	s.holds(from)
	s.holds(to, "copies/in/a.txt", "copies/in/deep/b.txt", "moved/in/a.txt", "moved/in/deep/b.txt")
	s.arrived()
	if got := s.content(to, "moved/in/deep/b.txt"); got != "b" {
		t.Errorf("what was moved is %q", got)
	}
}
