package browser_test

import (
	"slices"
	"testing"

	"daypass/app/location"
	"daypass/ui/browser"
	"daypass/ui/selection"
)

func TestNavigation_history(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	at := func(want string) {
		t.Helper()
		s.await(want, func() bool { return s.model.At.URL() == want && s.complete() })
	}
	s.c.Navigation.Up()
	at("s3://measurements/")
	s.c.Navigation.Back()
	at("s3://measurements/2026/")
	s.c.Navigation.Forward()
	at("s3://measurements/")
	s.c.Navigation.Go(location.Location{Bucket: "empty"})
	at("s3://empty/")
	if s.model.Folder.Message == nil || s.model.Rows.Len() != 0 {
		t.Errorf("an empty bucket shows %+v", s.model.Folder)
	}
	s.c.Do(browser.ActionGoUp)
	at("s3://")
	s.c.Do(browser.ActionOpenName)
	if s.focused != "path" || s.bookmarks.Last("research-lake") != "s3://" {
		t.Errorf("focus on %q, last at %q", s.focused, s.bookmarks.Last("research-lake"))
	}
}

// A filter hides entries, and what is hidden is not selected any more.
func TestNavigation_filter(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	s.choose("README.md")
	s.c.Navigation.SetFilter("stations")
	if s.model.Filter != "stations" || s.model.Rows.Len() != 1 || len(s.selected()) != 0 {
		t.Errorf("%q: %d rows, selected %q", s.model.Filter, s.model.Rows.Len(), s.selected())
	}
}

// A typed path of an object leads to its folder, where it is selected, and one that is none into the folder of that name.
func TestNavigation_openPath(t *testing.T) {
	s := newScreen(t, "")
	if invalid := s.c.Navigation.OpenPath("http://x"); invalid == "" {
		t.Error("a foreign address is taken")
	}
	s.c.Navigation.OpenPath("s3://measurements/2026/README.md")
	s.await("the object", func() bool { return slices.Equal(s.selected(), []string{"2026/README.md"}) && s.revealed >= 0 })
	s.c.Navigation.OpenPath("s3://measurements/2025")
	s.await("the folder", func() bool { return s.model.At.Prefix == "2025/" })
}

func TestNavigation_bookmarks(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	if s.model.Bookmarked {
		t.Error("bookmarked at first")
	}
	s.c.Navigation.ToggleBookmark()
	s.goTo("s3://empty/")
	s.c.Run(browser.CommandBookmarks)
	if len(s.menu.Paths) == 0 || s.menu.Paths[0].Path != "s3://measurements/2026/" || !s.menu.Paths[0].Gap || !s.menu.CanToggle {
		t.Errorf("%+v", s.menu)
	}
	s.goTo("s3://measurements/2026/")
	if !s.model.Bookmarked {
		t.Error("it is no bookmark")
	}
}

func TestSelection_clicks(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	followed := s.details.followed
	s.c.Selection.Select(1, selection.Only)
	s.c.Selection.Select(3, selection.Range)
	s.c.Selection.Select(2, selection.Toggle)
	if got := s.selected(); len(got) != 2 || !s.model.Rows.Selected(1) || s.model.Rows.Selected(2) || s.details.followed == followed {
		t.Errorf("%q", got)
	}
	s.c.Selection.Select(1000, selection.Only) // which a row that is no longer there may send
	s.c.Selection.SelectBetween(0, 2)
	if got := s.selected(); len(got) != 3 {
		t.Errorf("between: %q", got)
	}
	s.c.Selection.SelectBetween(1, 0)
	s.c.Run(browser.CommandSelectAll)
	if !s.c.Shown().Selection.Everything() {
		t.Error("not all is selected")
	}
	s.c.Selection.Clear()
	s.choose("README.md", "stations.json")
	s.c.Run(browser.CommandCopyPath)
	if s.copied != "s3://measurements/2026/README.md\ns3://measurements/2026/stations.json" {
		t.Errorf("copied %q", s.copied)
	}
}

// What is dragged onto a folder is moved there once the user has said so.
func TestSelecting_dropOn(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	s.choose("README.md")
	s.c.Selection.DropOn(s.c.Shown().Listing.Find("2026/2024/"))
	s.did("copy measurements 2026/README.md measurements/2026/2024/ move true overwrite false")
}

func TestColumnPrefs_changes(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	s.c.Columns.SortBy("size")
	s.c.Columns.SetWidths(map[string]float32{"size": 1})
	if h := s.model.Columns[1]; !h.Ordered || h.Width < 20 {
		t.Errorf("%+v", h)
	}
	s.c.Columns.Show("size", false)
	if h := s.model.Columns; h[1].Shown || h[1].Ordered || !h[0].Ordered {
		t.Errorf("a hidden column orders the listing: %+v", h)
	}
	s.c.Columns.Reset()
	if h := s.model.Columns[1]; !h.Shown || h.Width != 88 {
		t.Errorf("%+v", h)
	}
}

// The storage of a session that ends is closed, and opened again where the user was.
func TestController_followsSessions(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	before := s.c.Shown()
	session := s.sessions
	s.sessions = nil
	s.c.Follow()
	if s.c.Shown() != nil {
		t.Fatal("it is still open")
	}
	s.c.Run(browser.CommandDelete) // which has nothing to act on
	s.sessions = session
	if _, err := s.c.Show("research-lake", "Lake", true); err != nil {
		t.Fatal(err)
	}
	s.await("the folder", func() bool { return s.model.At.Prefix == "2026/" && s.complete() })
	if s.c.Shown() == before {
		t.Error("the storage of the session that ended is used")
	}
	if changed, _ := s.c.Show("", "", false); !changed || s.c.Shown() != nil {
		t.Error("something is shown")
	}
}
