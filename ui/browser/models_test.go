package browser_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/ui/browser"
	"daypass/ui/present"
	"daypass/ui/uitest"
)

var in2026 = location.Location{Bucket: "measurements", Prefix: "2026/"}

func TestAskDelete_question(t *testing.T) {
	file, dir := buckets.Entry{Key: "2026/a\u202e.csv", Size: 10}, buckets.Entry{Key: "2026/old/", Folder: true}
	yes, no := true, false
	many := make([]buckets.Entry, 12)
	for i := range many {
		many[i] = file
	}
	for _, tt := range []struct {
		name string
		in   browser.DeletionState
		want browser.Deletion
	}{
		{"a file, at first", browser.DeletionState{At: in2026, Entries: []buckets.Entry{file}}, browser.Deletion{Title: `Delete “a\u202e.csv”?`, Names: []string{`a\u202e.csv`}, Yes: "Delete"}},
		{"a folder, at first", browser.DeletionState{At: in2026, Entries: []buckets.Entry{dir}}, browser.Deletion{Title: "Delete “old”?", Names: []string{"old/"}, Sum: "Counting the files in folders", Yes: "Delete"}},
		{"without versions", browser.DeletionState{At: in2026, Entries: []buckets.Entry{file, dir}, Versioned: &no, Sum: &objects.Sum{Objects: 1, Bytes: 10}}, browser.Deletion{
			Title: "Delete 2 items?", Names: []string{`a\u202e.csv`, "old/"}, Sum: "1 file, 10 B", Yes: "Delete",
			Fate: "This bucket keeps no earlier versions. This cannot be undone.",
		}},
		{"with versions, very many", browser.DeletionState{At: in2026, Entries: many, Versioned: &yes, Sum: &objects.Sum{Objects: 100_000, Bytes: 5e9, More: true}}, browser.Deletion{
			Title: "Delete 12 items?", Names: strings.Split(strings.Repeat(`a\u202e.csv|`, 8), "|")[:8], More: "and 4 more", Sum: "More than 100,000 files, 5.0 GB", Yes: "Delete", Forever: true,
			Fate: "This bucket keeps earlier versions: deleted files can be restored until their versions are deleted too.",
		}},
		{"all of a bucket", browser.DeletionState{At: location.Location{Bucket: "lab"}, Entries: []buckets.Entry{{Folder: true}}}, browser.Deletion{Title: "Delete everything in s3://lab/?", Sum: "Counting the files in folders", Yes: "Delete"}},
		{"a bucket", browser.DeletionState{Entries: []buckets.Entry{{Key: "lab", Folder: true}}}, browser.Deletion{Title: "Delete the bucket “lab”?", Fate: "Only empty buckets can be deleted.", Yes: "Delete bucket"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := browser.NewDeletion(tt.in)
			if strings.Join(got.Names, "|") != strings.Join(tt.want.Names, "|") {
				t.Errorf("names %q", got.Names)
			}
			got.Names, tt.want.Names = nil, nil
			if got.Title != tt.want.Title || got.Sum != tt.want.Sum || got.Fate != tt.want.Fate || got.More != tt.want.More || got.Forever != tt.want.Forever || got.Yes != tt.want.Yes {
				t.Errorf("\n got %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

// Questions validate what is typed.
func TestQuestions_validateInput(t *testing.T) {
	file := buckets.Entry{Key: "2026/a.tar.gz"}
	rename := browser.AskRename(file, "a.tar.gz")
	if rename.Select != len("a.tar") {
		t.Errorf("%d letters are marked", rename.Select)
	}
	target := browser.AskCopy(true, in2026, []buckets.Entry{file}, []browser.CopyTarget{{ID: "lake"}, {ID: "archive"}})
	places := []browser.CopyTarget{{ID: "lake"}, {ID: "archive"}, {ID: "twin", SameServer: true}}
	folders := browser.AskCopy(false, in2026, []buckets.Entry{file, {Key: "2026/raw/", Folder: true}}, places)
	everything := browser.AskCopy(true, in2026, []buckets.Entry{{Key: "2026/", Folder: true}}, places)
	copied := func(place int) func(string) string {
		return func(path string) string { return folders.Check(place, path) }
	}
	moved := func(path string) string { return everything.Check(0, path) }
	here := func(path string) string { return target.Check(0, path) }
	there := func(path string) string { return target.Check(1, path) }
	for _, tt := range []struct {
		check      func(string) string
		text, want string
	}{
		{rename.Check, "a.tar.gz", "Enter a different name."},
		{rename.Check, "b.tar.gz", ""},
		{rename.Check, "x/b", "A name cannot contain a slash."},
		{here, "s3://measurements/2026/", "Source and destination are the same folder."},
		{there, "s3://measurements/2026/", ""},
		{copied(0), "s3://measurements/2026/raw/", "A folder cannot be copied into itself. Choose another folder."},
		{copied(0), "measurements/2026/raw", "A folder cannot be copied into itself. Choose another folder."},
		{copied(0), "s3://measurements/2026/raw/a/b/", "A folder cannot be copied into one of its own subfolders. Choose another folder."},
		{copied(0), "s3://measurements/2026/raw2/", ""},
		{copied(0), "s3://measurements/", ""},
		{copied(0), "s3://other/2026/raw/", ""},
		{copied(1), "s3://measurements/2026/raw/", ""},
		{copied(2), "s3://measurements/2026/raw/", "A folder cannot be copied into itself. Choose another folder."},
		{copied(2), "s3://measurements/2026/", "Source and destination are the same folder."},
		{moved, "s3://measurements/2026/", "Source and destination are the same folder."},
		{moved, "s3://measurements/2026/new/", "A folder cannot be moved into one of its own subfolders. Choose another folder."},
		{moved, "s3://measurements/2025/", ""},
		{there, "", "Enter a path with a bucket, such as s3://bucket/folder/."},
		{here, "s3://", "Enter a path with a bucket, such as s3://bucket/folder/."},
		{here, "http://x/y", "A path begins with s3://, such as s3://bucket/folder/."},
		{here, "other/x", ""},
		{browser.AskNewBucket().Check, "ab", "A bucket name must have 3 to 63 characters."},
		{browser.AskNewBucket().Check, "-ab", "A bucket name must begin and end with a letter or a digit."},
		{browser.AskNewBucket().Check, "a.b-c9", ""},
	} {
		if got := tt.check(tt.text); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

// Only connections that are signed in are offered as targets of a copy.
func TestCopyTargets_onlySignedIn(t *testing.T) {
	lake, archive, out, twin := uitest.SignedIn(time.Hour), uitest.SignedIn(time.Hour), uitest.SignedOut(), uitest.SignedIn(time.Hour)
	archive.Endpoint = "https://archive.example.com"
	archive.ID, archive.Name, out.ID, twin.ID = "archive", "Archive", "out", "twin"
	last := func(id string) string { return map[string]string{"archive": "s3://old/"}[id] }
	got := browser.CopyTargets([]app.Session{archive, out, twin, lake}, lake.ID, in2026, last, uitest.Now)
	want := []browser.CopyTarget{
		{ID: lake.ID, Name: "Research lake", Path: "s3://measurements/2026/"},
		{ID: "archive", Name: "Archive", Path: "s3://old/"},
		{ID: "twin", Name: "Research lake (2)", SameServer: true},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestSearchState_texts(t *testing.T) {
	found := make([]buckets.Entry, 3)
	for _, tt := range []struct {
		name            string
		in              func(s *browser.SearchState)
		status, message string
	}{
		{"at first", func(*browser.SearchState) {}, "", "Search in this folder"},
		{"begun", func(s *browser.SearchState) { s.Begun, s.Running = true, true }, "0 matches so far in 0 files", ""},
		{"slow", func(s *browser.SearchState) {
			s.Begun, s.Running, s.Server, s.Wait = true, true, "Lake", present.SlowWait
		}, "0 matches so far in 0 files, waiting for Lake", ""},
		{"hung", func(s *browser.SearchState) {
			s.Begun, s.Running, s.Found, s.Seen, s.Server, s.Wait = true, true, found, 7, "Lake", present.LongWait
		}, "3 matches so far in 7 files, still waiting for Lake", ""},
		{"running", func(s *browser.SearchState) {
			s.Begun, s.Running, s.Found, s.Seen, s.Near = true, true, found, 45210, "2026/mar\nch/"
		}, `3 matches so far in 45,210 files, now in 2026/mar\nch/`, ""},
		{"done", func(s *browser.SearchState) { s.Begun, s.Found, s.Seen = true, found[:1], 1 }, "1 match in 1 file", ""},
		{"nothing", func(s *browser.SearchState) { s.Begun, s.Text, s.Seen = true, "x", 9 }, "0 matches in 9 files", "No matches"},
		{"stopped", func(s *browser.SearchState) { s.Begun, s.Found, s.Seen, s.Stopped = true, found, 9, true }, "3 matches in 9 files, stopped", ""},
		{"stopped at once", func(s *browser.SearchState) { s.Begun, s.Stopped = true, true }, "0 matches in 0 files, stopped", "Search stopped"},
		{"limited", func(s *browser.SearchState) { s.Begun, s.Found, s.Limited = true, found, true }, "Only the first 3 matches are shown. Refine the search to find the rest.", ""},
		{"refused", func(s *browser.SearchState) { s.Begun, s.Problem = true, &app.Problem{Title: "You may not"} }, "", "You may not"},
		{"refused on the way", func(s *browser.SearchState) {
			s.Begun, s.Found, s.Problem = true, found, &app.Problem{Title: "No answer"}
		}, "3 matches before an error: No answer", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := browser.SearchState{}
			s.At = in2026
			tt.in(&s)
			if m := browser.NewSearch(s); m.Status != tt.status || m.Message.Title != tt.message {
				t.Errorf("status %q, message %q", m.Status, m.Message.Title)
			}
		})
	}
}

func TestFailuresOf_texts(t *testing.T) {
	if _, ok := browser.FailuresOf("Deleting", objects.Result{Done: 3}); !ok {
		t.Error("all went well, and it is not said")
	}
	refused := &buckets.Error{Problem: app.Problem{Title: "It is locked", Detail: "Until May."}, Err: errors.New("x")}
	f, ok := browser.FailuresOf("Deleting", objects.Result{Done: 3, Failures: 1500, Failed: []objects.Failure{{Key: "a\n", Err: refused}}})
	if ok || f.Title != "1,500 of 1,503 items failed" || f.More != "and 1,499 more" || f.Lines[0] != (present.FailureLine{Name: `a\n`, Why: "It is locked. Until May."}) {
		t.Errorf("%+v", f)
	}
}

// Every command that has a key is in the sheet that lists the keys.
func TestShortcuts_listEveryKey(t *testing.T) {
	listed := map[string]bool{}
	for _, g := range browser.Shortcuts() {
		for _, k := range g.Keys {
			for _, key := range strings.Split(k.Key, "  ") {
				listed[key] = true
			}
		}
	}
	for command, info := range browser.Commands {
		if info.Keys != "" && !listed[info.Keys] {
			t.Errorf("%s by %s is not listed", command, info.Keys)
		}
	}
}
