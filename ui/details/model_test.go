package details_test

import (
	"strings"
	"testing"

	"daypass/app"
	"daypass/app/buckets/objects"
	"daypass/app/buckets/preview"
	"daypass/ui/details"
	"daypass/ui/present"
	"daypass/ui/uitest"
)

func TestNewModel_tabs(t *testing.T) {
	ref := objects.Ref{Bucket: "measurements", Key: "2026/a\n.csv"}
	one := func(change func(*details.State)) details.State {
		in := details.State{Selection: details.Selection{Server: "Lake", Ref: ref, Count: 1}, Tab: details.TabPreview}
		change(&in)
		return in
	}
	for _, tt := range []struct {
		name                 string
		in                   details.State
		title, message, foot string
		caption              string
	}{
		{"nothing", details.State{}, "Details", "Nothing selected", "", ""},
		{"several", details.State{Selection: details.Selection{Count: 1200}}, "1,200 selected", "Several items selected", "", ""},
		{"a folder", one(func(i *details.State) { i.Folder, i.Ref.Key = true, "2026/old/" }), "old", "Folder", "", ""},
		{"a folder that is counted", one(func(i *details.State) { i.Folder, i.Ref.Key, i.Counting = true, "2026/old/", true }), "old", "Counting", "", ""},
		{"a counted folder", one(func(i *details.State) {
			i.Folder, i.Ref.Key, i.Sum = true, "2026/old/", &objects.Sum{Objects: 1204, Bytes: 4_200_000_000}
		}), "old", "1,204 files, 4.2 GB", "", ""},
		{"a count that was stopped", one(func(i *details.State) {
			i.Folder, i.Ref.Key, i.Sum, i.Stopped = true, "2026/old/", &objects.Sum{Objects: 1}, true
		}), "old", "At least 1 file, 0 B", "", ""},
		{"a bucket", one(func(i *details.State) { i.Folder, i.Ref.Key = true, "" }), "measurements", "Bucket", "", ""},
		{"a PDF", one(func(i *details.State) {
			i.Preview = &preview.Preview{Kind: preview.File, Format: "pdf-document", Size: 2_000_000}
		}), `a\n.csv`, "PDF document", "", ""},
		{"on its way", one(func(*details.State) {}), `a\n.csv`, "", "", ""},
		{"slow", one(func(i *details.State) { i.Wait = present.SlowWait }), `a\n.csv`, "Waiting for Lake", "", ""},
		{"hung", one(func(i *details.State) { i.Wait, i.Tab = present.LongWait, details.TabInfo }), `a\n.csv`, "Still waiting for Lake", "", ""},
		{"stopped", one(func(i *details.State) { i.Stopped = true }), `a\n.csv`, "Loading stopped", "", ""},
		{"refused", one(func(i *details.State) { i.Problem = &app.Problem{Title: "You may not"} }), `a\n.csv`, "You may not", "", ""},
		{"empty", one(func(i *details.State) { i.Preview = &preview.Preview{Kind: preview.Empty} }), `a\n.csv`, "Empty file", "", ""},
		{"text", one(func(i *details.State) {
			i.Preview = &preview.Preview{Kind: preview.Text, Format: "UTF-8", Read: 65536, Size: 2_000_000}
		}), `a\n.csv`, "", "", "UTF-8, first 65.5 kB of 2.0 MB"},
		{"picture", one(func(i *details.State) {
			i.Preview = &preview.Preview{Kind: preview.Picture, Format: "PNG", Width: 40, Height: 30}
		}), `a\n.csv`, "", "", "PNG, 40 × 30"},
		{"table", one(func(i *details.State) {
			i.Preview = &preview.Preview{Kind: preview.Table, Format: "CSV", Whole: true, Rows: make([][]string, 4)}
		}), `a\n.csv`, "", "", "CSV, 3 rows"},
		{"no versions", one(func(i *details.State) {
			i.Tab, i.HasVersions = details.TabVersions, true
			i.Versions = []objects.Version{{Ref: objects.Ref{Version: "null"}, Latest: true}}
		}), `a\n.csv`, "", "This bucket keeps no earlier versions.", ""},
		{"more versions", one(func(i *details.State) { i.Tab, i.HasVersions, i.More = details.TabVersions, true, true }), `a\n.csv`, "", "There are earlier versions.", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := details.NewModel(tt.in, uitest.Now)
			caption := ""
			if m.Preview != nil {
				caption = m.Preview.Caption
			}
			if m.Title != tt.title || m.Message.Title != tt.message || m.Foot != tt.foot || caption != tt.caption {
				t.Errorf("title %q, message %q, foot %q, caption %q", m.Title, m.Message.Title, m.Foot, caption)
			}
		})
	}
}

// What a stranger wrote on an object is shown escaped.
func TestRule34_infoIsShownEscaped(t *testing.T) {
	hostile := "x\u202e\x1b[31m"
	in := details.State{
		Selection: details.Selection{Ref: objects.Ref{Bucket: "b", Key: hostile}, Count: 1},
		Tab:       details.TabInfo, HasTags: true, Tags: []objects.Tag{{Name: hostile, Value: hostile}},
	}
	in.Info = &objects.Info{Metadata: []objects.Field{{Name: hostile, Value: hostile}}, Headers: []objects.Field{{Name: hostile, Value: hostile}}}
	m := details.NewModel(in, uitest.Now)
	for _, g := range m.Groups {
		for _, p := range g.Pairs {
			if strings.ContainsAny(p.Name+p.Value, "\u202e\x1b") {
				t.Errorf("%q: %q", p.Name, p.Value)
			}
		}
	}
}

func TestTags_areReadAsTheyAreWritten(t *testing.T) {
	tags := []objects.Tag{{Name: "a", Value: "b = c"}, {Name: "d"}}
	got, invalid := details.ParseTags(details.TagLines(tags))
	if invalid != "" || len(got) != 2 || got[0] != tags[0] || got[1] != tags[1] {
		t.Errorf("%v %q", got, invalid)
	}
	for text, want := range map[string]string{
		"a=1\na=2":                        "There are two tags named “a”.",
		strings.Repeat("x", 129) + "=":    "“" + strings.Repeat("x", 129) + "” is too long. Names can have 128 characters at most, and values 256.",
		"a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk": "An object can have 10 tags at most. These are 11.",
	} {
		if _, invalid := details.ParseTags(text); invalid != want {
			t.Errorf("%q: %q", text, invalid)
		}
	}
}
