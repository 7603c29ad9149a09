package window

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"github.com/minio/minio-go/v7"

	"daypass/sandbox/headless"
	"daypass/ui/kit"
)

// limit is how long something may take that a server or an agent must do. The longest waits are for
// transfers, and for the window to find an agent that was started again.
const limit = time.Minute

// glance is how often it is looked for.
const glance = 10 * time.Millisecond

// until runs what the window has to do until done is true.
func (s *scene) until(what string, done func() bool) {
	s.t.Helper()
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(glance) {
		s.queue.Drain()
		if done() {
			return
		}
	}
	s.t.Fatalf("still waiting for %s", what)
}

// see waits until a label, a button or an entry says what.
func (s *scene) see(what string) (found fyne.CanvasObject) {
	s.t.Helper()
	s.until("“"+what+"” on screen", func() bool {
		found = s.window.FindText(what)
		return found != nil
	})
	return found
}

// seeAll waits until each of several things is on screen.
func (s *scene) seeAll(what ...string) {
	s.t.Helper()
	for _, one := range what {
		s.see(one)
	}
}

// read waits until something on screen has what in it, and gives all it says.
func (s *scene) read(what string) (text string) {
	s.t.Helper()
	s.until("“…"+what+"…” on screen", func() bool {
		for _, text = range s.texts() {
			if strings.Contains(text, what) {
				return true
			}
		}
		return false
	})
	return text
}

func (s *scene) gone(what string) {
	s.t.Helper()
	s.until("“"+what+"” to go", func() bool { return s.window.FindText(what) == nil })
}

// texts is all that can be read on screen, from top to bottom.
func (s *scene) texts() (all []string) {
	var report struct {
		Widgets []struct {
			Text    string
			Visible bool
		}
	}
	s.must(json.Unmarshal(s.window.Report(), &report))
	for _, w := range report.Widgets {
		if w.Visible && w.Text != "" {
			all = append(all, w.Text)
		}
	}
	return all
}

func (s *scene) onScreen() string { return strings.Join(s.texts(), " | ") }

// control waits for the control with an ID.
func (s *scene) control(id string) (found fyne.CanvasObject) {
	s.t.Helper()
	s.until("the control "+id, func() bool {
		found = s.window.Find(id)
		return found != nil
	})
	return found
}

// has reports whether a control is on screen now.
func (s *scene) has(id string) bool {
	s.queue.Drain()
	return s.window.Find(id) != nil
}

// press waits for a control and presses it.
func (s *scene) press(id string) {
	s.t.Helper()
	button, ok := s.control(id).(fyne.Tappable)
	if !ok {
		s.t.Fatalf("%s cannot be pressed", id)
	}
	if d, ok := button.(fyne.Disableable); ok {
		s.until(id+" to be pressable", func() bool { return !d.Disabled() })
	}
	test.Tap(button)
	s.queue.Drain()
}

// disabled waits for a control that cannot be pressed.
func (s *scene) disabled(id string) {
	s.t.Helper()
	s.until(id+" to be greyed", func() bool {
		d, ok := s.window.Find(id).(fyne.Disableable)
		return ok && d.Disabled()
	})
}

func (s *scene) entry(id string) *kit.Entry {
	s.t.Helper()
	e, ok := s.control(id).(*kit.Entry)
	if !ok {
		s.t.Fatalf("%s is no entry", id)
	}
	return e
}

// answer types into the question on screen and presses its button.
func (s *scene) answer(field, text, button string) {
	s.t.Helper()
	s.entry(field).SetText(text)
	s.press(button)
}

// key types a key where the focus is.
func (s *scene) key(name fyne.KeyName) {
	s.t.Helper()
	e := &fyne.KeyEvent{Name: name}
	if focused := s.window.Window().Canvas().Focused(); focused != nil {
		focused.TypedKey(e)
	} else {
		s.window.Window().Canvas().OnTypedKey()(e)
	}
	s.queue.Drain()
}

// click chooses a row by a click with keys held, so long after the last click that it is one of its own. A
// click on a listing that is still being loaded is repeated.
func (s *scene) click(name string, held fyne.KeyModifier) {
	s.t.Helper()
	s.until("“"+name+"” to be selected", func() bool {
		if time.Since(s.clicked) < apart {
			return false
		}
		row := s.window.FindRow(name)
		if row == nil {
			return false
		}
		row.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: held})
		test.Tap(row.(fyne.Tappable))
		s.clicked = time.Now()
		s.queue.Drain()
		row = s.window.FindRow(name)
		return row != nil && row.(interface{ RowSelected() bool }).RowSelected()
	})
}

