package ui_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app/buckets"
	"daypass/ui/uitest"
)

// selected waits until a row of the listing is the selected one, and in sight.
func (b *bench) selected(name string) {
	b.t.Helper()
	b.queue.Await(b.t, "“"+name+"” selected", func() bool {
		row, ok := b.window.FindRow(name).(interface{ RowSelected() bool })
		return ok && row.RowSelected()
	})
}

// What was made or renamed here is selected, in sight, whatever the filter.
func TestReveal_newEntries(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(*bench)
		want string
	}{
		{"folder", func(b *bench) {
			b.press("new")
			b.storage.Add("2026/zoo/")
			b.answer("name", "zoo", "confirm.make-folder")
		}, "zoo"},
		{"renamed", func(b *bench) {
			b.click("2024", 0)
			b.key(fyne.KeyF2)
			b.storage.Add("2026/ZZZ/")
			b.answer("name", "ZZZ", "confirm.rename")
		}, "ZZZ"},
		{"hidden by the filter", func(b *bench) {
			b.entry("filter").SetText("read")
			b.press("new")
			b.storage.Add("2026/zoo/")
			b.answer("name", "zoo", "confirm.make-folder")
		}, "zoo"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := atFolder(t, &chooser{})
			b.window.Window().Resize(fyne.NewSize(720, 400)) // the last rows are out of sight
			tt.do(b)
			b.selected(tt.want)
			b.see("1 selected")
		})
	}
}

func TestReveal_newBucket(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.press("new")
	b.storage.Add("zoo")
	b.answer("name", "zoo", "confirm.make-bucket")
	b.selected("zoo")
}

// F2 does nothing to what was selected before going away.
func TestReveal_nothingAfterReturn(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.click("README.md", 0)
	b.key(fyne.KeyBackspace)
	b.gone("1 selected, 2.1 kB")
	n := b.storage.Asked()
	b.press("back")
	b.queue.Await(t, "the listing", func() bool { return b.storage.Asked() > n && b.window.FindRow("README.md") != nil })
	b.press("refresh")
	b.queue.Await(t, "the listing again", func() bool { return b.storage.Asked() > n+1 })
	b.queue.Drain()
	if b.window.FindText("1 selected, 2.1 kB") != nil {
		t.Error("README.md is selected again")
	}
}

// The path of an object, however it was copied, opens its folder and selects it there; that of a folder opens it.
func TestReveal_pastedPath(t *testing.T) {
	for _, path := range []string{
		"s3://measurements/2026/stations.json", "/measurements/2026/stations.json", "https://s3.example.com:9000/measurements/2026/stations.json",
		"https://measurements.s3.example.com:9000/2026/stations.json?X-Amz-Signature=00",
	} {
		b := newBench(t, one(uitest.SignedIn(time.Hour)))
		b.see("measurements")
		b.path(path)
		b.selected("stations.json")
		b.see("2026")
	}
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.path("s3://measurements/2026")
	b.see("README.md")
	b.see("14 items")
	b.path("https://elsewhere.example.com/measurements/x")
	b.see("This address is on elsewhere.example.com, but this connection is to s3.example.com:9000.")
}

// Who may not read an object may still see where it lies.
func TestReveal_unreadableObject(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.storage.FailAt("stat", &buckets.Error{Kind: buckets.Denied})
	b.path("s3://measurements/2026/README.md")
	b.selected("README.md")
}

// A server that does not say what a path names can be left waiting.
func TestReveal_cancelLookup(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.storage.HoldNext()
	b.path("s3://measurements/2026/README.md")
	b.see("Looking for s3://measurements/2026/README.md, waiting for Research lake")
	b.press("work.press")
	b.gone("Looking for s3://measurements/2026/README.md, waiting for Research lake")
	b.see("measurements")
}
