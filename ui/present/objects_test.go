package present_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/auth/secret"
	"daypass/ui/browse"
	"daypass/ui/present"
	"daypass/ui/uitest"
)

var in2026 = browse.Location{Bucket: "measurements", Prefix: "2026/"}

func TestDeletionQuestion(t *testing.T) {
	file, dir := buckets.Entry{Key: "2026/a\u202e.csv", Size: 10}, buckets.Entry{Key: "2026/old/", Folder: true}
	yes, no := true, false
	many := make([]buckets.Entry, 12)
	for i := range many {
		many[i] = file
	}
	for _, tt := range []struct {
		name string
		in   present.Deleting
		want present.Deletion
	}{
		{"a file, at first", present.Deleting{At: in2026, Entries: []buckets.Entry{file}}, present.Deletion{Title: `Delete “a\u202e.csv”?`, Names: []string{`a\u202e.csv`}, Yes: "Delete"}},
		{"a folder, at first", present.Deleting{At: in2026, Entries: []buckets.Entry{dir}}, present.Deletion{Title: "Delete “old”?", Names: []string{"old/"}, Sum: "Counting what is in the folders", Yes: "Delete"}},
		{"without versions", present.Deleting{At: in2026, Entries: []buckets.Entry{file, dir}, Versioned: &no, Sum: &objects.Sum{Objects: 1, Bytes: 10}}, present.Deletion{
			Title: "Delete 2 items?", Names: []string{`a\u202e.csv`, "old/"}, Sum: "1 file, 10 B", Yes: "Delete",
			Fate: "This bucket keeps no earlier versions: what you delete is gone for good.",
		}},
		{"with versions, very many", present.Deleting{At: in2026, Entries: many, Versioned: &yes, Sum: &objects.Sum{Objects: 100_000, Bytes: 5e9, Most: true}}, present.Deletion{
			Title: "Delete 12 items?", Names: strings.Split(strings.Repeat(`a\u202e.csv|`, 8), "|")[:8], More: "and 4 more", Sum: "More than 100,000 files, 5.0 GB", Yes: "Delete", Forever: true,
			Fate: "This bucket keeps earlier versions: what you delete stays below as one, until somebody deletes that too.",
		}},
		{"all of a bucket", present.Deleting{At: browse.Location{Bucket: "lab"}, Entries: []buckets.Entry{{Folder: true}}}, present.Deletion{Title: "Delete everything in s3://lab/?", Sum: "Counting what is in the folders", Yes: "Delete"}},
		{"a bucket", present.Deleting{Entries: []buckets.Entry{{Key: "lab", Folder: true}}}, present.Deletion{Title: "Delete the bucket “lab”?", Fate: "The server deletes only empty buckets.", Yes: "Delete bucket"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := present.PresentDeletion(tt.in)
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

func TestQuestionsCheckWhatIsTyped(t *testing.T) {
	file := buckets.Entry{Key: "2026/a.tar.gz"}
	rename := present.AskRename(file, "a.tar.gz")
	if rename.Select != len("a.tar") {
		t.Errorf("%d letters are marked", rename.Select)
	}
	target := present.AskCopy(true, in2026, []buckets.Entry{file}, []present.CopyPlace{{ID: "lake"}, {ID: "archive"}})
	places := []present.CopyPlace{{ID: "lake"}, {ID: "archive"}, {ID: "twin", SameServer: true}}
	folders := present.AskCopy(false, in2026, []buckets.Entry{file, {Key: "2026/raw/", Folder: true}}, places)
	everything := present.AskCopy(true, in2026, []buckets.Entry{{Key: "2026/", Folder: true}}, places)
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
		{rename.Check, "a.tar.gz", "This is the name it has."},
		{rename.Check, "b.tar.gz", ""},
		{rename.Check, "x/b", "A name has no slash in it."},
		{here, "s3://measurements/2026/", "This is where it is."},
		{there, "s3://measurements/2026/", ""},
		{copied(0), "s3://measurements/2026/raw/", "A folder cannot be copied into itself. Choose another one."},
		{copied(0), "measurements/2026/raw", "A folder cannot be copied into itself. Choose another one."},
		{copied(0), "s3://measurements/2026/raw/a/b/", "A folder cannot be copied into a folder inside it. Choose another one."},
		{copied(0), "s3://measurements/2026/raw2/", ""},
		{copied(0), "s3://measurements/", ""},
		{copied(0), "s3://other/2026/raw/", ""},
		{copied(1), "s3://measurements/2026/raw/", ""},
		{copied(2), "s3://measurements/2026/raw/", "A folder cannot be copied into itself. Choose another one."},
		{copied(2), "s3://measurements/2026/", "This is where it is."},
		{moved, "s3://measurements/2026/", "This is where it is."},
		{moved, "s3://measurements/2026/new/", "A folder cannot be moved into a folder inside it. Choose another one."},
		{moved, "s3://measurements/2025/", ""},
		{there, "", "The path needs a bucket, like s3://bucket/folder/."},
		{here, "s3://", "The path needs a bucket, like s3://bucket/folder/."},
		{here, "http://x/y", "A path begins with s3://, like s3://bucket/folder/."},
		{here, "other/x", ""},
		{present.AskNewBucket().Check, "ab", "A bucket's name has 3 to 63 characters."},
		{present.AskNewBucket().Check, "-ab", "A bucket's name begins and ends with a letter or a digit."},
		{present.AskNewBucket().Check, "a.b-c9", ""},
	} {
		if got := tt.check(tt.text); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestCopyPlacesAreWhereSomebodyIsSignedIn(t *testing.T) {
	lake, archive, out, twin := uitest.SignedIn(time.Hour), uitest.SignedIn(time.Hour), uitest.SignedOut(), uitest.SignedIn(time.Hour)
	archive.Endpoint = "https://archive.example.com"
	archive.ID, archive.Name, out.ID, twin.ID = "archive", "Archive", "out", "twin"
	last := func(id string) string { return map[string]string{"archive": "s3://old/"}[id] }
	got := present.CopyPlaces([]app.Session{archive, out, twin, lake}, lake.ID, in2026, last, uitest.Now)
	want := []present.CopyPlace{
		{ID: lake.ID, Name: "Research lake", Path: "s3://measurements/2026/"},
		{ID: "archive", Name: "Archive", Path: "s3://old/"},
		{ID: "twin", Name: "Research lake (2)", SameServer: true},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestShareSays(t *testing.T) {
	link := func(end time.Duration, capped bool) *buckets.Link {
		return &buckets.Link{URL: secret.New("https://s3.example.com/x"), Ends: uitest.Now.Add(end), Capped: capped}
	}
	for _, tt := range []struct {
		name         string
		in           present.Sharing
		ready, renew bool
		ends, capped string
		problem      string
	}{
		{"at first", present.Sharing{}, false, false, "Making the link", "", ""},
		{"today", present.Sharing{Link: link(time.Hour, false)}, true, false, "Ends today 11:15, in 1 h", "", ""},
		{"tomorrow", present.Sharing{Link: link(24*time.Hour, false)}, true, false, "Ends tomorrow 10:15, in 1 d", "", ""},
		{"in days", present.Sharing{Link: link(7*24*time.Hour, false)}, true, false, "Ends 11 Mar 2026 10:15, in 7 d", "", ""},
		{"with the keys", present.Sharing{Link: link(20*time.Minute, true)}, true, false, "Ends today 10:35, in 20 min", "That is when your keys end: no link outlives the keys that signed it.", ""},
		{"with keys that renew", present.Sharing{Link: link(20*time.Minute, true), Renews: true}, true, true, "Ends today 10:35, in 20 min", "That is when your keys end: no link outlives the keys that signed it. Renew them first for a longer one.", ""},
		{"renewing", present.Sharing{Link: link(20*time.Minute, true), Renews: true, Renewing: true}, false, false, "Waiting for new keys", "", ""},
		{"refused", present.Sharing{Problem: &app.Problem{Title: "No", Detail: "Because."}}, false, false, "", "", "No. Because."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := present.PresentShare(tt.in, uitest.Now)
			if got.Ready != tt.ready || got.Renew != tt.renew || got.Ends != tt.ends || got.Capped != tt.capped || got.Problem != tt.problem {
				t.Errorf("%+v", got)
			}
		})
	}
}

// No word on screen holds the link itself: it is as good as a key.
func TestShareShowsNoLink(t *testing.T) {
	m := present.PresentShare(present.Sharing{Name: "x", Link: &buckets.Link{URL: secret.New("https://hidden"), Ends: uitest.Now.Add(time.Hour)}}, uitest.Now)
	for _, text := range []string{m.Title, m.Text, m.Ends, m.Capped, m.Problem, m.Note} {
		if strings.Contains(text, "hidden") {
			t.Errorf("%q", text)
		}
	}
}

func TestSearchSays(t *testing.T) {
	found := make([]buckets.Entry, 3)
	for _, tt := range []struct {
		name            string
		in              present.Searching
		status, message string
	}{
		{"at first", present.Searching{At: in2026}, "", "Search below this folder"},
		{"begun", present.Searching{At: in2026, Begun: true, Running: true}, "0 matches so far in 0 files", ""},
		{"slow", present.Searching{At: in2026, Begun: true, Running: true, Server: "Lake", Wait: present.SlowWait}, "0 matches so far in 0 files, waiting for Lake", ""},
		{"hung", present.Searching{At: in2026, Begun: true, Running: true, Found: found, Objects: 7, Server: "Lake", Wait: present.LongWait}, "3 matches so far in 7 files, still waiting for Lake", ""},
		{"running", present.Searching{At: in2026, Begun: true, Running: true, Found: found, Objects: 45210, Near: "2026/mar\nch/"}, `3 matches so far in 45,210 files, now in 2026/mar\nch/`, ""},
		{"done", present.Searching{At: in2026, Begun: true, Found: found[:1], Objects: 1}, "1 match in 1 file", ""},
		{"nothing", present.Searching{At: in2026, Begun: true, Text: "x", Objects: 9}, "0 matches in 9 files", "Nothing found"},
		{"stopped", present.Searching{At: in2026, Begun: true, Found: found, Objects: 9, Stopped: true}, "3 matches in 9 files, stopped", ""},
		{"stopped at once", present.Searching{At: in2026, Begun: true, Stopped: true}, "0 matches in 0 files, stopped", "The search was stopped"},
		{"limited", present.Searching{At: in2026, Begun: true, Found: found, Limited: true}, "The first 3 matches. Search for something more exact to find the rest.", ""},
		{"refused", present.Searching{At: in2026, Begun: true, Problem: &app.Problem{Title: "You may not"}}, "", "You may not"},
		{"refused on the way", present.Searching{At: in2026, Begun: true, Found: found, Problem: &app.Problem{Title: "No answer"}}, "3 matches, then: No answer", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if m := present.PresentSearch(tt.in); m.Status != tt.status || m.Message.Title != tt.message {
				t.Errorf("status %q, message %q", m.Status, m.Message.Title)
			}
		})
	}
}

func TestResultOfAChange(t *testing.T) {
	if _, ok := present.PresentResult("Deleting", objects.Result{Done: 3}); !ok {
		t.Error("all went well, and it is not said")
	}
	refused := &buckets.Error{Problem: app.Problem{Title: "It is locked", Detail: "Until May."}, Err: errors.New("x")}
	f, ok := present.PresentResult("Deleting", objects.Result{Done: 3, Failures: 1500, Failed: []objects.Failure{{Key: "a\n", Err: refused}}})
	if ok || f.Title != "1,500 of 1,503 files failed" || f.More != "and 1,499 more" || f.Lines[0] != (present.FailureLine{Name: `a\n`, Why: "It is locked. Until May."}) {
		t.Errorf("%+v", f)
	}
}

// Every act that has a key is in the sheet that lists the keys.
func TestShortcutsListEveryKey(t *testing.T) {
	listed := map[string]bool{}
	for _, g := range present.Shortcuts() {
		for _, k := range g.Keys {
			for _, key := range strings.Split(k.Key, "  ") {
				listed[key] = true
			}
		}
	}
	for act, info := range present.Acts {
		if info.Key != "" && !listed[info.Key] {
			t.Errorf("%s by %s is not listed", act, info.Key)
		}
	}
}
