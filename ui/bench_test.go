package ui_test

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/settings"
	"daypass/ui"
	"daypass/ui/kit"
	"daypass/ui/uitest"
)

// bench is a window with everything around it made of what the test can watch.
type bench struct {
	t       *testing.T
	queue   *uitest.Queue
	core    *uitest.Core
	storage *uitest.Storage
	window  *ui.Window
	focused int
	closed  bool

	mu       sync.Mutex
	links    []string
	opening  error
	connects int
	listErr  error
	storages []app.Session
}

// newBench opens a window on a snapshot. change may alter the options before that.
func newBench(t *testing.T, s app.Snapshot, change ...func(*ui.Options)) *bench {
	t.Helper()
	b := &bench{t: t, queue: uitest.NewQueue(), core: uitest.NewCore(s), storage: &uitest.Storage{}}
	o := ui.Options{
		Connect: b.connect, Storage: b.openStorage, Dispatch: b.queue.Dispatch,
		OpenURL:  b.openURL,
		Selected: "research-lake", Now: func() time.Time { return uitest.Now },
	}
	for _, c := range change {
		c(&o)
	}
	b.window = ui.New(spyApp{test.NewTempApp(t), b}, o)
	t.Cleanup(b.window.Window().Close)
	b.window.Window().Show()
	b.window.Start()
	return b
}

func (b *bench) openURL(u *url.URL) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.links = append(b.links, u.String())
	return b.opening
}

// opened are the links that were opened.
func (b *bench) opened() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.links)
}

func (b *bench) connect(context.Context) (app.Core, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.connects++
	if b.listErr != nil {
		return nil, b.listErr
	}
	return b.core, nil
}

// refuse has the agent not be there from now on; nil brings it back.
func (b *bench) refuse(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.listErr = err
}

func (b *bench) openStorage(s app.Session, keys buckets.CredentialSource) (ui.Storage, error) {
	b.storages = append(b.storages, s)
	return &keyed{b.storage, keys}, nil
}

// keyed asks for keys before each request, as the real storage does.
type keyed struct {
	*uitest.Storage
	keys buckets.CredentialSource
}

func (k *keyed) Buckets(ctx context.Context) ([]buckets.Bucket, error) {
	if _, err := k.keys(ctx); err != nil {
		return nil, err
	}
	return k.Storage.Buckets(ctx)
}

// spyApp makes one window that tells when it is brought to the front.
type spyApp struct {
	fyne.App
	b *bench
}

func (a spyApp) NewWindow(title string) fyne.Window { return spyWindow{a.App.NewWindow(title), a.b} }

type spyWindow struct {
	fyne.Window
	b *bench
}

func (w spyWindow) RequestFocus() { w.b.focused++ }

// Close closes once; the toolkit's own test window cannot be closed again.
func (w spyWindow) Close() {
	if !w.b.closed {
		w.b.closed = true
		w.Window.Close()
	}
}

// see waits until a label, a button or an entry says what.
func (b *bench) see(what string) fyne.CanvasObject {
	b.t.Helper()
	var found fyne.CanvasObject
	b.queue.Await(b.t, "“"+what+"” on screen", func() bool {
		found = b.window.FindText(what)
		return found != nil
	})
	return found
}

func (b *bench) gone(what string) {
	b.t.Helper()
	b.queue.Await(b.t, "“"+what+"” to go", func() bool { return b.window.FindText(what) == nil })
}

// control waits for the control with an ID.
func (b *bench) control(id string) (found fyne.CanvasObject) {
	b.t.Helper()
	b.queue.Await(b.t, "the control "+id, func() bool {
		found = b.window.Find(id)
		return found != nil
	})
	return found
}

// press waits for a control and presses it.
func (b *bench) press(id string) {
	b.t.Helper()
	button, ok := b.control(id).(fyne.Tappable)
	if !ok {
		b.t.Fatalf("%s cannot be pressed", id)
	}
	test.Tap(button)
	b.queue.Drain()
}

// asked waits until the core was asked for what.
func (b *bench) asked(what string) {
	b.t.Helper()
	b.queue.Await(b.t, what, func() bool {
		for _, call := range b.core.Calls() {
			if call == what {
				return true
			}
		}
		return false
	})
}

// awaitCopy waits until a secret that is wanted is held by the agent, which clears it after that time, to the minute.
func (b *bench) awaitCopy(after time.Duration, wanted func(text string) bool) {
	b.t.Helper()
	b.queue.Await(b.t, "the secret on the clipboard", func() bool {
		text, clears := b.core.Copied()
		return wanted(text) && clears.Round(time.Minute) == after.Round(time.Minute)
	})
}

func (b *bench) entry(id string) *kit.Entry {
	b.t.Helper()
	e, ok := b.control(id).(*kit.Entry)
	if !ok {
		b.t.Fatalf("%s is no entry", id)
	}
	return e
}

// key types a key where the focus is.
func (b *bench) key(name fyne.KeyName) {
	b.t.Helper()
	focused := b.window.Window().Canvas().Focused()
	if focused == nil {
		b.t.Fatalf("nothing has the focus to take %s", name)
	}
	focused.TypedKey(&fyne.KeyEvent{Name: name})
	b.queue.Drain()
}

var errNoAgent = errors.New("no program answers at the socket")

func one(s app.Session) app.Snapshot {
	return app.Snapshot{Revision: 1, Settings: settings.Default(), Sessions: []app.Session{s}}
}

func contains(list []string, part string) bool {
	return strings.Contains(strings.Join(list, "\n"), part)
}