// open opens a row by clicking twice.
func (s *scene) open(name string) {
	s.t.Helper()
	s.click(name, 0)
	test.Tap(s.row(name).(fyne.Tappable))
	s.queue.Drain()
}

// apart is the time between two clicks that mean two things.
const apart = 600 * time.Millisecond

// row waits for the row with a name.
func (s *scene) row(name string) (row fyne.CanvasObject) {
	s.t.Helper()
	s.until("a row “"+name+"”", func() bool {
		row = s.window.FindRow(name)
		return row != nil
	})
	return row
}

// path types a path and goes there.
func (s *scene) path(text string) {
	s.t.Helper()
	s.press("edit-path")
	s.answerPath(text)
}

// menu does something from the menu of what is chosen.
func (s *scene) menu(item string) {
	s.t.Helper()
	s.press("more")
	s.press(item)
}

// drop drops files on the window.
func (s *scene) drop(paths ...string) {
	var files []fyne.URI
	for _, p := range paths {
		files = append(files, storage.NewFileURI(p))
	}
	s.window.Drop(files)
	s.queue.Drain()
}

// transfer waits for the transfer begun last to be as ok wants it.
func (s *scene) transfer(what string, ok func(headless.Transfer) bool) (last headless.Transfer) {
	s.t.Helper()
	s.until("a transfer that is "+what, func() bool {
		all, err := s.Transfers(s.ctx)
		if err != nil {
			return false // the agent may be on its way
		}
		all = slices.DeleteFunc(all, func(t headless.Transfer) bool { return s.over[t.ID] })
		if len(all) == 0 {
			return false
		}
		last = all[len(all)-1]
		return ok(last)
	})
	return last
}

// ended waits for the end of the transfer begun last.
func (s *scene) ended() headless.Transfer {
	s.t.Helper()
	t := s.transfer("at its end", headless.Transfer.Ended)
	s.over[t.ID] = true
	return t
}

// arrived waits until everything is moved that was asked for last.
func (s *scene) arrived() {
	s.t.Helper()
	if t := s.ended(); t.Phase != "done" || t.Failed > 0 {
		s.t.Fatalf("it ended %+v, problem %+v", t, t.Problem)
	}
}

// content is what an object holds, and "" where there is none.
func (s *scene) content(bucket, key string) string {
	s.t.Helper()
	o, err := admin.GetObject(s.ctx, bucket, key, minio.GetObjectOptions{})
	s.must(err)
	defer o.Close()
	text, err := io.ReadAll(o)
	if err != nil && minio.ToErrorResponse(err).Code != "NoSuchKey" {
		s.t.Fatalf("%q: %v", key, err)
	}
	return string(text)
}

// holds waits until a bucket has just these objects.
func (s *scene) holds(bucket string, want ...string) {
	s.t.Helper()
	var got []string
	slices.Sort(want)
	s.until(fmt.Sprintf("%q in %s", want, bucket), func() bool {
		got = s.keys(bucket)
		return slices.Equal(got, want)
	})
}

// keys are those of all objects in a bucket.
func (s *scene) keys(bucket string) (keys []string) {
	s.t.Helper()
	for o := range admin.ListObjects(s.ctx, bucket, minio.ListObjectsOptions{Recursive: true}) {
		s.must(o.Err)
		keys = append(keys, o.Key)
	}
	return keys
}

// file waits until a file of this computer has a content.
func (s *scene) file(path, want string) {
	s.t.Helper()
	s.until(path, func() bool {
		got, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			s.t.Fatal(err)
		}
		return err == nil && string(got) == want
	})
}

func (s *scene) remove(bucket string, keys ...string) {
	s.t.Helper()
	for _, key := range keys {
		if err := admin.RemoveObject(context.WithoutCancel(s.ctx), bucket, key, minio.RemoveObjectOptions{}); err != nil {
			s.t.Error(err)
		}
	}
}

// search looks for something below the place on screen.
func (s *scene) search(text string) {
	s.t.Helper()
	if !s.has("search.text") {
		s.press("search")
	}
	s.entry("search.text").SetText(text)
	s.window.Window().Canvas().Focus(s.entry("search.text"))
	s.key(fyne.KeyReturn)
}

// answerPath types a path into the entry for it.
func (s *scene) answerPath(text string) {
	s.t.Helper()
	s.entry("path").SetText(text)
	s.key(fyne.KeyReturn)
}
