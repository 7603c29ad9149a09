//go:build unix

package transfer

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// What is no file, or lies elsewhere, is left out with a line.
func TestUpload_skipsSpecialFiles(t *testing.T) {
	b := newBench(t)
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.write("in/file", []byte("file"))
	b.write("in/bad\xff", []byte("x"))
	b.write(filepath.Join("in", strings.Repeat("d/", 500)+strings.Repeat("n", 100)), []byte("x"))
	link := func(to, name string) {
		if err := os.Symlink(to, filepath.Join(b.folder, "in", name)); err != nil {
			t.Fatal(err)
		}
	}
	link("file", "inside")
	link(outside, "out")
	link("nowhere", "dead")
	if err := os.Mkdir(filepath.Join(b.folder, "in", "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(b.folder, "in", "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := b.does(b.upload("", "in"))
	if keys := b.s3.keys(); !slices.Equal(keys, []string{"in/empty/", "in/file", "in/inside"}) {
		t.Errorf("got %q", keys)
	}
	want := map[string]string{
		"in/out": "leads out", "in/dead": "target does not exist", "in/pipe": "not a regular file", "in/bad\xff": "not Unicode", "in/d/": "1,024 bytes",
	}
	for _, f := range got.Failures {
		for name, words := range want {
			if strings.HasPrefix(f.Name, name) && strings.Contains(f.Problem.English().Title+f.Problem.English().Detail, words[strings.IndexByte(words, ' ')+1:]) {
				delete(want, name)
			}
		}
	}
	if len(want) != 0 || got.Failed != 2 || got.Skipped != 3 {
		t.Errorf("no line on %v in %+v", want, got.Failures)
	}
}
