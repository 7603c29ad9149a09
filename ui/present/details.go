package present

import (
	"fmt"
	"strings"
	"time"

	"daypass/app"
	"daypass/app/buckets/objects"
	"daypass/app/buckets/preview"
)

// DetailsTab is one side of an object.
type DetailsTab string

// The tabs.
const (
	TabPreview  DetailsTab = "preview"
	TabFacts    DetailsTab = "facts"
	TabVersions DetailsTab = "versions"
)

// Inspected is what is known of the object in the details, part by part: nil where it has not come
// yet.
type Inspected struct {
	// Ref names it; an empty key means that there is no one object to show.
	Ref objects.Ref
	// Chosen is how many things are chosen, and Folder is true where the one is a folder.
	Chosen int
	Folder bool
	Tab    DetailsTab
	// Width is what the user gave to the pane; zero for what fits.
	Width float32
	// Unwrapped is true where long lines of text are not broken.
	Unwrapped bool
	// Counting is true while what is in a folder is counted, and Sum is how much it is so far; nil for nothing yet.
	Counting bool
	Sum      *objects.Sum

	Info     *objects.Info
	Preview  *preview.Preview
	Tags     []objects.Tag
	HasTags  bool
	Versions []objects.Version
	More     bool
	// HasVersions is true once the versions have come.
	HasVersions bool
	// Problem is why the part on screen did not come.
	Problem *app.Problem
	// Server is the name of the one that is asked.
	Server string
	// Wait is how long the answer has taken, in steps that are worth saying so; Stopped is true once the user wants it
	// no more.
	Wait    Wait
	Stopped bool
	// Refused is what the server did not allow in this storage.
	Refused Refused
}

// refused is why an act is not allowed on the object; empty where that is not known.
func (in Inspected) refused(act Act) string { return in.Refused[RefusedAct{in.Ref.Bucket, act}] }

// Details is the pane beside the listing.
type Details struct {
	Icon, Title, Path string
	Tab               DetailsTab
	// Width is what the user gave to the pane; zero for what fits.
	Width float32
	// Vacant is true where no one thing is selected, of which there could be details.
	Vacant bool
	// Tabs is false where there is nothing to turn to.
	Tabs bool
	// Message stands in place of the content; an empty Title means none.
	Message Message
	// Picture is the preview; nil for none.
	Preview *Preview
	// Groups are facts under headings.
	Groups []FactGroup
	// CanTag is true where the tags can be edited, TagHint why they cannot be.
	CanTag  bool
	TagHint string

	Versions []VersionRow
	// Foot is a line below.
	Foot string
}

// Preview is a look into an object, with a line about it.
type Preview struct {
	*preview.Preview
	Caption string
	// CanWrap is true for text, Wrap where its long lines are broken.
	CanWrap, Wrap bool
}

// FactGroup is some facts under a heading.
type FactGroup struct {
	Title string
	Facts []Pair
	// None is said where there are no facts.
	None string
}

// Pair is a name and its value.
type Pair struct{ Name, Value string }

// VersionRow is one version of an object.
type VersionRow struct {
	Ref         objects.Ref
	When, Text  string
	Latest      bool
	Deleted     bool
	CanDownload bool
	CanRestore  bool
	// NoRestore and NoDelete are why the server does not allow that; empty where it may.
	NoRestore, NoDelete string
}

// PresentDetails makes the pane.
func PresentDetails(in Inspected, now time.Time) Details {
	d := Details{Tab: in.Tab, Width: in.Width}
	switch {
	case in.Chosen == 0:
		d.Title, d.Vacant = "Details", true
		d.Message = Message{Mark: Off, Title: "Nothing chosen", Text: "Choose a file to look into it."}
		return d
	case in.Chosen > 1:
		d.Title, d.Vacant = Grouped(in.Chosen)+" chosen", true
		d.Message = Message{Mark: Off, Title: "Several things are chosen", Text: "Choose one file to look into it."}
		return d
	}
	name := in.Ref.Key[strings.LastIndex(strings.TrimSuffix(in.Ref.Key, "/"), "/")+1:]
	d.Title, d.Path = Visible(strings.TrimSuffix(name, "/")), Visible(in.Ref.URL())
	if in.Folder {
		d.folder(in)
		return d
	}
	d.Icon, d.Tabs = FileIcon(name), true
	if in.Problem != nil {
		d.Message = ProblemMessage(in.Problem, "")
		d.Message.Mark = Soon
		d.Message.Primary, d.Message.Others = Action{Do: DoRetryDetails, Label: "Try again"}, nil
		return d
	}
	if in.Stopped {
		d.Message = Message{
			Mark: Off, Title: "Loading was stopped", Text: "Daypass no longer waits for " + in.Server + ".",
			Primary: Action{Do: DoRetryDetails, Label: "Load again"},
		}
		return d
	}
	switch in.Tab {
	case TabFacts:
		d.facts(in, now)
	case TabVersions:
		d.versions(in, now)
	default:
		d.preview(in)
	}
	return d
}

