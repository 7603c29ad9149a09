package realwindow

import (
	"image"
	"strconv"
	"testing"

	"daypass/sandbox/desktop"
)

// The edge of a column is dragged with the mouse, and the window is as it was left when it is opened again: the width
// of the column, the order, and its own size.
func TestColumns_drag(t *testing.T) {
	s := onX11(t)
	s.openBucket()
	s.resize(1400, 800)
	before := s.control("sort:size")
	s.dragEdge("resize:name", -200)
	s.must(desktop.Until(s.ctx, "the column to move", func() bool { return int(before.X-s.control("sort:size").X+0.5) == 200 }))
	s.dragEdge("resize:size", 60)
	s.must(desktop.Until(s.ctx, "the column to be wider", func() bool { return int(s.control("sort:size").W-before.W+0.5) == 60 }))
	s.must(s.window.Click(s.ctx, "sort:size"))
	left := s.control("sort:modified")
	s.picture("dragged")

	s.reopen()
	s.see("README.md")
	s.must(desktop.Until(s.ctx, "the columns as they were", func() bool { return s.control("sort:modified").X == left.X }))
	s.untilSize(func(width, height float64) bool { return width == 1400 && height == 800 })
	s.picture("again")
}

// resize resizes the window, in points of the display.
func (s *x11) resize(width, height int) {
	s.t.Helper()
	_, err := s.desk.Run(s.ctx, "xdotool", "windowsize", "--sync", s.windowID(), strconv.Itoa(width), strconv.Itoa(height))
	s.must(err)
	s.must(desktop.Until(s.ctx, "the window to be resized", func() bool {
		r, err := s.window.Report()
		return err == nil && int(r.Size[0]*r.Scale+0.5) == width
	}))
}

// dragEdge drags an edge by a distance, in points of the display.
func (s *x11) dragEdge(id string, by int) {
	s.t.Helper()
	from := middle(s.part(s.control(id)))
	s.drag(from, from.Add(image.Pt(by, 0)))
}
