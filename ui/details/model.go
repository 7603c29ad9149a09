package details

import (
	"strconv"
	"strings"
	"time"

	"daypass/app"
	"daypass/app/buckets/objects"
	"daypass/app/buckets/preview"
	"daypass/app/messages"
	"daypass/app/status"
	"daypass/ui/present"
)

// Tab is one side of an object.
type Tab string

// The tabs.
const (
	TabPreview  Tab = "preview"
	TabInfo     Tab = "info"
	TabVersions Tab = "versions"
)

// What the buttons of the pane's messages do.
const (
	ActionStop  present.Do = "stop"
	ActionRetry present.Do = "retry"
	ActionCount present.Do = "count"
	ActionOpen  present.Do = "open-file"
)

// State is what is known of what is selected, part by part: nil where it has not come yet.
type State struct {
	Selection
	Tab Tab
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
	// Wait is how long the answer has taken, in steps that are worth saying so; Stopped is true once the user wants it
	// no more.
	Wait    present.Wait
	Stopped bool
	// Held is true while a preview is not loaded because the user has not asked for it, Requested once they have.
	Held, Requested bool
}

// complete reports whether what the tab shows is there.
func (s State) complete() bool {
	switch s.Tab {
	case TabInfo:
		return s.Info != nil
	case TabVersions:
		return s.HasVersions
	}
	return s.Preview != nil
}

// denial returns why a change of the object is not allowed; empty where that is not known.
func (s State) denial(c Change) string {
	if s.Storage == nil {
		return ""
	}
	return s.Storage.Denial(s.Ref.Bucket, c)
}

// Model is the pane beside the listing.
type Model struct {
	Open              bool
	Icon, Title, Path string
	Tab               Tab
	// Width is what the user gave to the pane; zero for what fits.
	Width float32
	// Vacant is true where no one thing is selected, of which there could be details.
	Vacant bool
	// Tabs is false where there is nothing to turn to.
	Tabs bool
	// Message stands in place of the content; an empty Title means none.
	Message present.Message
	// Preview is nil for none.
	Preview *Preview
	// Groups are what the server knows, under headings.
	Groups []Group
	// CanTag is true where the tags can be edited, TagHint why they cannot be.
	CanTag  bool
	TagHint string

	Versions []VersionRow
	// Foot is a line below.
	Foot string
}

// Preview is the beginning of an object, with a line about it.
type Preview struct {
	*preview.Preview
	Caption string
	// CanWrap is true for text, Wrap where its long lines are broken.
	CanWrap, Wrap bool
}

// NewModel makes the pane.
func NewModel(s State, now time.Time) Model {
	m := Model{Tab: s.Tab, Width: s.Width}
	switch {
	case s.Count == 0:
		m.Title, m.Vacant = messages.Text("details.title"), true
		m.Message = present.Message{Severity: status.Neutral, Title: messages.Text("details.none"), Text: messages.Text("details.none.text")}
		return m
	case s.Count > 1:
		m.Title, m.Vacant = messages.Plural("common.selected", s.Count), true
		m.Message = present.Message{Severity: status.Neutral, Title: messages.Text("details.several"), Text: messages.Text("details.several.text")}
		return m
	}
	name := s.Ref.Key[strings.LastIndex(strings.TrimSuffix(s.Ref.Key, "/"), "/")+1:]
	m.Title, m.Path = present.Visible(strings.TrimSuffix(name, "/")), present.Visible(s.Ref.URL())
	if s.Folder {
		m.folder(s)
		return m
	}
	m.Icon, m.Tabs = present.FileIcon(name), true
	m.object(s, now)
	return m
}

// object says what is known of a file, or why it is not.
func (m *Model) object(s State, now time.Time) {
	switch {
	case s.Problem != nil:
		m.Message = present.ProblemMessage(s.Problem, "")
		m.Message.Severity = status.Warning
		m.Message.Primary, m.Message.Others = present.Action{Do: ActionRetry, Label: messages.Text("common.try-again")}, nil
	case s.Held && s.Tab == TabPreview:
		m.Message = present.Message{
			Severity: status.Neutral, Title: messages.Text("details.previews-off"), Text: messages.Text("details.previews-off.text"),
			Primary: present.Action{Do: ActionRetry, Label: messages.Text("details.load-preview")},
		}
	case s.Stopped:
		m.Message = present.Message{
			Severity: status.Neutral, Title: messages.Text("details.stopped"), Text: messages.Text("details.stopped.text", messages.Args{"Server": s.Server}),
			Primary: present.Action{Do: ActionRetry, Label: messages.Text("details.load-again")},
		}
	case s.Tab == TabInfo:
		m.info(s, now)
	case s.Tab == TabVersions:
		m.versions(s, now)
	default:
		m.preview(s)
	}
}

