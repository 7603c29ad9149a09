package ui_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daypass/ui"
	"daypass/ui/kit"
	"daypass/ui/memory"
	"daypass/ui/uitest"
)

// longName is the longest name in the folder.
const longName = "weekly-summary-with-a-very-long-name-that-does-not-fit-in-the-column-of-a-small-window-at-all.pdf"

// inFolder opens a window in a folder; dir is where what it remembers is.
func inFolder(t *testing.T, dir string) *bench {
	t.Helper()
	b := newBench(t, one(uitest.SignedIn(time.Hour)), func(o *ui.Options) { o.StateDir = dir })
	if b.window.FindText("README.md") == nil {
		b.queue.Await(t, "the storage", func() bool { return b.window.FindText("measurements") != nil || b.window.FindText("README.md") != nil })
	}
	if b.window.FindText("README.md") == nil {
		b.path("s3://measurements/2026/")
	}
	b.see("README.md")
	return b
}

// reopened closes the window and opens another one.
func (b *bench) reopened(dir string) *bench {
	b.t.Helper()
	b.window.Window().Close()
	return inFolder(b.t, dir)
}

func (b *bench) edge(column string) *kit.Edge {
	b.t.Helper()
	return b.control("resize:" + column).(*kit.Edge)
}

// drag drags an edge in steps, as a hand does.
func (b *bench) drag(e *kit.Edge, by float32) {
	for range 4 {
		e.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(by/4, 0)})
	}
	e.DragEnd()
	b.queue.Drain()
}

// left is where something begins on screen.
func left(o fyne.CanvasObject) float32 {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).X
}

// An edge follows the pointer, the values follow the heading, and all of it is remembered.
func TestColumns_resize(t *testing.T) {
	dir := t.TempDir()
	b := inFolder(t, dir)
	if c := b.edge("size").Cursor(); c != desktop.HResizeCursor {
		t.Errorf("the cursor is %v", c)
	}
	for _, step := range []struct {
		column string
		by     float32
	}{{"name", -200}, {"size", 60}, {"size", -20}, {"modified", -24}} {
		before := left(b.edge(step.column))
		b.drag(b.edge(step.column), step.by)
		if moved := left(b.edge(step.column)) - before; moved != step.by {
			t.Errorf("the edge of %s moved by %v, want %v", step.column, moved, step.by)
		}
	}
	heading := left(b.control("sort:size"))
	if value := left(b.see("2.1 kB")); heading != value || b.control("sort:size").Size().Width != b.see("2.1 kB").Size().Width {
		t.Errorf("the heading stands at %v, the value below it at %v", heading, value)
	}
	again := b.reopened(dir)
	if now := left(again.control("sort:size")); now != heading {
		t.Errorf("the column stands at %v after a start, was at %v", now, heading)
	}
}

// However far an edge is dragged, its column is still there to be dragged back.
func TestColumns_keepsAWidth(t *testing.T) {
	b := inFolder(t, t.TempDir())
	b.drag(b.edge("size"), -5000)
	if w := b.control("sort:size").Size().Width; w != memory.MinColumn {
		t.Errorf("the column is %v wide", w)
	}
	b.drag(b.edge("size"), 30)
	if w := b.control("sort:size").Size().Width; w != memory.MinColumn+30 {
		t.Errorf("the column is %v wide", w)
	}
}

// A double click makes a column as wide as what is in it.
func TestColumns_fit(t *testing.T) {
	b := inFolder(t, t.TempDir())
	b.window.Window().Resize(fyne.NewSize(1800, 720))
	b.drag(b.edge("name"), -5000)
	b.edge("name").DoubleTapped(&fyne.PointEvent{})
	b.queue.Drain()
	widest := float32(0)
	for _, name := range []string{"README.md", "calibration-2026-03-04T09-12-00Z.csv", longName} {
		text := b.see(name).(*kit.Text)
		if text.Size().Width < text.NaturalWidth() {
			t.Errorf("%s is cut", name)
		}
		widest = max(widest, text.NaturalWidth())
	}
	if w := b.control("sort:name").Size().Width; w > widest+50 {
		t.Errorf("the column is %v wide for a name of %v", w, widest)
	}
}

