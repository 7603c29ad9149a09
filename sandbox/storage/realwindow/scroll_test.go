package realwindow

import (
	"image"
	"strings"
	"testing"

	"daypass/sandbox/desktop"
)

// From the start of the program, without a click, the keys work in the list.
func TestFocus_keysAfterStart(t *testing.T) {
	s := onX11(t)
	s.must(desktop.Until(s.ctx, "the focus in the list", func() bool { return s.list().Focused }))
	s.must(s.window.Front(s.ctx))
	s.must(s.window.Key(s.ctx, "Home", "Return"))
	s.see("README.md")
	s.must(s.window.Type(s.ctx, "stat"))
	s.must(desktop.Until(s.ctx, "the row to be selected", func() bool { return s.selected("stations.json") }))
	s.must(s.window.Key(s.ctx, "BackSpace"))
	s.see(longBucket)
}

// A click of a real wheel scrolls a list by three lines of text, back and forth.
func TestWheel_scrollsList(t *testing.T) {
	s := onX11(t)
	s.openLongBucket()
	s.must(s.window.ClickText(s.ctx, "report-5.csv")) // once it stays where it is
	row := s.see("report-5.csv")
	const click = 72
	for _, step := range []struct {
		button string
		y      float64
	}{{"5", row.Y - click}, {"4", row.Y}} {
		s.xdotool("click", step.button)
		s.must(desktop.Until(s.ctx, "the list to scroll", func() bool { return s.see("report-5.csv").Y == step.y }))
	}
}

// A click below the thumb of a list scrolls by a page, and selects nothing.
func TestScrollBar_clickInTrough(t *testing.T) {
	s := onX11(t)
	s.openLongBucket()
	files := s.list()
	list := s.part(files)
	const inside = 5 // of the trough, from the edge of the list
	s.pointAt(image.Pt(list.Max.X-inside, list.Max.Y-3*inside))
	s.xdotool("click", "1")
	s.must(desktop.Until(s.ctx, "the next page", func() bool { return !s.shows("report-0.csv") && s.shows("report-20.csv") }))
	r, err := s.window.Report()
	s.must(err)
	if r.Has(func(w desktop.Widget) bool { return w.Kind == "row" && w.Selected && w.X >= files.X }) {
		t.Error("the click has selected a row")
	}
	s.pointAt(image.Pt(list.Max.X-inside, list.Min.Y+inside))
	s.xdotool("click", "1")
	s.see("report-0.csv")
}

// list is the list of files and folders.
func (s *scene) list() desktop.Widget {
	s.t.Helper()
	return s.see("Files and folders")
}

// openLongBucket goes into the bucket with more objects than fit.
func (s *scene) openLongBucket() {
	s.t.Helper()
	s.must(s.window.DoubleClickText(s.ctx, longBucket))
	s.see("report-0.csv")
}

// shows reports whether the window shows a text now.
func (s *scene) shows(text string) bool {
	s.t.Helper()
	r, err := s.window.Report()
	s.must(err)
	return r.Has(func(w desktop.Widget) bool { return strings.TrimSpace(w.Text) == text })
}
