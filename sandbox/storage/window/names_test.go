package window

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daypass/sandbox/servers"
	"daypass/ui/present"
)

// Names that mean harm are shown escaped, come down into the folder that was chosen and nowhere else, go up
// again, and are copied, renamed and deleted as what they are.
func TestRule34_hostileNamesInWindow(t *testing.T) {
	s := newScene(t, servers.Ada)
	s.path("s3://names/")
	s.see("6 items")
	s.press("details")
	s.path("s3://names/hostile/")
	s.see(present.Visible("line\nbreak.txt"))
	for _, text := range s.texts() {
		if strings.ContainsAny(text, unsafe) {
			t.Errorf("on screen: %q", text)
		}
	}
	s.click(present.Visible("invoice\u202excod.exe"), 0)
	s.read("This object has an unusual name.")
	s.press("details")
	before := s.keys(servers.Names)

	around := t.TempDir()
	s.folder = filepath.Join(around, "chosen")
	s.path("s3://names/")
	s.see("6 items")
	s.menu("menu.select-all")
	s.press("download")
	s.arrived()
	down := files(t, s.folder)
	if len(down) != len(before) {
		t.Errorf("%d objects came down as %d files", len(before), len(down))
	}
	for name := range down {
		if strings.ContainsAny(name, unsafe) {
			t.Errorf("a file is called %q", name)
		}
	}
	if entries, err := os.ReadDir(around); err != nil || len(entries) != 1 {
		t.Errorf("beside the folder: %v, %v", entries, err)
	}
	s.upAgain(down)
	s.renamedAndDeleted(before)
	if after := s.keys(servers.Names); !slices.Equal(after, before) {
		t.Error("the bucket they come from is another one now")
	}
}

// unsafe is what no name on screen or on the disk has.
const unsafe = "\x00\n\r\t\a\x1b\u202e\u200b\u2066\u2069\ufeff"

// upAgain uploads what came down, and has it come down once more.
func (s *scene) upAgain(down map[string]string) {
	s.t.Helper()
	bucket := s.newBucket(false)
	s.path("s3://" + bucket)
	s.see("This bucket is empty")
	var paths []string
	entries, err := os.ReadDir(s.folder)
	s.must(err)
	for _, e := range entries {
		paths = append(paths, filepath.Join(s.folder, e.Name()))
	}
	s.drop(paths...)
	s.arrived()
	if up := s.keys(bucket); len(up) != len(down) {
		s.t.Errorf("%d files went up as %d objects", len(down), len(up))
	}
	s.folder = s.t.TempDir()
	s.see("6 items")
	s.menu("menu.select-all")
	s.press("download")
	s.arrived()
	again := files(s.t, s.folder)
	if !slices.Equal(slices.Sorted(maps.Values(again)), slices.Sorted(maps.Values(down))) {
		s.t.Errorf("%d files came down first, and %d then, or others", len(down), len(again))
	}
}

// bring scrolls to the end of the list at which a row is: the list shows what was renamed last.
func (s *scene) bring(name string) {
	s.t.Helper()
	for _, end := range []fyne.KeyName{fyne.KeyHome, fyne.KeyEnd} {
		if s.window.FindRow(name) != nil {
			return
		}
		s.key(end)
	}
}

// renamedAndDeleted copies the hostile ones, renames each copy, and deletes all.
func (s *scene) renamedAndDeleted(all []string) {
	s.t.Helper()
	bucket := s.newBucket(false)
	s.path("s3://names/")
	s.see("6 items")
	s.click("hostile", 0)
	s.menu("menu.copy-to")
	s.answer("copy.folder", "s3://"+bucket, "confirm.copy")
	var copies, renamed []string
	for _, key := range all {
		if strings.HasPrefix(key, "hostile/") {
			copies = append(copies, key)
		}
	}
	s.holds(bucket, copies...)
	s.path("s3://" + bucket + "/hostile/")
	for n, key := range copies {
		name := present.Visible(strings.TrimPrefix(key, "hostile/"))
		s.bring(name)
		s.click(name, 0)
		s.key(fyne.KeyF2)
		renamed = append(renamed, fmt.Sprintf("hostile/name %d", n))
		s.answer("name", fmt.Sprintf("name %d", n), "confirm.rename")
		s.see(fmt.Sprintf("name %d", n))
		s.gone("Renaming")
	}
	s.holds(bucket, renamed...)
	s.menu("menu.select-all")
	s.press("delete")
	s.press("confirm.delete")
	s.holds(bucket)
}
