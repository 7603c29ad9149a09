package present_test

import (
	"slices"
	"testing"

	"daypass/ui/browse"
	"daypass/ui/present"
	"daypass/ui/uitest"
)

// What can be done with what is chosen, and what the buttons say where it cannot.
func TestActs(t *testing.T) {
	folder := browser(t, &uitest.Storage{}, browse.Location{Bucket: "measurements", Prefix: "2026/"})
	buckets := browser(t, &uitest.Storage{}, browse.Location{})
	on := func(b *browse.Browser, rows ...int) *browse.Selection {
		s := browse.NewSelection(b)
		for _, r := range rows {
			s.Toggle(r)
		}
		return s
	}
	const file, other, dir = 9, 8, 0
	refused := present.Refused{{Bucket: "measurements", Act: present.ActDelete}: "You may not delete here.", {Bucket: "other", Act: present.ActUpload}: "no"}
	for _, tt := range []struct {
		name    string
		b       *browse.Browser
		rows    []int
		summary string
		off     []present.Act
	}{
		{"nothing", folder, nil, "", []present.Act{present.ActOpen, present.ActDownload, present.ActShare, present.ActRename, present.ActCopyTo, present.ActMoveTo, present.ActDelete, present.ActCopyPath}},
		{"a file", folder, []int{file}, "1 chosen, 2.1 kB", []present.Act{present.ActDelete}},
		{"a folder", folder, []int{dir}, "1 chosen", []present.Act{present.ActShare, present.ActDelete}},
		{"several", folder, []int{file, other}, "2 chosen, 12.4 MB", []present.Act{present.ActOpen, present.ActShare, present.ActRename, present.ActDelete}},
		{"a bucket", buckets, []int{3}, "1 chosen", []present.Act{present.ActUpload, present.ActUploadFolder, present.ActShare, present.ActRename, present.ActCopyTo, present.ActMoveTo, present.ActDelete, present.ActSearch, present.ActDeleted}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := present.PresentActs(tt.b, on(tt.b, tt.rows...), refused)
			if a.Summary != tt.summary {
				t.Errorf("summary %q", a.Summary)
			}
			for act := range present.Acts {
				state := a.State(act)
				if state.Disabled != slices.Contains(tt.off, act) {
					t.Errorf("%s is off: %v (%s)", act, state.Disabled, state.Hint)
				}
				if state.Hint == "" {
					t.Errorf("%s has no hint", act)
				}
			}
		})
	}
	a := present.PresentActs(folder, on(folder, file), refused)
	if s := a.State(present.ActDelete); !s.Refused || s.Hint != "You may not delete here." {
		t.Errorf("after a refusal: %+v", s)
	}
	if s := a.State(present.ActDownload); s.Hint != "Download… (Ctrl+D)" {
		t.Errorf("hint %q", s.Hint)
	}
}

func TestPathsOf(t *testing.T) {
	folder := browser(t, &uitest.Storage{}, browse.Location{Bucket: "measurements", Prefix: "2026/"})
	s := browse.NewSelection(folder)
	s.Toggle(folder.Find("2026/README.md"))
	s.Toggle(0)
	got := present.PathsOf(folder.At(), s.Entries())
	if want := []string{"s3://measurements/2026/2024/", "s3://measurements/2026/README.md"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
