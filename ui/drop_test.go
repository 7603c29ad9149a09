package ui_test

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynestorage "fyne.io/fyne/v2/storage"

	"daypass/app"
	"daypass/ui/uitest"
)

// over puts the pointer on a row.
func (b *bench) over(name string) {
	b.t.Helper()
	b.see(name)
	b.window.FindRow(name).(desktop.Hoverable).MouseIn(nil)
}

// What is dropped on a folder's row goes into that folder, and elsewhere into the one on screen.
func TestDrop_onRow(t *testing.T) {
	for row, want := range map[string]string{"2025": "2026/2025/", "README.md": "2026/", "": "2026/"} {
		b := atFolder(t, &chooser{})
		if row != "" {
			b.over(row)
		}
		b.window.Drop([]fyne.URI{fynestorage.NewFileURI("/home/ada/x.csv")})
		if got := b.started(); got.Bucket != "measurements" || got.Prefix != want || !slices.Equal(got.Paths, []string{"/home/ada/x.csv"}) {
			t.Errorf("on %q: %+v", row, got)
		}
	}
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.over("reports")
	b.window.Drop([]fyne.URI{fynestorage.NewFileURI("/home/ada/x.csv")})
	if got := b.started(); got.Direction != app.Upload || got.Bucket != "reports" || got.Prefix != "" {
		t.Errorf("on a bucket: %+v", got)
	}
}

// Rows are dragged onto a folder, which asks whether to move or to copy.
func TestDrop_rowsOntoFolder(t *testing.T) {
	for button, want := range map[string]string{"confirm.move": "move true", "confirm.copy": "move false"} {
		b := atFolder(t, &chooser{})
		b.click("README.md", 0)
		b.click("stations.json", fyne.KeyModifierShortcutDefault)
		from, to := b.top("stations.json")+8, b.top("2024")+8
		row := b.window.FindRow("stations.json").(fyne.Draggable)
		for _, y := range []float32{from - 20, to} {
			row.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: fyne.NewPos(400, y)}, Dragged: fyne.NewDelta(0, y-from)})
		}
		row.DragEnd()
		b.see("Move or copy 2 items to “2024”?")
		b.press(button)
		b.did("copy measurements 2026/README.md,2026/stations.json measurements/2026/2024/ " + want)
	}
}
