package ui_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daypass/ui/uitest"
)

// openSearch opens the search and looks for a text.
func (b *bench) search(text string) {
	b.t.Helper()
	b.press("search")
	b.entry("search.text").SetText(text)
	b.key(fyne.KeyReturn)
}

// What a search finds can be shown in its folder.
func TestSearch_showsInFolder(t *testing.T) {
	b := atFolder(t, &chooser{folder: "/home/ada"})
	b.search("*.md")
	b.see("1 match in 13 files")
	b.see("README.md")
	row := b.window.FindRow("README.md")
	row.(fyne.SecondaryTappable).TappedSecondary(&fyne.PointEvent{})
	b.queue.Drain()
	b.press("menu.download")
	if got := b.started(); got.Prefix != "2026/" || got.Objects[0].Key != "2026/README.md" || got.Validate() != nil {
		t.Errorf("%+v", got)
	}
	b.click("README.md", 0)
	b.click("README.md", 0)
	b.queue.Drain()
	b.see("1 selected, 2.1 kB")
	b.gone("1 match in 13 files")
}

func TestSearch_stop(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.storage.Pages = 3
	b.see("measurements")
	b.press("edit-path")
	b.entry("path").SetText("s3://many/")
	b.key(fyne.KeyReturn)
	b.see("reading-0000000.csv")
	b.storage.HoldBelow(2)
	b.search("0017")
	b.see("111 matches so far in 2,000 files")
	b.press("search.run")
	b.see("111 matches in 2,000 files, stopped")
	b.press("search.close")
	b.see("reading-0000000.csv")
}

// Going elsewhere ends the search.
func TestSearch_endsWithNavigation(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.search("nothing-like-it")
	b.see("No matches")
	b.press("up")
	b.gone("No matches")
}

func TestSearch_accessDenied(t *testing.T) {
	b := atFolder(t, &chooser{})
	b.storage.FailAt("below", uitest.NotAllowed("list"))
	b.search("x")
	b.see("You may not list")
}

// A folder of a million is loaded, sorted and filtered, and its last row can be gone to.
func TestListing_millionRows(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.storage.Pages = 1000
	b.see("measurements")
	b.press("edit-path")
	b.entry("path").SetText("s3://many/")
	b.key(fyne.KeyReturn)
	b.see("1,000,000 items")
	b.key(fyne.KeyEnd)
	b.see("reading-0999999.csv")
	b.key(fyne.KeyUp)
	b.key(fyne.KeyUp)
	if row := b.window.FindRow("reading-0999997.csv"); row == nil || !row.(interface{ RowSelected() bool }).RowSelected() {
		t.Error("the row before the last but one is not the one that is selected")
	}
	b.press("sort:size")
	b.press("sort:size")
	b.entry("filter").TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // goes back to the list
	b.queue.Await(t, "the largest first", func() bool {
		b.key(fyne.KeyHome)
		return b.window.FindRow("reading-0000999.csv") != nil && b.window.FindRow("reading-0000000.csv") == nil
	})
	b.entry("filter").SetText("0500000")
	b.see("1 of 1,000,000 items")
	b.see("reading-0500000.csv")
}
