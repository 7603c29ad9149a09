package ui

import (
	"context"
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"daypass/ui/portal"
	"daypass/ui/uitest"
)

// otherwise notes that the toolkit's dialogs were opened.
type otherwise struct{ opened []string }

func (o *otherwise) Files(func([]string))                 { o.opened = append(o.opened, "files") }
func (o *otherwise) Folder(yes, _ string, _ func(string)) { o.opened = append(o.opened, "folder "+yes) }

// The desktop's dialog is asked first, and the toolkit's comes where there is none.
func TestFileDialog_prefersDesktop(t *testing.T) {
	queue := uitest.NewQueue()
	u := &Window{Options: Options{Dispatch: queue.Dispatch}, ctx: t.Context(), window: test.NewTempWindow(t, nil)}
	var requests []portal.Request
	var answer []string
	var fault error
	o := &otherwise{}
	d := desktopDialogs{u: u, otherwise: o, open: func(_ context.Context, r portal.Request) ([]string, error) {
		requests = append(requests, r)
		return answer, fault
	}}
	var got []string
	ask := func() {
		n := queue.Total()
		d.Files(func(paths []string) { got = append(got, paths...) })
		queue.Until(func() bool { return queue.Total() > n })
		n = queue.Total()
		d.Folder("Download here", "/home/ada", func(path string) { got = append(got, path) })
		queue.Until(func() bool { return queue.Total() > n })
	}
	answer = []string{"/a", "/b"}
	ask()
	if !slices.Equal(got, []string{"/a", "/b", "/a"}) || !requests[0].Several || requests[0].Folders || !requests[1].Folders || requests[1].Start != "/home/ada" || requests[1].Accept != "Download here" {
		t.Errorf("got %q, asked %+v", got, requests)
	}
	answer = nil // the user has changed their mind
	ask()
	if len(got) != 3 || o.opened != nil {
		t.Errorf("got %q, opened %q", got, o.opened)
	}
	fault = errors.Join(portal.ErrNone)
	ask()
	if !slices.Equal(o.opened, []string{"files", "folder Download here"}) {
		t.Errorf("opened %q", o.opened)
	}
}
