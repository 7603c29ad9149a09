package portal

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"daypass/app/sessionbus/bustest"
)

// desktop is a portal that answers as a test says.
type desktop struct {
	bus    *dbus.Conn
	silent bool          // keeps the dialog open
	stuck  chan struct{} // does not answer until it is closed
	bare   bool          // says that files were chosen, and not which

	mu      sync.Mutex
	code    uint32
	uris    []string
	parent  string
	title   string
	options map[string]dbus.Variant
	closed  chan struct{}
}

// OpenFile is the portal's.
func (d *desktop) OpenFile(sender dbus.Sender, parent, title string, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	d.mu.Lock()
	stuck := d.stuck
	d.mu.Unlock()
	if stuck != nil {
		<-stuck
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.parent, d.title, d.options = parent, title, options
	caller := strings.ReplaceAll(strings.TrimPrefix(string(sender), ":"), ".", "_")
	handle := dbus.ObjectPath(path + "/request/" + caller + "/" + options["handle_token"].Value().(string))
	if d.silent {
		_ = d.bus.Export(&dialog{d}, handle, request)
		return handle, nil
	}
	if d.bare {
		_ = d.bus.Emit(handle, request+".Response", selected, map[string]dbus.Variant{})
	}
	_ = d.bus.Emit(path+"/request/1_1/another", request+".Response", uint32(0), map[string]dbus.Variant{"uris": dbus.MakeVariant([]string{"file:///not/ours"})})
	_ = d.bus.Emit(handle, request+".Response", d.code, map[string]dbus.Variant{"uris": dbus.MakeVariant(d.uris)}) // before the call returns
	return handle, nil
}

// answer is what the user does from now on.
func (d *desktop) answer(code uint32, uris ...string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.code, d.uris = code, uris
}

// dialog is one that is open.
type dialog struct{ d *desktop }

// Close is the portal's.
func (c *dialog) Close() *dbus.Error { close(c.d.closed); return nil }

func newDesktop(t *testing.T) *desktop {
	t.Helper()
	bus := bustest.New(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", bus.Address)
	d := &desktop{bus: bus.Connect(), closed: make(chan struct{})}
	if err := d.bus.Export(d, path, fileChooser); err != nil {
		t.Fatal(err)
	}
	if _, err := d.bus.RequestName(service, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPortal_selectFiles(t *testing.T) {
	d := newDesktop(t)
	d.answer(selected, "file:///home/ada/a%20b.csv", "https://example.com/x", "file:///home/ada/%CE%B1", "file:///a%00b")
	got, err := Open(t.Context(), Request{Parent: "x11:2a", Title: "Choose files", Accept: "Upload", Several: true, Start: "/home/ada"})
	if err != nil || !slices.Equal(got, []string{"/home/ada/a b.csv", "/home/ada/α"}) {
		t.Fatalf("%q, %v", got, err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.parent != "x11:2a" || d.title != "Choose files" {
		t.Errorf("asked by %q with %q", d.parent, d.title)
	}
	for name, want := range map[string]any{"multiple": true, "directory": false, "accept_label": "Upload", "modal": true} {
		if d.options[name].Value() != want {
			t.Errorf("%s is %v", name, d.options[name])
		}
	}
	if start, _ := d.options["current_folder"].Value().([]byte); string(start) != "/home/ada\x00" {
		t.Errorf("it began in %q", start)
	}
}

// Canceling the dialog is no error.
func TestPortal_cancel(t *testing.T) {
	d := newDesktop(t)
	d.answer(canceled)
	if got, err := Open(t.Context(), Request{Folders: true}); got != nil || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	d.mu.Lock()
	if d.options["directory"].Value() != true || d.options["current_folder"].Value() != nil {
		t.Errorf("asked %v", d.options)
	}
	d.mu.Unlock()
	d.answer(2) // the dialog could not be shown
	if _, err := Open(t.Context(), Request{}); !errors.Is(err, ErrNone) {
		t.Errorf("got %v", err)
	}
}

// The dialog closes with the window.
func TestPortal_dialogClosesWithWindow(t *testing.T) {
	d := newDesktop(t)
	d.mu.Lock()
	d.silent = true
	d.mu.Unlock()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		bustest.Until(t, "the dialog", func() bool { d.mu.Lock(); defer d.mu.Unlock(); return d.options != nil })
		cancel()
	}()
	if _, err := Open(ctx, Request{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	<-d.closed
}

// A portal that does not answer, goes away or answers nonsense keeps nobody waiting and breaks nothing.
func TestPortal_broken(t *testing.T) {
	for name, breakIt := range map[string]func(d *desktop){
		"it does not answer": func(d *desktop) { d.stuck = make(chan struct{}); t.Cleanup(func() { close(d.stuck) }) },
		"it goes away": func(d *desktop) {
			d.silent = true
			go func() {
				bustest.Until(t, "the dialog", func() bool { d.mu.Lock(); defer d.mu.Unlock(); return d.options != nil })
				_ = d.bus.Close()
			}()
		},
		"it names no files": func(d *desktop) { d.bare = true },
	} {
		t.Run(name, func(t *testing.T) {
			was := startTimeout
			startTimeout = 300 * time.Millisecond
			t.Cleanup(func() { startTimeout = was })
			d := newDesktop(t)
			d.mu.Lock()
			breakIt(d)
			bare := d.bare
			d.mu.Unlock()
			got, err := Open(t.Context(), Request{})
			if got != nil || err == nil || !bare && !errors.Is(err, ErrNone) {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}

func TestPortal_absent(t *testing.T) {
	bus := bustest.New(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", bus.Address)
	if _, err := Open(t.Context(), Request{}); !errors.Is(err, ErrNone) {
		t.Errorf("with a bus: %v", err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
	if _, err := Open(t.Context(), Request{}); !errors.Is(err, ErrNone) {
		t.Errorf("without a bus: %v", err)
	}
}
