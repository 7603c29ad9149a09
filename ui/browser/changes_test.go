package browser_test

import (
	"context"
	"slices"
	"testing"

	"daypass/app"
	"daypass/ui/browser"
	"daypass/ui/details"
	"daypass/ui/uitest"
)

func TestChanges_commands(t *testing.T) {
	for _, tt := range []struct {
		command browser.Command
		names   []string
		answer  string
		title   string
		want    string
	}{
		{browser.CommandNew, nil, "april", "New folder in s3://measurements/2026/", "new-folder measurements 2026/ april"},
		{browser.CommandRename, []string{"README.md"}, "LIESMICH.md", "Rename “README.md”", "rename measurements 2026/README.md LIESMICH.md"},
		{browser.CommandDelete, []string{"2024/", "README.md"}, "", "Delete 2 items?", "delete measurements 2026/2024/,2026/README.md"},
		{browser.CommandCopyTo, []string{"README.md"}, "s3://archive-2024/old/", "Copy “README.md” to…", "copy measurements 2026/README.md archive-2024/old/ move false overwrite false"},
		{browser.CommandMoveTo, []string{"2024/"}, "s3://archive-2024/", "Move “2024” to…", "copy measurements 2026/2024/ archive-2024/ move true overwrite false"},
	} {
		t.Run(string(tt.command), func(t *testing.T) {
			s := newScreen(t, "s3://measurements/2026/")
			s.choose(tt.names...)
			s.answers = []string{tt.answer}
			s.c.Press(tt.command)
			s.did(tt.want)
			if len(s.questions) != 1 || s.questions[0] != tt.title {
				t.Errorf("asked %q", s.questions)
			}
			s.await("the end", func() bool { return s.model.Work.Action != "Stop" })
		})
	}
}

// While one change is under way, no other begins, and it can be stopped.
func TestChanges_oneAtATime(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	s.storage.HoldNext()
	s.answers = []string{"april", "may"}
	s.c.Run(browser.CommandNew)
	if s.model.Work.Text != "Creating folder" || s.model.Work.Action != "Stop" {
		t.Errorf("%+v", s.model.Work)
	}
	s.c.Run(browser.CommandNew)
	if !slices.Contains(s.shown, "Operation in progress") {
		t.Errorf("told %q", s.shown)
	}
	s.c.PressWork()
	s.await("the end", func() bool { return s.model.Work.Text == "" })
	if s.problem != nil {
		t.Errorf("stopping it is a failure: %+v", s.problem)
	}
}

// A deletion in a bucket with versions can be undone.
func TestChanges_undo(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	s.choose("README.md")
	s.c.Run(browser.CommandDelete)
	s.await("the end", func() bool { return s.model.Work.Action == "Undo" })
	s.c.PressWork()
	s.did("undelete measurements 2026/README.md")
	s.await("the end", func() bool { return s.model.Work.Text == "1 item restored" })
}

// What the server refuses is told, and is off from then on, until the listing is refreshed.
func TestChanges_denied(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	s.storage.FailAt("new-folder", uitest.NotAllowed("make folders"))
	s.answers = []string{"april"}
	s.c.Run(browser.CommandNew)
	s.await("the refusal", func() bool { return s.model.Allowed.State(browser.CommandUpload).Denied })
	if s.problem == nil || s.problem.Title != "You may not make folders" {
		t.Errorf("%+v", s.problem)
	}
	s.c.Press(browser.CommandNew) // which is off
	s.c.Run(browser.CommandRefresh)
	s.await("the listing", func() bool { return !s.model.Allowed.State(browser.CommandUpload).Disabled })
	s.c.Deny("research-lake", "measurements", browser.CommandUpload, "No.")
	if h := s.c.Allowed().State(browser.CommandUploadFolder); !h.Denied || h.Hint != "No." {
		t.Errorf("%+v", h)
	}
}

// A change of the object in the pane leaves it selected, and has the pane load again.
func TestChanges_ofThePane(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	s.choose("README.md")
	host := s.c.Pane()
	now := host.Selected()
	if now.Count != 1 || now.Ref.Key != "2026/README.md" || now.Folder || now.Size == 0 || now.Server != "Lake" {
		t.Fatalf("%+v", now)
	}
	host.Change(now.Storage, details.SaveTags, func(context.Context) error { return uitest.NotAllowed("tag") })
	s.await("the end", func() bool { return s.details.reloaded == 1 })
	s.await("the refusal", func() bool { return now.Storage.Denial("measurements", details.SaveTags) != "" })
	if got := s.selected(); len(got) != 1 {
		t.Errorf("selected %q", got)
	}
}

// Copies to another connection are transfers.
func TestChanges_copyToAnotherConnection(t *testing.T) {
	s := newScreen(t, "s3://measurements/2026/")
	archive := s.sessions[0]
	archive.ID, archive.Name = "archive", "Archive"
	s.sessions = append(s.sessions, archive)
	s.choose("README.md")
	s.answers = []string{"s3://old/"}
	s.c.Run(browser.CommandMoveTo)
	got := s.core.Started()
	if len(got) != 1 || got[0].To == nil || got[0].To.Connection != "archive" || got[0].To.Bucket != "old" || !got[0].Move || got[0].Direction != app.Copy {
		t.Errorf("%+v", got)
	}
}
