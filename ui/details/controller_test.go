package details_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"daypass/app/buckets/objects"
	"daypass/app/buckets/preview"
	"daypass/ui/details"
	"daypass/ui/memory"
	"daypass/ui/present"
	"daypass/ui/uitest"
)

var readme = objects.Ref{Bucket: "measurements", Key: "2026/README.md"}

// host is a listing in which something is selected, and the pane beside it.
type host struct {
	t         *testing.T
	queue     *uitest.Queue
	source    *uitest.Storage
	storage   *details.Storage
	selection details.Selection
	denials   map[details.Change]string
	c         *details.Controller

	model   details.Model
	off     bool // previews are not loaded by themselves
	changed []string
	fetched []objects.Ref
	opened  int
	tags    string
}

func newHost(t *testing.T) *host {
	h := &host{t: t, queue: uitest.NewQueue(), source: &uitest.Storage{}, denials: map[details.Change]string{}}
	h.storage = &details.Storage{Source: h.source, Denial: func(_ string, c details.Change) string { return h.denials[c] }}
	h.c = details.New(details.Deps{
		Context: t.Context(), Dispatch: h.queue.Dispatch, Now: func() time.Time { return uitest.Now }, Decoder: preview.InProcess{}, Memory: memory.Open(""), Host: h,
		Previews: func() bool { return !h.off },
	})
	h.c.SetView(h)
	h.choose(readme)
	return h
}

func (h *host) choose(ref objects.Ref) {
	h.selection = details.Selection{Storage: h.storage, Server: "Lake", Count: 1, Ref: ref, Folder: ref.Key == "", Size: 2100}
	h.c.Follow()
	h.c.Render()
}

func (h *host) Selected() details.Selection { return h.selection }

func (h *host) Change(_ *details.Storage, c details.Change, do func(context.Context) error) {
	h.changed = append(h.changed, string(c))
	if err := do(h.t.Context()); err != nil {
		h.t.Error(err)
	}
	h.c.Reload()
}

func (h *host) Download(ref objects.Ref) { h.fetched = append(h.fetched, ref) }
func (h *host) Open()                    { h.opened++ }

func (h *host) Render(m details.Model) { h.model = m }

func (h *host) AskTags(lines string, done func(lines string)) {
	before := lines
	done(h.tags)
	h.tags = before
}

func (h *host) Confirm(_ present.Question, do func()) { do() }

func (h *host) await(what string, there func(m details.Model) bool) {
	h.t.Helper()
	h.queue.Await(h.t, what, func() bool { return there(h.model) })
}

func hasPreview(m details.Model) bool { return m.Preview != nil }

// Nothing is asked of the server while the pane is closed, and how it was left is remembered.
func TestController_asksOnlyWhileOpen(t *testing.T) {
	h := newHost(t)
	if len(h.source.Calls()) > 0 || h.model.Open {
		t.Fatalf("asked %q, open %v", h.source.Calls(), h.model.Open)
	}
	h.c.Toggle()
	h.await("the preview", hasPreview)
	h.c.Toggle()
	h.choose(objects.Ref{Bucket: "measurements", Key: "2026/stations.json"})
	h.queue.Drain()
	if n := len(h.source.Calls()); n != 1 || h.model.Open {
		t.Errorf("%d calls, open %v", n, h.model.Open)
	}
}

func TestController_tabs(t *testing.T) {
	h := newHost(t)
	h.c.Toggle()
	h.c.ShowTab(details.TabInfo)
	h.await("the info", func(m details.Model) bool { return len(m.Groups) == 4 && m.CanTag })
	h.c.ShowTab(details.TabVersions)
	h.await("the versions", func(m details.Model) bool { return len(m.Versions) > 1 })
	h.c.ShowTab(details.TabPreview)
	h.await("the preview", func(m details.Model) bool { return m.Preview != nil && m.Preview.Wrap })
	h.c.WrapLines(false)
	if h.model.Preview.Wrap {
		t.Error("lines are still broken")
	}
	h.c.SetWidth(400)
	if m := h.c.Model(); m.Width != 400 {
		t.Errorf("the width is %v", m.Width)
	}
}

// Why something did not come is said, and it is asked for again when the user wants that.
func TestController_retry(t *testing.T) {
	h := newHost(t)
	h.source.FailAt("open", uitest.NotAllowed("read"))
	h.c.Toggle()
	h.await("the reason", func(m details.Model) bool {
		return m.Message.Title == "You may not read" && m.Message.Primary.Do == details.ActionRetry
	})
	h.source.FailAt("open", nil)
	h.c.Do(details.ActionRetry)
	h.await("the preview", hasPreview)
}

func TestController_count(t *testing.T) {
	h := newHost(t)
	h.c.Toggle()
	h.choose(objects.Ref{Bucket: "measurements"})
	if h.model.Message.Primary.Do != details.ActionCount {
		t.Fatalf("%+v", h.model.Message)
	}
	h.c.Do(details.ActionCount)
	h.await("the sum", func(m details.Model) bool { return m.Message.Title == "1,204 files, 4.2 GB" })
}

func TestController_tagsAndVersions(t *testing.T) {
	h := newHost(t)
	h.c.EditTags() // of which nothing is known yet
	h.c.Toggle()
	h.c.ShowTab(details.TabInfo)
	h.await("the tags", func(m details.Model) bool { return m.CanTag })
	h.tags = "project = waves"
	h.c.EditTags()
	if h.tags != "project = tides\nquality = checked" {
		t.Errorf("asked with %q", h.tags)
	}
	v2 := objects.Ref{Bucket: readme.Bucket, Key: readme.Key, Version: "v2"}
	for _, action := range []details.VersionAction{details.DownloadOne, details.RestoreOne, details.DeleteOne} {
		h.c.Version(v2, action)
	}
	want := []string{"tags", "restore-version", "delete-version"}
	if !slices.Equal(h.changed, want) || !slices.Equal(h.fetched, []objects.Ref{v2}) {
		t.Errorf("changed %q, fetched %v", h.changed, h.fetched)
	}
	h.c.Render()
	h.await("the tags again", func(m details.Model) bool { return m.CanTag })
	h.denials[details.SaveTags] = "You may not tag."
	if m := h.c.Model(); m.TagHint != "You may not tag." {
		t.Errorf("hint %q", m.TagHint)
	}
	h.c.Do(details.ActionOpen)
	if h.opened != 1 {
		t.Error("it is not opened")
	}
}

// With the setting off a preview is loaded once it is asked for, and again only for another object.
func TestPreview_loadsOnRequest(t *testing.T) {
	h := newHost(t)
	h.off = true
	h.c.Toggle()
	other := objects.Ref{Bucket: readme.Bucket, Key: "2026/other.md"}
	for _, ref := range []objects.Ref{other, readme} {
		h.choose(ref)
		if h.model.Message.Title != "Previews are off" || h.model.Preview != nil {
			t.Fatalf("%s: shows %q", ref.Key, h.model.Message.Title)
		}
		h.c.ShowTab(details.TabInfo)
		h.c.ShowTab(details.TabPreview)
		if h.model.Preview != nil || h.model.Message.Primary.Label != "Load preview" {
			t.Fatalf("%s: a tab loads what was not asked for", ref.Key)
		}
		h.c.Do(details.ActionRetry)
		h.await("the preview", hasPreview)
	}
}
