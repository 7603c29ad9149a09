package window

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daypass/sandbox/servers"
)

// editor is the system's program for files: it adds a line to what it is given, and notes where that was.
const editor = `#!/bin/sh
sleep 0.2
echo 'and a line of mine' >>"$1"
printf %s "$1" >"$NOTE.new" && mv "$NOTE.new" "$NOTE"
`

// A file is fetched and opened with the system's program; that changes it, and the window offers to upload
// it in place of the one that was there.
func TestOpenFile_uploadsChanges(t *testing.T) {
	note, temporary := editorOnPath(t)
	s := newScene(t, servers.Ada)
	bucket := s.newBucket(true)
	const name = "it's $(touch pwned) & ü.txt"
	s.put(bucket, "notes/"+name, "a line\n")
	s.put(bucket, "notes/run.sh", "#!/bin/sh\n")
	s.path("s3://" + bucket + "/notes/")
	s.open("run.sh")
	s.see("Script not opened")
	s.press("close")
	s.open(name)
	s.see("“" + name + "” was changed")
	path, err := os.ReadFile(note)
	s.must(err)
	if dir, err := os.Stat(filepath.Dir(string(path))); err != nil || dir.Mode().Perm() != 0o700 || filepath.Base(string(path)) != name {
		t.Errorf("it was opened as %s, %v, %v", path, dir.Mode(), err)
	}
	if got := s.content(bucket, "notes/"+name); got != "a line\n" {
		t.Errorf("before the answer the object is %q", got)
	}
	s.press("confirm.upload")
	s.until("the change in the bucket", func() bool { return s.content(bucket, "notes/"+name) == "a line\nand a line of mine\n" })
	s.versions(bucket, "notes/"+name, 2)
	s.see("2 transfers finished")
	s.window.Close()
	if left, err := filepath.Glob(filepath.Join(temporary, "daypass-open-*")); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A change that nobody wanted uploaded stays where the user can find it.
func TestOpenFile_keepsUnuploadedChange(t *testing.T) {
	note, temporary := editorOnPath(t)
	s := newScene(t, servers.Ada)
	bucket := s.newBucket(false)
	s.put(bucket, "plan.txt", "a line\n")
	s.path("s3://" + bucket)
	s.open("plan.txt")
	s.see("“plan.txt” was changed")
	s.press("confirm.cancel")
	s.window.Close()
	path, err := os.ReadFile(note)
	s.must(err)
	if !strings.HasPrefix(string(path), temporary) {
		t.Errorf("it was opened at %s", path)
	}
	s.file(string(path), "a line\nand a line of mine\n")
	if got := s.content(bucket, "plan.txt"); got != "a line\n" {
		t.Errorf("the object is %q", got)
	}
}

// editorOnPath makes editor the system's program. It gives the file of its note, and where temporary files go.
func editorOnPath(t *testing.T) (note, temporary string) {
	t.Helper()
	programs := t.TempDir()
	note, temporary = filepath.Join(t.TempDir(), "note"), t.TempDir()
	if err := os.WriteFile(filepath.Join(programs, "xdg-open"), []byte(editor), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", programs+":"+os.Getenv("PATH"))
	t.Setenv("NOTE", note)
	t.Setenv("TMPDIR", temporary)
	return note, temporary
}
