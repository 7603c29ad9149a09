package files

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func add(line string) func([]byte) ([]byte, error) {
	return func(old []byte) ([]byte, error) { return append(bytes.Clone(old), line+"\n"...), nil }
}

func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func write(t *testing.T, path, text string, mode fs.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return strings.Join(out, " ")
}

// The first edit keeps a copy of the file.
func TestRule30_firstEditKeepsBackup(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "config")
	write(t, path, "mine", 0o644)
	if Backup(path) != path+BackupEnding {
		t.Errorf("backup %q", Backup(path))
	}
	for _, line := range []string{"a", "b"} {
		if err := Edit(path, Options{}, add(line)); err != nil {
			t.Fatal(err)
		}
	}
	if got := content(t, path); got != "minea\nb\n" {
		t.Errorf("%q", got)
	}
	if got := content(t, path+BackupEnding); got != "mine" || Backup(path) != "" {
		t.Errorf("copy %q, next %q", got, Backup(path))
	}
	for _, p := range []string{path, path + BackupEnding} {
		if info, _ := os.Stat(p); info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v", p, info.Mode())
		}
	}
	if got := names(t, dir); got != "config config.before-daypass" {
		t.Errorf("left: %s", got)
	}
}

// A file of our own is removed when it is empty.
func TestEdit_removesOwnEmptyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "config")
	nothing := func([]byte) ([]byte, error) { return nil, nil }
	if err := Edit(path, Options{}, nothing); err != nil || exists(filepath.Dir(path)) {
		t.Errorf("a folder for nothing: %v", err)
	}
	if err := Edit(path, Options{}, add("a")); err != nil {
		t.Fatal(err)
	}
	if err := Edit(path, Options{}, nothing); err != nil || exists(path) {
		t.Errorf("%v, still there: %v", err, exists(path))
	}
	if err := Edit(path, Options{KeepEmpty: true}, nothing); err != nil || exists(path) {
		t.Errorf("made for nothing: %v", err)
	}
	own := Options{KeepEmpty: true, Touched: func(text []byte) bool { return string(text) == "a\n" }}
	for _, change := range []func([]byte) ([]byte, error){add("a"), nothing} {
		if err := Edit(path, own, change); err != nil {
			t.Fatal(err)
		}
	}
	if names(t, filepath.Dir(path)) != "config" || content(t, path) != "" {
		t.Errorf("not kept empty: %s", names(t, filepath.Dir(path)))
	}
	write(t, path, "", 0o600)
	for _, change := range []func([]byte) ([]byte, error){add("a"), nothing} {
		if err := Edit(path, Options{}, change); err != nil {
			t.Fatal(err)
		}
	}
	if content(t, path) != "" {
		t.Error("an empty file of somebody else's went")
	}
}

// Symlinks are kept.
func TestRule30_keepsSymlinks(t *testing.T) {
	dir := t.TempDir()
	dotfiles := filepath.Join(dir, "dotfiles", "aws")
	if err := os.MkdirAll(dotfiles, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dotfiles, "config"), "x\n", 0o600)
	for link, target := range map[string]string{
		"aws": "dotfiles/aws", "relative": "aws/../aws/config", "absolute": filepath.Join(dotfiles, "config"),
		"chain": "relative", "dangling": "dotfiles/aws/other",
	} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, link := range []string{"aws/config", "relative", "absolute", "chain", "dangling"} {
		if err := Edit(filepath.Join(dir, link), Options{}, add(link)); err != nil {
			t.Fatalf("%s: %v", link, err)
		}
	}
	if got := content(t, filepath.Join(dotfiles, "config")); got != "x\naws/config\nrelative\nabsolute\nchain\n" {
		t.Errorf("%q", got)
	}
	if got := content(t, filepath.Join(dotfiles, "other")); got != "dangling\n" {
		t.Errorf("%q", got)
	}
	for _, link := range []string{"aws", "relative", "absolute", "chain", "dangling"} {
		if info, _ := os.Lstat(filepath.Join(dir, link)); info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("%s is no symlink any more", link)
		}
	}
	_ = os.Symlink("loop", filepath.Join(dir, "loop"))
	if err := Edit(filepath.Join(dir, "loop"), Options{}, add("x")); err == nil {
		t.Error("a loop was followed")
	}
}

// Several writers lose nothing.
func TestRule30_concurrentWritersLoseNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config")
	write(t, path, "", 0o600)
	var writers sync.WaitGroup
	for i := range 4 {
		writers.Go(func() {
			for j := range 10 {
				if err := Edit(path, Options{}, add(fmt.Sprintf("%d-%d", i, j))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	if n := strings.Count(content(t, path), "\n"); n != 40 {
		t.Errorf("%d lines", n)
	}
}

// A writer that does not use the lock is noticed.
func TestRule30_noticesWriterWithoutLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config")
	write(t, path, "a\n", 0o600)
	calls := 0
	err := Edit(path, Options{}, func(old []byte) ([]byte, error) {
		if calls++; calls == 1 {
			write(t, path, "a\nb\n", 0o600)
		}
		return add("ours")(old)
	})
	if err != nil || content(t, path) != "a\nb\nours\n" || calls != 2 {
		t.Errorf("%v %q, %d calls", err, content(t, path), calls)
	}
	err = Edit(path, Options{}, func(old []byte) ([]byte, error) {
		write(t, path, string(old)+"x\n", 0o600)
		return add("ours")(old)
	})
	if !errors.Is(err, ErrBusy) {
		t.Errorf("%v", err)
	}
}

// Errors change nothing.
func TestEdit_errorsChangeNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "config")
	write(t, path, "a\n", 0o644)
	refused := errors.New("no")
	if err := Edit(path, Options{}, func([]byte) ([]byte, error) { return nil, refused }); !errors.Is(err, refused) {
		t.Errorf("%v", err)
	}
	if got := names(t, dir); got != "config" || content(t, path) != "a\n" {
		t.Errorf("%s", got)
	}
	if err := Edit(dir, Options{}, add("x")); err == nil {
		t.Error("a folder was edited")
	}
}

// killVariable has the test program write without end, until it is killed.
const killVariable = "DAYPASS_TEST_WRITE_TO"

func TestMain(m *testing.M) {
	if path := os.Getenv(killVariable); path != "" {
		fmt.Println("writing")
		for i := 0; ; i++ {
			long := strings.Repeat(fmt.Sprint(i%10), 1<<16) + "\n"
			_ = Edit(path, Options{}, func([]byte) ([]byte, error) { return []byte(long), nil })
		}
	}
	os.Exit(m.Run())
}

// A writer that is killed leaves a whole file.
func TestRule30_killedWriterLeavesWholeFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "config")
	write(t, path, "first\n", 0o600)
	for range 15 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), killVariable+"="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		_, _ = out.Read(make([]byte, 8)) // it has begun
		before := content(t, path)
		for range 1000 { // until it has written at least once
			if content(t, path) != before {
				break
			}
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		got := content(t, path)
		if got != "first\n" && (len(got) != 1<<16+1 || strings.Trim(got, got[:1]) != "\n") {
			t.Fatalf("torn: %d bytes", len(got))
		}
	}
	if got := content(t, path+BackupEnding); got != "first\n" {
		t.Errorf("the copy is %q", got)
	}
	if err := Edit(path, Options{}, add("after")); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); got != "config config.before-daypass" {
		t.Errorf("left: %s", got)
	}
}
