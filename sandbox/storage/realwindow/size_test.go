package realwindow

import (
	"image"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"daypass/sandbox/desktop"
	"daypass/ui/memory"
)

// A maximized window comes back maximized, and is as large as before once it no longer is.
func TestWindowSize_remembered(t *testing.T) {
	s := onX11(t)
	s.resize(1000, 700)
	s.must(desktop.Until(s.ctx, "the size to be remembered", func() bool {
		data, _ := os.ReadFile(s.memoryFile())
		return strings.Contains(string(data), `"width": 1000`)
	}))
	s.clickTitle()
	s.untilSize(func(width, height float64) bool { return width >= 1400 && height > 800 })
	s.reopen()
	s.untilSize(func(width, height float64) bool { return width >= 1400 && height > 800 })
	s.clickTitle()
	s.untilSize(func(width, height float64) bool { return width == 1000 && height == 700 })
}

// A window that was left on a larger screen fits the one that is there.
func TestWindowSize_fitsScreen(t *testing.T) {
	s := onX11(t)
	s.resize(1000, 700)
	s.must(s.window.Close(s.ctx))
	s.must(os.WriteFile(s.memoryFile(), []byte(`{"width": 3000, "height": 3000}`), 0o600))
	s.open()
	s.untilSize(func(width, height float64) bool { return width <= 1440 && height <= 900 })
}

// memoryFile is the file with what the window remembers; empty until there is one.
func (s *x11) memoryFile() (file string) {
	_ = filepath.WalkDir(s.desk.Path(), func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() == memory.FileName {
			file = path
		}
		return nil
	})
	return file
}

// clickTitle clicks the title of the window twice, which maximizes it, or ends that.
func (s *x11) clickTitle() {
	s.t.Helper()
	at := s.corner().Add(image.Pt(200, -8))
	_, err := s.desk.Run(s.ctx, "xdotool", "mousemove", strconv.Itoa(at.X), strconv.Itoa(at.Y), "click", "--repeat", "2", "--delay", "60", "1")
	s.must(err)
}

// reopen closes the window and opens it again.
func (s *x11) reopen() {
	s.t.Helper()
	s.must(s.window.Close(s.ctx))
	s.open()
}

func (s *x11) open() {
	s.t.Helper()
	var err error
	s.window, err = s.desk.StartWindow(s.ctx, bin)
	s.must(err)
	s.t.Cleanup(s.window.Kill)
	s.see("Sign out")
}

// untilSize waits until the window has a size that is right, in points of the display.
func (s *x11) untilSize(right func(width, height float64) bool) {
	s.t.Helper()
	var last desktop.Report
	err := desktop.Until(s.ctx, "the window's size", func() bool {
		r, err := s.window.Report()
		last = r
		return err == nil && right(r.Size[0]*r.Scale, r.Size[1]*r.Scale)
	})
	if err != nil {
		s.t.Logf("it is %v at a scale of %v", last.Size, last.Scale)
	}
	s.must(err)
}