// The menu on the heads, by mouse or key, and that of the toolbar choose columns. What is hidden does not order.
func TestColumns_choose(t *testing.T) {
	dir := t.TempDir()
	b := inFolder(t, dir)
	b.press("sort:size")
	b.control("sort:size").(fyne.SecondaryTappable).TappedSecondary(&fyne.PointEvent{})
	b.press("column:size")
	b.gone("Sort by Size")
	b.gone("Resize Size")
	if b.order() != "name" {
		t.Errorf("ordered by %q", b.order())
	}
	again := b.reopened(dir)
	if again.window.Find("sort:size") != nil {
		t.Error("the choice is forgotten")
	}
	again.press("more")
	again.press("menu.columns")
	again.press("column:size")
	again.see("Sort by Size")
	again.drag(again.edge("size"), 60)
	again.window.Window().Canvas().Focus(again.control("sort:name").(fyne.Focusable))
	again.key(desktop.KeyMenu)
	again.press("menu.reset-columns")
	if w := again.control("sort:size").Size().Width; w != 88 {
		t.Errorf("the column is %v wide", w)
	}
}

// The order is that of the last time, in every connection and folder.
func TestOrder_isRemembered(t *testing.T) {
	dir := t.TempDir()
	b := inFolder(t, dir)
	b.press("sort:size")
	b.press("sort:size")
	want := b.names()
	again := b.reopened(dir)
	if got := again.names(); !slices.Equal(got, want) || again.order() != "size" {
		t.Errorf("%v by %s, want %v", got, again.order(), want)
	}
}

// What cannot be is taken for nothing: a column of another version, a damaged file.
func TestMemory_ofAnotherVersion(t *testing.T) {
	for _, text := range []string{`{"sort_column": "owner", "sort_descending": true, "column_widths": {"owner": 90}}`, `{`} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, memory.FileName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if b := inFolder(t, dir); b.order() != "name" || b.names()[0] != "2024" {
			t.Errorf("%s: %v by %s", text, b.names(), b.order())
		}
	}
}

func TestDetails_areRemembered(t *testing.T) {
	dir := t.TempDir()
	b := inFolder(t, dir)
	b.press("details")
	b.see("Close the details (Ctrl+I)")
	again := b.reopened(dir)
	again.press("details.close")
	third := again.reopened(dir)
	if third.window.Find("details.close") != nil {
		t.Error("the pane that was closed is open")
	}
}

func TestWindowSize_isRemembered(t *testing.T) {
	dir := t.TempDir()
	b := inFolder(t, dir)
	if got := b.window.Window().Canvas().Size(); got != fyne.NewSize(1100, 720) {
		t.Errorf("the first window is %v", got)
	}
	b.window.Window().Resize(fyne.NewSize(1300, 800))
	again := b.reopened(dir)
	if got := again.window.Window().Canvas().Size(); got != fyne.NewSize(1300, 800) || again.window.Maximized() {
		t.Errorf("the window is %v, maximized: %v", got, again.window.Maximized())
	}
	// A maximized window comes back maximized, and is as large as before once it no longer is.
	again.window.Window().Resize(fyne.NewSize(2560, 1400))
	again.window.SetMaximized(true)
	third := again.reopened(dir)
	if got := third.window.Window().Canvas().Size(); got != fyne.NewSize(1300, 800) || !third.window.Maximized() {
		t.Errorf("the window is %v, maximized: %v", got, third.window.Maximized())
	}
	third.window.SetMaximized(false)
	if fourth := third.reopened(dir); fourth.window.Maximized() {
		t.Error("the window is maximized")
	}
}

// order is the column with the arrow.
func (b *bench) order() string {
	for _, column := range []string{"name", "size", "modified"} {
		if h, ok := b.window.Find("sort:" + column).(*kit.Heading); ok && h.Ordered() {
			return column
		}
	}
	return ""
}

// names are the names in sight, from the top.
func (b *bench) names() []string {
	type line struct {
		name string
		top  float32
	}
	var lines []line
	for _, name := range []string{"2024", "README.md", "calibration-2026-03-04T09-12-00Z.csv", "readings.parquet", "site-photo.jpg", "stations.json"} {
		if o := b.window.FindRow(name); o != nil {
			lines = append(lines, line{name, fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y})
		}
	}
	slices.SortFunc(lines, func(x, y line) int { return int(x.top - y.top) })
	var names []string
	for _, l := range lines {
		names = append(names, l.name)
	}
	return names
}
