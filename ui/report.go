package ui

import (
	"bytes"
	"encoding/json"
	"image"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"daypass/ui/kit"
)

// There is no accessibility bus for this toolkit on Linux, so a test that presses buttons in the
// real window has nothing to find them by. When ReportVariable names a file, the window
// writes there what is on screen and where, first right after its first frame and then after each
// change, at most five times a second. It is off otherwise.

// ReportVariable is the environment variable with the file of the widget report.
const ReportVariable = "DAYPASS_WINDOW_REPORT"

// report is the widget report.
type report struct {
	Title   string           `json:"title"`
	Size    [2]float32       `json:"size"`
	Scale   float32          `json:"scale"`
	Widgets []reportedWidget `json:"widgets"`
}

// reportedWidget is one widget; its place is what of it is in sight, in units of the toolkit.
type reportedWidget struct {
	// ID is that of a control; empty for what is only shown.
	ID      string  `json:"id,omitempty"`
	Kind    string  `json:"kind"`
	Text    string  `json:"text"`
	Name    string  `json:"name"`
	X       float32 `json:"x"`
	Y       float32 `json:"y"`
	W       float32 `json:"w"`
	H       float32 `json:"h"`
	Focused bool    `json:"focused"`
	Enabled bool    `json:"enabled"`
	Visible bool    `json:"visible"`
	// Selected is true for the selected row of a list, the button of what is on screen, and a check that is on.
	Selected bool `json:"selected,omitempty"`
	// Cut is true for words that are shown in part, and for what lies outside of the window, or of the pane that it is in,
	// where it cannot be scrolled to.
	Cut bool `json:"cut,omitempty"`
}

// reportEvery is the least time between two reports.
const reportEvery = 200 * time.Millisecond

// reporter writes the widget report to a file.
type reporter struct{ u *Window }

// watching returns content with what notices the first frame, where a report is requested.
func (r reporter) watching(content fyne.CanvasObject) fyne.CanvasObject {
	if r.u.ReportFile == "" {
		return content
	}
	started := false
	probe := canvas.NewRaster(func(w, h int) image.Image {
		if !started {
			started = true
			go r.run()
		}
		return image.NewNRGBA(image.Rect(0, 0, w, h))
	})
	probe.Resize(fyne.NewSquareSize(1)) // nothing smaller is painted
	return container.NewStack(content, container.NewWithoutLayout(probe))
}

// run writes a report now and whenever it has changed.
func (r reporter) run() {
	u := r.u
	var last []byte
	tick := time.NewTicker(reportEvery)
	defer tick.Stop()
	for {
		made := make(chan []byte, 1)
		u.Dispatch(func() { made <- u.Report() })
		select {
		case now := <-made:
			if !bytes.Equal(now, last) && writeReport(u.ReportFile, now) == nil {
				last = now
			}
		case <-u.ctx.Done():
			return
		}
		select {
		case <-tick.C:
		case <-u.ctx.Done():
			return
		}
	}
}

// Report describes the window as JSON; an overlay hides what is below it.
func (u *Window) Report() []byte {
	c := u.window.Canvas()
	r := report{Title: u.window.Title(), Size: [2]float32{c.Size().Width, c.Size().Height}, Scale: c.Scale(), Widgets: []reportedWidget{}}
	r.walk(u.Top(), c.Focused(), sight{area{width: c.Size().Width, height: c.Size().Height}, false})
	data, err := json.Marshal(r)
	if err != nil {
		return nil
	}
	return data
}

// area is a part of the window.
type area struct{ x, y, width, height float32 }

func areaOf(o fyne.CanvasObject) area {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	return area{at.X, at.Y, o.Size().Width, o.Size().Height}
}

// within is what of a lies in b; its width or height is then not positive where that is nothing.
func (a area) within(b area) area {
	x, y := max(a.x, b.x), max(a.y, b.y)
	return area{x, y, min(a.x+a.width, b.x+b.width) - x, min(a.y+a.height, b.y+b.height) - y}
}

// sight is the part of the window in which something is seen.
type sight struct {
	area
	// scrolls is true where what lies at its side can be scrolled to.
	scrolls bool
}

// through returns what is seen of the content of a scroll.
func (s sight) through(scroll *container.Scroll) sight {
	return sight{areaOf(scroll).within(s.area), scroll.Direction != container.ScrollVerticalOnly}
}

// cuts reports whether some of an area lies at the side of what is seen.
func (s sight) cuts(a area) bool { return !s.scrolls && a.width > max(0, a.within(s.area).width)+1 }

// walk adds o and what is in it; what lies outside of sight, scrolled away, is not visible.
func (r *report) walk(o fyne.CanvasObject, focused fyne.Focusable, sight sight) {
	if o == nil || !o.Visible() {
		return
	}
	if one, ok := describe(o); ok {
		at := areaOf(o).within(sight.area)
		one.Cut = one.Cut || sight.cuts(areaOf(o))
		one.X, one.Y, one.W, one.H = at.x, at.y, max(0, at.width), max(0, at.height)
		one.Visible, one.Enabled = at.width > 0 && at.height > 0, true
		if d, ok := o.(fyne.Disableable); ok {
			one.Enabled = !d.Disabled()
		}
		f, ok := o.(fyne.Focusable)
		one.Focused = ok && f == focused
		r.Widgets = append(r.Widgets, one)
	}
	if scroll, ok := o.(*container.Scroll); ok {
		sight = sight.through(scroll)
	}
	for _, child := range kit.Inside(o) {
		r.walk(child, focused, sight)
	}
}

// describe returns the ID, the kind and the words of a widget worth reporting.
func describe(o fyne.CanvasObject) (reportedWidget, bool) {
	one, ok := classify(o)
	if control, is := o.(kit.Control); is {
		one.ID = control.ID()
	}
	if words, is := o.(interface{ IsCut() bool }); is {
		one.Cut = words.IsCut()
	}
	return one, ok
}

func classify(o fyne.CanvasObject) (reportedWidget, bool) {
	switch o := o.(type) {
	case *fyne.Container, *container.Scroll:
		return reportedWidget{}, false
	case interface{ RowSelected() bool }:
		return reportedWidget{Kind: "row", Selected: o.RowSelected()}, true
	case *kit.Entry:
		return reportedWidget{Kind: "entry", Name: o.Name(), Text: o.Text}, true
	case *kit.Check:
		return reportedWidget{Kind: "check", Text: o.Name(), Name: o.Name(), Selected: o.On()}, true
	case *kit.Choice:
		return reportedWidget{Kind: "select", Name: o.Name(), Text: o.Label()}, true
	case *kit.Text:
		return reportedWidget{Kind: "label", Text: o.Text()}, o.Text() != ""
	case *kit.List:
		return reportedWidget{Kind: "list", Name: o.Name()}, true
	case *kit.Bar:
		return reportedWidget{}, false // the share stands beside it
	case fyne.Accessible:
		one := accessible(o)
		return one, one.Text != ""
	}
	return reportedWidget{}, false
}

func accessible(o fyne.Accessible) reportedWidget {
	if control, ok := o.(kit.Named); ok {
		button, ok := o.(*kit.Button)
		return reportedWidget{Kind: "button", Text: control.Name(), Name: control.Name(), Selected: ok && button.IsSelected()}
	}
	return reportedWidget{Kind: "label", Text: o.AccessibilityLabel()}
}

// writeReport replaces the file at once, so that a reader never sees half of it.
func writeReport(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".report-*") // 0600
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}
