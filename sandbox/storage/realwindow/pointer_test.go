package realwindow

import (
	"image"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"daypass/sandbox/desktop"
)

// The buttons of a mouse that go back and forward do. The toolkit makes one button of all beyond the third.
func TestMouseButtons_backAndForward(t *testing.T) {
	s := onX11(t)
	s.openBucket()
	s.pointAt(middle(s.part(s.see("README.md"))))
	s.xdotool("click", "8")
	s.see("reports")
	s.xdotool("click", "9")
	s.see("README.md")
}

// A rubber band that is drawn from below the rows selects those that it touches.
func TestRubberBand_selectsRows(t *testing.T) {
	s := onX11(t)
	s.openBucket()
	last, upper := middle(s.part(s.see("漢字"))), middle(s.part(s.see("stations.json")))
	s.drag(last.Add(image.Pt(0, 70)), upper)
	s.must(desktop.Until(s.ctx, "the rows to be selected", func() bool {
		return s.selected("stations.json") && s.selected("漢字") && !s.selected("README.md")
	}))
	s.picture("selected")
}

// What is dropped on a folder's row from another program goes into that folder.
func TestDrop_onFolderOfList(t *testing.T) {
	s := onX11(t)
	s.openBucket()
	file := filepath.Join(t.TempDir(), "x.csv")
	s.must(os.WriteFile(file, []byte("a,b\n"), 0o600))
	s.must(s.window.DropOn(s.ctx, "2025", file))
	s.must(desktop.Until(s.ctx, "an upload", func() bool { return len(s.core.Started()) > 0 }))
	if got := s.core.Started()[0]; got.Bucket != "measurements" || got.Prefix != "2025/" || !slices.Equal(got.Paths, []string{file}) {
		t.Errorf("%+v", got)
	}
}

// Escape closes a sheet also after a click on its text, which has taken the focus away from its field.
func TestSheet_escapeAfterClick(t *testing.T) {
	s := onX11(t)
	s.openBucket()
	s.must(s.window.PressFor(s.ctx, "confirm.make-folder", "ctrl+shift+n"))
	s.must(s.window.ClickText(s.ctx, "New folder in"))
	s.must(s.window.Key(s.ctx, "Escape"))
	s.must(desktop.Until(s.ctx, "the sheet to close", func() bool {
		r, err := s.window.Report()
		if err != nil {
			return false
		}
		_, open := r.Find("New folder in")
		return !open
	}))
}

// selected reports whether the row of a name is.
func (s *scene) selected(name string) bool {
	s.t.Helper()
	text := s.see(name)
	r, err := s.window.Report()
	s.must(err)
	return slices.ContainsFunc(r.Widgets, func(w desktop.Widget) bool {
		return w.Kind == "row" && w.Selected && w.Visible && w.Y <= text.Y && text.Y+text.H <= w.Y+w.H
	})
}

func middle(r image.Rectangle) image.Point { return r.Min.Add(r.Max).Div(2) }

func (s *x11) xdotool(args ...string) {
	s.t.Helper()
	_, err := s.desk.Run(s.ctx, "xdotool", args...)
	s.must(err)
}

// pointAt moves the pointer to a point of the display.
func (s *x11) pointAt(p image.Point) {
	s.t.Helper()
	s.xdotool("mousemove", strconv.Itoa(p.X), strconv.Itoa(p.Y))
}

// drag moves the pointer from one point of the display to another with the button pressed.
func (s *x11) drag(from, to image.Point) {
	s.t.Helper()
	s.pointAt(from)
	s.xdotool("mousedown", "1")
	const steps = 4
	for n := range steps {
		s.pointAt(from.Add(to.Sub(from).Mul(n + 1).Div(steps)))
	}
	s.xdotool("mouseup", "1")
}
