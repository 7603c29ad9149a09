package browser_test

import (
	"slices"
	"testing"

	"daypass/app/location"
	"daypass/ui/browser"
	"daypass/ui/browser/listing"
	"daypass/ui/uitest"
)

// What can be done with what is chosen, and what the buttons say where it cannot.
func TestCommands_enabledAndHints(t *testing.T) {
	folder := loaded(t, &uitest.Storage{}, location.Location{Bucket: "measurements", Prefix: "2026/"})
	buckets := loaded(t, &uitest.Storage{}, location.Location{})
	on := func(b *listing.Listing, rows ...int) *listing.Selection {
		s := listing.NewSelection(b)
		for _, r := range rows {
			s.Toggle(r)
		}
		return s
	}
	const file, other, dir = 9, 8, 0
	refused := browser.Denials{{Bucket: "measurements", Command: browser.CommandDelete}: "You may not delete here.", {Bucket: "other", Command: browser.CommandUpload}: "no"}
	for _, tt := range []struct {
		name    string
		b       *listing.Listing
		rows    []int
		summary string
		off     []browser.Command
	}{
		{"nothing", folder, nil, "", []browser.Command{browser.CommandOpen, browser.CommandDownload, browser.CommandShare, browser.CommandRename, browser.CommandCopyTo, browser.CommandMoveTo, browser.CommandDelete, browser.CommandCopyPath}},
		{"a file", folder, []int{file}, "1 selected, 2.1 kB", []browser.Command{browser.CommandDelete}},
		{"a folder", folder, []int{dir}, "1 selected", []browser.Command{browser.CommandShare, browser.CommandDelete}},
		{"several", folder, []int{file, other}, "2 selected, 12.4 MB", []browser.Command{browser.CommandOpen, browser.CommandShare, browser.CommandRename, browser.CommandDelete}},
		{"a bucket", buckets, []int{3}, "1 selected", []browser.Command{browser.CommandUpload, browser.CommandUploadFolder, browser.CommandShare, browser.CommandRename, browser.CommandCopyTo, browser.CommandMoveTo, browser.CommandDelete, browser.CommandSearch, browser.CommandDeleted}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := browser.NewAllowed(tt.b, on(tt.b, tt.rows...), refused)
			if a.Summary != tt.summary {
				t.Errorf("summary %q", a.Summary)
			}
			for command := range browser.Commands {
				state := a.State(command)
				if state.Disabled != slices.Contains(tt.off, command) {
					t.Errorf("%s is off: %v (%s)", command, state.Disabled, state.Hint)
				}
				if state.Hint == "" {
					t.Errorf("%s has no hint", command)
				}
			}
		})
	}
	a := browser.NewAllowed(folder, on(folder, file), refused)
	if s := a.State(browser.CommandDelete); !s.Denied || s.Hint != "You may not delete here." {
		t.Errorf("after a refusal: %+v", s)
	}
	if s := a.State(browser.CommandDownload); s.Hint != "Download… (Ctrl+D)" {
		t.Errorf("hint %q", s.Hint)
	}
}

func TestPaths_ofSelection(t *testing.T) {
	folder := loaded(t, &uitest.Storage{}, location.Location{Bucket: "measurements", Prefix: "2026/"})
	s := listing.NewSelection(folder)
	s.Toggle(folder.Find("2026/README.md"))
	s.Toggle(0)
	got := browser.Paths(folder.At(), s.Entries())
	if want := []string{"s3://measurements/2026/2024/", "s3://measurements/2026/README.md"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