// folder says what is in a folder or a bucket, once that was counted.
func (d *Details) folder(in Inspected) {
	kind := "folder"
	if in.Ref.Key == "" {
		kind, d.Title = "bucket", Visible(in.Ref.Bucket)
	}
	d.Icon = kind
	count := Action{Do: DoCount, Label: "Count files and size"}
	stop := []Action{{Do: DoStopDetails, Label: "Cancel"}}
	switch {
	case in.Counting:
		d.Message = Message{Mark: Busy, Title: waitTitle("Counting", in.Server, in.Wait), Text: "Everything in this " + kind + " is listed for that.", Others: stop}
		if in.Sum != nil {
			d.Message.Text = summed(*in.Sum) + " so far."
		}
	case in.Problem != nil:
		d.Message = ProblemMessage(in.Problem, "")
		d.Message.Mark, d.Message.Primary, d.Message.Others = Soon, Action{Do: DoCount, Label: "Try again"}, nil
	case in.Sum != nil:
		d.Message = Message{Mark: Off, Title: summed(*in.Sum), Text: "In this " + kind + " and all of its folders.", Others: []Action{{Do: DoCount, Label: "Count again"}}}
		switch {
		case in.Stopped && in.Sum.Objects == 0:
			d.Message.Title, d.Message.Text = "Counting was stopped", "The server had not answered by then."
		case in.Stopped:
			d.Message.Title, d.Message.Text = "At least "+summed(*in.Sum), "Counting was stopped."
		}
	default:
		d.Message = Message{Mark: Off, Title: "A " + kind, Text: "Open it to see what is in it, or download it with everything below.", Primary: count}
	}
}

// summed is a number of files and their size.
func summed(sum objects.Sum) string {
	return Counted(sum.Objects, "file", "files") + ", " + Bytes(sum.Bytes)
}

// loading says what is awaited, once that takes long enough to say so.
func (d *Details) loading(in Inspected, what string) {
	if in.Wait == NoWait {
		return
	}
	d.Message = Message{
		Mark: Busy, Title: waitTitle("", in.Server, in.Wait), Text: "The server was asked for " + what + ".",
		Others: []Action{{Do: DoStopDetails, Label: "Cancel"}},
	}
	if in.Wait == LongWait {
		d.Message.Text += " It has not answered yet. Daypass keeps waiting."
	}
}

func (d *Details) preview(in Inspected) {
	p := in.Preview
	if p == nil {
		d.loading(in, "the beginning of the file")
		return
	}
	if p.Kind == preview.Empty {
		d.Message = Message{Mark: Off, Title: "An empty file", Text: "There is nothing in it."}
		return
	}
	if p.Kind == preview.File {
		d.Message = Message{
			Mark: Off, Title: p.Format, Text: "Its size is " + Bytes(p.Size) + ". Daypass shows no preview of such files.",
			Primary: Action{Do: DoOpenFile, Label: "Open"},
		}
		return
	}
	text := p.Kind == preview.Text || p.Kind == preview.JSON
	d.Preview = &Preview{Preview: p, Caption: previewCaption(p), CanWrap: text, Wrap: text && !in.Unwrapped}
}

// previewCaption says what is shown, and of how much.
func previewCaption(p *preview.Preview) string {
	parts := []string{}
	if p.Format != "" {
		parts = append(parts, p.Format)
	}
	switch {
	case p.Kind == preview.Picture:
		parts = append(parts, fmt.Sprintf("%d × %d", p.Width, p.Height))
	case p.Kind == preview.Table && p.Whole:
		parts = append(parts, Counted(max(0, len(p.Rows)-1), "row", "rows"))
	case p.Kind == preview.Hex && p.Format == "":
		parts = append(parts, "Bytes")
	}
	if !p.Whole && p.Kind != preview.Picture {
		parts = append(parts, "the first "+Bytes(p.Read)+" of "+Bytes(p.Size))
	}
	return strings.Join(parts, ", ")
}

