package browser_test

import (
	"slices"
	"testing"

	"daypass/ui/browser"
	"daypass/ui/selection"
	"daypass/ui/uitest"
)

func TestSearch_results(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	s.c.Run(browser.CommandSearch)
	if s.focused != "search" || s.model.Search == nil || !s.c.Results.Open() || !s.model.Allowed.State(browser.CommandDelete).Disabled {
		t.Fatalf("%+v", s.model.Search)
	}
	s.c.Results.Search("*.md")
	s.await("the end", func() bool { return !s.c.Results.Searching() })
	m := s.model.Search
	if m.Status != "1 match in 13 files" || m.Rows.Count != 1 || m.Rows.Row(0).Name != "README.md" {
		t.Fatalf("%+v", m)
	}
	s.c.Results.CopyPath(0)
	s.files = []string{"/home/ada"}
	s.c.Results.Download(0)
	s.c.Results.Download(7) // which is not there
	if got := s.core.Started(); len(got) != 1 || got[0].Prefix != "2026/" || got[0].Objects[0].Key != "2026/README.md" || s.copied != "s3://measurements/2026/README.md" {
		t.Errorf("%+v, copied %q", got, s.copied)
	}
	s.c.Results.Show(0)
	s.await("the file", func() bool { return slices.Equal(s.selected(), []string{"2026/README.md"}) })
	if s.c.Results.Open() {
		t.Error("the search is still there")
	}
}

func TestSearch_stopped(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	s.storage.HoldBelow(0)
	s.storage.HoldNext()
	s.c.Run(browser.CommandSearch)
	s.c.Results.Search("x")
	s.c.Results.Stop()
	s.await("the end", func() bool { return s.model.Search.Message.Title == "Search stopped" })
	s.storage.Release()
	s.storage.FailAt("below", uitest.NotAllowed("list"))
	s.c.Results.Search("x")
	s.await("the refusal", func() bool { return s.model.Search.Message.Title == "You may not list" })
	s.c.Navigation.Up()
	if s.c.Results.Open() {
		t.Error("a search outlives its location")
	}
}

func TestDeletedFiles_list(t *testing.T) {
	s := newScreen(t, "s3://measurements/emptied/")
	s.await("the hint", func() bool { m := s.model.Folder.Message; return m != nil && m.Primary.Do == browser.ActionShowDeleted })
	s.c.Do(browser.ActionShowDeleted)
	s.await("the files", func() bool { return s.model.Deleted != nil && s.model.Deleted.Status == "4 deleted files" })
	if s.focused != "deleted" {
		t.Errorf("the focus is on %q", s.focused)
	}
	s.c.Results.Select(1, selection.Only)
	s.c.Results.Select(99, selection.Toggle)
	if m := s.model.Deleted; m.Restore != "Restore 1 file" || !m.Rows.Selected(1) || m.Rows.Selected(0) {
		t.Errorf("%+v", m)
	}
	s.c.Results.Restore()
	s.await("the end", func() bool { return s.model.Work.Text == "1 item restored" })
	s.c.Results.Close()
	if s.model.Deleted != nil {
		t.Error("it is still there")
	}
}
