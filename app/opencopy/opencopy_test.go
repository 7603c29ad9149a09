package opencopy

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

var fetched = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// fetchedCopy is a copy of an object that was last modified a month before.
func fetchedCopy(t *testing.T) (c *Copy, path string) {
	t.Helper()
	c, err := New(fetched)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(c.Dir, "report.csv")
	put(t, path, "as it was", fetched.AddDate(0, -1, 0))
	return c, path
}

func put(t *testing.T, path, text string, modified time.Time) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, modified, modified); err != nil {
		t.Fatal(err)
	}
}

func (c *Copy) saved(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Saved(info); err != nil {
		t.Fatal(err)
	}
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// What users do to a copy, and whether it may be removed after that.
var uses = []struct {
	name string
	do   func(t *testing.T, c *Copy, path string)
	gone bool
}{
	{"nothing", func(*testing.T, *Copy, string) {}, true},
	{"deleted it", func(t *testing.T, _ *Copy, path string) { _ = os.Remove(path) }, true},
	{"changed it", func(t *testing.T, _ *Copy, path string) { put(t, path, "changed", fetched.Add(time.Minute)) }, false},
	{"changed it to the same length", func(t *testing.T, _ *Copy, path string) { put(t, path, "as it is!", fetched.Add(time.Minute)) }, false},
	{"put an older one there", func(t *testing.T, _ *Copy, path string) { put(t, path, "older", fetched.AddDate(-1, 0, 0)) }, false},
	{"saved another one beside it", func(t *testing.T, c *Copy, _ string) {
		put(t, filepath.Join(c.Dir, "mine.csv"), "", fetched.AddDate(-1, 0, 0))
	}, false},
	{"has an editor's notes beside it", func(t *testing.T, c *Copy, _ string) { put(t, filepath.Join(c.Dir, ".report.csv.swp"), "", fetched) }, false},
	{"made a folder beside it", func(t *testing.T, c *Copy, _ string) { _ = os.Mkdir(filepath.Join(c.Dir, "report_files"), 0o700) }, false},
	{"changed it and uploaded that", func(t *testing.T, c *Copy, path string) {
		put(t, path, "changed", fetched.Add(time.Minute))
		c.saved(t, path)
	}, true},
}

// The end of the window removes copies that did not change, and no others.
func TestClose_removesUnchangedCopiesOnly(t *testing.T) {
	for _, use := range uses {
		t.Setenv("TMPDIR", t.TempDir())
		c, path := fetchedCopy(t)
		c.saved(t, path)
		use.do(t, c, path)
		if err := c.Close(); err != nil {
			t.Errorf("%s: %v", use.name, err)
		}
		if isThere(c.Dir) == use.gone {
			t.Errorf("%s: is the folder there? %v", use.name, !use.gone)
		}
	}
}

// A window that was killed leaves its copies, and the locks on them go with it.
func TestSweep_unchangedCopiesAfterADay(t *testing.T) {
	for _, use := range uses {
		t.Setenv("TMPDIR", t.TempDir())
		c, path := fetchedCopy(t)
		c.saved(t, path)
		use.do(t, c, path)
		Sweep(fetched.Add(48 * time.Hour))
		if !isThere(c.Dir) {
			t.Errorf("%s: removed while a window has it open", use.name)
		}
		_ = c.lock.Close()
		Sweep(fetched.Add(retention - time.Second))
		if !isThere(c.Dir) {
			t.Errorf("%s: removed within a day", use.name)
		}
		Sweep(fetched.Add(retention))
		if isThere(c.Dir) == use.gone {
			t.Errorf("%s: is the folder there? %v", use.name, !use.gone)
		}
	}
}

// A window that was killed before the copy was there has noted nothing of it.
func TestSweep_copyWithoutNote(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	c, _ := fetchedCopy(t)
	changed, path := fetchedCopy(t)
	put(t, path, "changed", fetched.Add(time.Minute))
	for _, one := range []*Copy{c, changed} {
		if err := one.Close(); err != nil || !isThere(one.Dir) {
			t.Errorf("a copy that is still fetched was removed: %v", err)
		}
	}
	Sweep(fetched.Add(48 * time.Hour))
	if isThere(c.Dir) || !isThere(changed.Dir) {
		t.Errorf("unchanged: %v, changed: %v", isThere(c.Dir), isThere(changed.Dir))
	}
}

// What only looks like a folder of ours is left alone: links, and folders without a note.
func TestSweep_ignoresForeignFolders(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	c, path := fetchedCopy(t)
	c.saved(t, path)
	_ = c.lock.Close()
	elsewhere := filepath.Join(tmp, "elsewhere")
	if err := os.Rename(c.Dir, elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, c.Dir); err != nil {
		t.Skip(err)
	}
	bare := filepath.Join(tmp, prefix+"bare")
	if err := os.Mkdir(bare, 0o700); err != nil {
		t.Fatal(err)
	}
	Sweep(fetched.Add(48 * time.Hour))
	if !isThere(filepath.Join(elsewhere, "report.csv")) || !isThere(bare) {
		t.Error("a foreign folder was swept")
	}
}