// folder says what is in a folder or a bucket, once that was counted.
func (m *Model) folder(s State) {
	kind, title := "folder", messages.Text("details.folder")
	if s.Ref.Key == "" {
		kind, title, m.Title = "bucket", messages.Text("details.bucket"), present.Visible(s.Ref.Bucket)
	}
	m.Icon = kind
	count := func(id string) present.Action { return present.Action{Do: ActionCount, Label: messages.Text(id)} }
	switch {
	case s.Counting:
		m.Message = present.Message{
			Severity: status.Busy, Title: present.WaitTitle(messages.Text("details.counting"), s.Server, s.Wait), Text: messages.Text("details.counting." + kind),
			Others: []present.Action{{Do: ActionStop, Label: messages.Text("common.cancel")}},
		}
		if s.Sum != nil {
			m.Message.Text = summed("details.counting.so-far", *s.Sum)
		}
	case s.Problem != nil:
		m.Message = present.ProblemMessage(s.Problem, "")
		m.Message.Severity, m.Message.Primary, m.Message.Others = status.Warning, count("common.try-again"), nil
	case s.Sum != nil:
		m.Message = countedMessage(*s.Sum, s.Stopped, kind)
		m.Message.Others = []present.Action{count("details.count-again")}
	default:
		m.Message = present.Message{
			Severity: status.Neutral, Title: title, Text: messages.Text("details.folder.text"),
			Primary: count("details.count"),
		}
	}
}

// countedMessage says how much is in a folder or a bucket.
func countedMessage(sum objects.Sum, stopped bool, kind string) present.Message {
	m := present.Message{Severity: status.Neutral, Title: summed("common.files-and-size", sum), Text: messages.Text("details.counted." + kind)}
	switch {
	case stopped && sum.Objects == 0:
		m.Title, m.Text = messages.Text("details.counting.stopped"), messages.Text("details.counting.stopped.text")
	case stopped:
		m.Title, m.Text = summed("details.counted.least", sum), messages.Text("details.counted.stopped")
	}
	return m
}

// summed returns the text with an ID about a number of files and their size.
func summed(id string, sum objects.Sum) string {
	return messages.Plural(id, sum.Objects, messages.Args{"Size": present.Bytes(sum.Bytes)})
}

// loading says what is awaited, once that takes long enough to say so: the text with an ID.
func (m *Model) loading(s State, id string) {
	if s.Wait == present.NoWait {
		return
	}
	m.Message = present.Message{
		Severity: status.Busy, Title: present.WaitTitle("", s.Server, s.Wait), Text: messages.Text(id),
		Others: []present.Action{{Do: ActionStop, Label: messages.Text("common.cancel")}},
	}
	if s.Wait == present.LongWait {
		m.Message.Text = present.JoinSentences(m.Message.Text, messages.Text("window.waiting.no-response"))
	}
}

func (m *Model) preview(s State) {
	p := s.Preview
	switch {
	case p == nil:
		m.loading(s, "details.loading.preview")
	case p.Kind == preview.Empty:
		m.Message = present.Message{Severity: status.Neutral, Title: messages.Text("details.empty"), Text: messages.Text("details.empty.text")}
	case p.Kind == preview.File:
		m.Message = present.Message{
			Severity: status.Neutral, Title: messages.Text("details.format." + p.Format),
			Text:    messages.Text("details.file.text", messages.Args{"Size": present.Bytes(p.Size)}),
			Primary: present.Action{Do: ActionOpen, Label: messages.Text("details.open")},
		}
	default:
		text := p.Kind == preview.Text || p.Kind == preview.JSON
		m.Preview = &Preview{Preview: p, Caption: previewCaption(p), CanWrap: text, Wrap: text && !s.Unwrapped}
	}
}

// previewCaption says what is shown, and of how much.
func previewCaption(p *preview.Preview) string {
	content, part := "", ""
	switch {
	case p.Kind == preview.Picture:
		content = messages.Text("details.preview.pixels", messages.Args{"Width": strconv.Itoa(p.Width), "Height": strconv.Itoa(p.Height)})
	case p.Kind == preview.Table && p.Whole:
		content = messages.Plural("details.preview.rows", max(0, len(p.Rows)-1))
	case p.Kind == preview.Hex:
		content = messages.Text("details.bytes")
	}
	if !p.Whole && p.Kind != preview.Picture {
		part = messages.Text("details.preview.first", messages.Args{"Read": present.Bytes(p.Read), "Size": present.Bytes(p.Size)})
	}
	return present.Facts(p.Format, content, part)
}