func (d *Details) facts(in Inspected, now time.Time) {
	i := in.Info
	if i == nil {
		d.loading(in, "what it knows of the file")
		return
	}
	d.CanTag, d.TagHint = in.HasTags, in.refused(ActTags)
	general := []Pair{
		{"Size", Bytes(i.Size) + exact(i.Size)}, {"Modified", Moment(i.Modified, now)}, {"Type", i.ContentType}, {"Storage class", i.StorageClass},
	}
	d.add(FactGroup{Title: "File", Facts: append(general, fields(i.Headers)...)})
	tags := FactGroup{Title: "Tags", None: "No tags"}
	for _, t := range in.Tags {
		tags.Facts = append(tags.Facts, Pair{Visible(t.Name), Visible(t.Value)})
	}
	if !in.HasTags {
		tags.None = "Not known"
	}
	d.Groups = append(d.Groups, tags)
	d.Groups = append(d.Groups, FactGroup{Title: "Metadata", Facts: fields(i.Metadata), None: "Nothing was noted on it"})
	d.add(FactGroup{Title: "Checksums", Facts: append([]Pair{{"ETag", i.ETag}}, fields(i.Checksums)...)})
}

// exact is the number of bytes where the rounded size does not tell it.
func exact(n int64) string {
	if n < 1000 {
		return ""
	}
	return " (" + Grouped(int(n)) + " bytes)"
}

// add adds the facts of a group that have a value.
func (d *Details) add(g FactGroup) {
	var some []Pair
	for _, f := range g.Facts {
		if f.Value != "" {
			some = append(some, f)
		}
	}
	g.Facts = some
	d.Groups = append(d.Groups, g)
}

func fields(all []objects.Field) []Pair {
	var out []Pair
	for _, f := range all {
		out = append(out, Pair{Visible(f.Name), Visible(f.Value)})
	}
	return out
}

func (d *Details) versions(in Inspected, now time.Time) {
	if !in.HasVersions {
		d.loading(in, "the versions of the file")
		return
	}
	for _, v := range in.Versions {
		row := VersionRow{
			Ref: v.Ref, When: Moment(v.Modified, now), Text: Bytes(v.Size), Latest: v.Latest, Deleted: v.DeleteMarker,
			CanDownload: !v.DeleteMarker, CanRestore: !v.Latest && !v.DeleteMarker,
			NoRestore: in.refused(ActBringBack), NoDelete: in.refused(ActDropVersion),
		}
		if v.DeleteMarker {
			row.Text = "deleted"
		}
		if v.Latest {
			row.Text += ", the one you see"
		}
		d.Versions = append(d.Versions, row)
	}
	switch {
	case in.More:
		d.Foot = "There are earlier ones."
	case len(in.Versions) == 1 && in.Versions[0].Version == "null":
		d.Foot = "This bucket keeps no earlier versions."
	case len(in.Versions) == 1:
		d.Foot = "There is no earlier version."
	}
}

// TagLines writes tags as lines of "name = value", as they can be edited.
func TagLines(tags []objects.Tag) string {
	var lines []string
	for _, t := range tags {
		lines = append(lines, t.Name+" = "+t.Value)
	}
	return strings.Join(lines, "\n")
}

// mostTags is how many tags an object can have.
const mostTags = 10

// ParseTags reads what TagLines writes; fault says what is wrong with it.
func ParseTags(text string) (tags []objects.Tag, fault string) {
	seen := map[string]bool{}
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		name, value, _ := strings.Cut(line, "=")
		t := objects.Tag{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)}
		switch {
		case t.Name == "":
			return nil, "“" + line + "” has no name before the equals sign."
		case seen[t.Name]:
			return nil, "There are two tags named “" + t.Name + "”."
		case len([]rune(t.Name)) > 128 || len([]rune(t.Value)) > 256:
			return nil, "“" + t.Name + "” is too long: names have at most 128 letters, values 256."
		}
		seen[t.Name] = true
		tags = append(tags, t)
	}
	if len(tags) > mostTags {
		return nil, fmt.Sprintf("An object has at most %d tags; these are %d.", mostTags, len(tags))
	}
	return tags, ""
}

// VersionDo names what a button does to a version.
type VersionDo string

// The things buttons do to versions.
const (
	DownloadVersion VersionDo = "download"
	RestoreVersion  VersionDo = "restore"
	DeleteVersion   VersionDo = "delete"
)

// AskDeleteVersion asks before a version is deleted.
func AskDeleteVersion(name string) (title, text string) {
	return "Delete this version of “" + Visible(name) + "”?", "It is gone for good. Other versions stay."
}
