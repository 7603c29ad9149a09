package ui_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"daypass/ui"
	"daypass/ui/uitest"
)

type reported struct {
	Title   string
	Size    [2]float32
	Scale   float32
	Widgets []struct {
		ID, Kind, Text, Name      string
		X, Y, W, H                float32
		Focused, Enabled, Visible bool
		Selected                  bool
	}
}

// find returns the index of a widget by its words, or -1.
func (r reported) find(text string) int {
	for i, w := range r.Widgets {
		if w.Text == text || w.Name == text {
			return i
		}
	}
	return -1
}

// control is the index of the control with an ID, or -1.
func (r reported) control(id string) int {
	for i, w := range r.Widgets {
		if w.ID == id {
			return i
		}
	}
	return -1
}

// The report tells tests of the real window what is on screen and where. It starts with the first
// frame, and follows what changes.
func TestReport_writesFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.json")
	b := newBench(t, one(uitest.SignedIn(time.Hour)), func(o *ui.Options) { o.ReportFile = file })
	b.see("measurements")
	if _, err := os.Stat(file); err == nil {
		t.Fatal("a report before the first frame")
	}
	b.window.Window().Canvas().Capture()
	var r reported
	read := func(done func() bool) {
		t.Helper()
		b.queue.Await(t, "the report", func() bool {
			data, err := os.ReadFile(file)
			r = reported{}
			return err == nil && json.Unmarshal(data, &r) == nil && done()
		})
	}
	read(func() bool { return r.find("measurements") >= 0 })
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v, %v", info, err)
	}
	if r.Title != "Research lake - Daypass" || r.Size != [2]float32{1100, 720} || r.Scale <= 0 {
		t.Errorf("title %q, size %v, scale %v", r.Title, r.Size, r.Scale)
	}
	if i := r.find("Sign out"); i < 0 || r.Widgets[i].Kind != "button" || !r.Widgets[i].Enabled || r.Widgets[i].W < 40 || r.Widgets[i].X < 600 {
		t.Errorf("Sign out: %d of %+v", i, r.Widgets)
	}
	if i := r.find("Filter"); i < 0 || r.Widgets[i].Kind != "entry" {
		t.Error("the filter is not reported as an entry")
	}
	for id, kind := range map[string]string{"sign-out": "button", "filter": "entry"} {
		if i := r.control(id); i < 0 || r.Widgets[i].Kind != kind {
			t.Errorf("%s is not reported as the ID of a %s", id, kind)
		}
	}
	b.press("connection-menu")
	read(func() bool { return r.find("Remove…") >= 0 && r.control("connection.remove") >= 0 })
	if r.find("measurements") >= 0 {
		t.Error("what lies below the menu is reported as within reach")
	}
}
