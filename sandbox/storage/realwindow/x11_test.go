package realwindow

import (
	"fmt"
	"image"
	"strconv"
	"strings"
	"testing"

	fynetheme "fyne.io/fyne/v2/theme"

	"daypass/app/settings"
	"daypass/sandbox/desktop"
)

// x11 is a window on a display of its own, with a window manager.
type x11 struct {
	*scene
	desk *desktop.Desk
}

func onX11(t *testing.T) *x11 {
	t.Helper()
	d, err := desktop.New(t.Context(), bin)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return &x11{newScene(t, d, d.Path("run")), d}
}

// windowID is the window's number at the X server.
func (s *x11) windowID() string {
	s.t.Helper()
	id, err := s.desk.Run(s.ctx, "xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(s.window.Pid()))
	s.must(err)
	return strings.Fields(id)[0]
}

// corner is where on the display the window begins, inside its frame.
func (s *x11) corner() image.Point {
	s.t.Helper()
	out, err := s.desk.Run(s.ctx, "xwininfo", "-id", s.windowID())
	s.must(err)
	return image.Pt(number(out, "Absolute upper-left X:"), number(out, "Absolute upper-left Y:"))
}

// number is the number behind a name in what a program printed.
func number(text, name string) (n int) {
	_, rest, _ := strings.Cut(text, name)
	_, _ = fmt.Sscan(rest, &n)
	return n
}

// part is where on the display a widget is.
func (s *x11) part(w desktop.Widget) image.Rectangle {
	s.t.Helper()
	r, err := s.window.Report()
	s.must(err)
	at := func(v float64) int { return int(v * r.Scale) }
	return image.Rect(at(w.X), at(w.Y), at(w.X+w.W), at(w.Y+w.H)).Add(s.corner())
}

// away puts the pointer where nothing changes under it.
func (s *x11) away() {
	s.t.Helper()
	r, err := s.window.Report()
	s.must(err)
	at := s.corner().Add(image.Pt(int((r.Size[0]-40)*r.Scale), int((r.Size[1]-80)*r.Scale)))
	_, err = s.desk.Run(s.ctx, "xdotool", "mousemove", strconv.Itoa(at.X), strconv.Itoa(at.Y))
	s.must(err)
}

// A change of light and dark reaches everything at once: the rows on screen, and those of a folder that
// comes back from behind another screen.
func TestTheme_appliesEverywhere(t *testing.T) {
	s := onX11(t)
	s.openBucket()
	s.away()
	readable := func(p image.Image) bool {
		row := s.part(s.see("readings.parquet"))
		return count(p, row, s.paint(fynetheme.ColorNameForeground)) > 20 && count(p, row, s.paint(fynetheme.ColorNameBackground)) > 500
	}
	s.until("light", readable)
	s.setTheme(settings.ThemeDark)
	s.until("dark", readable)

	s.must(s.window.Click(s.ctx, "settings"))
	s.control("settings.tray")
	s.setTheme(settings.ThemeLight)
	s.until("settings in light", func(p image.Image) bool {
		return count(p, s.part(s.control("settings.tray")), s.paint(fynetheme.ColorNameForeground)) > 20
	})
	s.must(s.window.Key(s.ctx, "Escape"))
	s.see("readings.parquet")
	s.away()
	s.until("light again", readable)
}

// The arrow of the order stands at one column, and goes from the column that the list was sorted by before.
func TestSortArrow_onlyOne(t *testing.T) {
	s := onX11(t)
	s.openBucket()
	s.away()
	plain := s.picture("by name") // but for the arrow at the name
	parts := map[string]image.Rectangle{}
	for _, id := range []string{"sort:name", "sort:size", "sort:modified"} {
		parts[id] = s.part(s.control(id))
	}
	changed := func(p image.Image, id string) bool { return differ(p, plain, parts[id]) > 3 }
	for _, step := range []struct{ id, other string }{{"sort:size", "sort:modified"}, {"sort:modified", "sort:size"}} {
		s.must(s.window.Click(s.ctx, step.id))
		s.away()
		s.until("an arrow at "+step.id, func(p image.Image) bool { return changed(p, step.id) && !changed(p, step.other) })
		s.until("none at the name", func(p image.Image) bool { return changed(p, "sort:name") })
	}
	s.must(s.window.Click(s.ctx, "sort:name"))
	s.away()
	s.until("one arrow at the name again", func(p image.Image) bool {
		return !changed(p, "sort:name") && !changed(p, "sort:size") && !changed(p, "sort:modified")
	})
}

// Names are drawn in the fonts of the desktop where ours has no letters for them, and a letter that none has is a box
// in a place of its own.
func TestNames_foreignScripts(t *testing.T) {
	s := onX11(t)
	s.openBucket()
	s.away()
	const em = 14 // the size of the text, and the width of a letter as wide as high
	s.until("two letters", func(p image.Image) bool {
		first := s.part(s.see("漢字.txt"))
		first.Max.X = first.Min.X + em
		second := first.Add(image.Pt(em, 0))
		return ink(p, first) > 10 && alike(p, first, second) < 0.9
	})
	s.until("three boxes", func(p image.Image) bool {
		for _, r := range runs(p, s.part(s.see("𓀀𓀁𓂀.txt"))) {
			if r.width > em {
				return false
			}
		}
		return true
	})
	s.until("no room behind the last of them", func(p image.Image) bool {
		boxes := runs(p, s.part(s.see("𓀀𓀁𓂀.txt")))
		return len(boxes) > 3 && boxes[3].from-boxes[2].from-boxes[2].width < em/2
	})
}

// ink counts the points of a part that are no ground.
func ink(p image.Image, part image.Rectangle) int {
	return part.Dx()*part.Dy() - count(p, part, p.At(part.Min.X, part.Min.Y))
}

// alike is the share of the points that two parts of one size have in common.
func alike(p image.Image, a, b image.Rectangle) float64 {
	same := 0
	for y := range a.Dy() {
		for x := range a.Dx() {
			same += count(p, image.Rect(a.Min.X+x, a.Min.Y+y, a.Min.X+x+1, a.Min.Y+y+1), p.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return float64(same) / float64(a.Dx()*a.Dy())
}

// run is what stands in a part without a gap in it.
type run struct{ from, width int }

// runs are what stands side by side in a part.
func runs(p image.Image, part image.Rectangle) (all []run) {
	width := 0
	for x := part.Min.X; x <= part.Max.X; x++ {
		if ink(p, image.Rect(x, part.Min.Y, x+1, part.Max.Y)) > 0 && x < part.Max.X {
			width++
			continue
		}
		if width > 0 {
			all = append(all, run{x - width, width})
		}
		width = 0
	}
	return all
}
