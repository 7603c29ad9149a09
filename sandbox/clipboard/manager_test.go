package clipboard

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xfixes"
	"github.com/jezek/xgb/xproto"

	"daypass/sandbox/desktop"
)

// manager is a program that keeps a copy of the text on the clipboard of X11, and takes the clipboard
// over with it when its owner goes, as GNOME's window manager does.
type manager struct {
	conn                      *xgb.Conn
	window                    xproto.Window
	clipboard, text, property xproto.Atom
	// wantsText is of one that does not care for an empty text, and keeps its last copy then.
	wantsText bool

	mu     sync.Mutex
	kept   string
	has    bool
	rounds int // how often it took over
}

func (b *board) manage(wantsText bool) *manager {
	b.t.Helper()
	m := &manager{wantsText: wantsText}
	if err := m.prepare(b.variable("DISPLAY")); err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(m.conn.Close)
	go m.serve()
	return m
}

func (b *board) variable(name string) string {
	for _, v := range b.env {
		if value, ok := strings.CutPrefix(v, name+"="); ok {
			return value
		}
	}
	return ""
}

func (m *manager) prepare(display string) (err error) {
	if m.conn, err = xgb.NewConnDisplay(display); err != nil {
		return err
	}
	if err = xfixes.Init(m.conn); err != nil {
		return err
	}
	if _, err = xfixes.QueryVersion(m.conn, 5, 0).Reply(); err != nil {
		return err
	}
	for name, atom := range map[string]*xproto.Atom{"CLIPBOARD": &m.clipboard, "UTF8_STRING": &m.text, "KEPT": &m.property} {
		reply, err := xproto.InternAtom(m.conn, false, uint16(len(name)), name).Reply()
		if err != nil {
			return err
		}
		*atom = reply.Atom
	}
	if m.window, err = xproto.NewWindowId(m.conn); err != nil {
		return err
	}
	root := xproto.Setup(m.conn).DefaultScreen(m.conn)
	err = xproto.CreateWindowChecked(m.conn, 0, m.window, root.Root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly, root.RootVisual, 0, nil).Check()
	if err != nil {
		return err
	}
	return xfixes.SelectSelectionInputChecked(m.conn, m.window, m.clipboard, xfixes.SelectionEventMaskSetSelectionOwner|
		xfixes.SelectionEventMaskSelectionWindowDestroy|xfixes.SelectionEventMaskSelectionClientClose).Check()
}

func (m *manager) serve() {
	for {
		event, err := m.conn.WaitForEvent()
		if event == nil && err == nil {
			return
		}
		m.mu.Lock()
		switch e := event.(type) {
		case xfixes.SelectionNotifyEvent:
			m.ownerChanged(e.Owner)
		case xproto.SelectionNotifyEvent:
			m.keep(e.Property)
		case xproto.SelectionRequestEvent:
			m.answer(e)
		}
		m.mu.Unlock()
	}
}

func (m *manager) ownerChanged(owner xproto.Window) {
	switch {
	case owner == m.window:
	case owner != xproto.WindowNone:
		m.has = m.has && m.wantsText
		xproto.ConvertSelection(m.conn, m.window, m.clipboard, m.text, m.property, xproto.TimeCurrentTime)
	case m.has:
		m.rounds++
		xproto.SetSelectionOwner(m.conn, m.window, m.clipboard, xproto.TimeCurrentTime)
	}
}

func (m *manager) keep(property xproto.Atom) {
	if property == xproto.AtomNone {
		return
	}
	reply, err := xproto.GetProperty(m.conn, true, m.window, property, xproto.GetPropertyTypeAny, 0, 1<<16).Reply()
	if err == nil && (len(reply.Value) > 0 || !m.wantsText) {
		m.kept, m.has = string(reply.Value), true
	}
}

func (m *manager) answer(e xproto.SelectionRequestEvent) {
	property := e.Property
	if e.Target != m.text || xproto.ChangePropertyChecked(m.conn, xproto.PropModeReplace, e.Requestor, property, m.text, 8,
		uint32(len(m.kept)), []byte(m.kept)).Check() != nil {
		property = xproto.AtomNone
	}
	reply := xproto.SelectionNotifyEvent{Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target, Property: property}
	xproto.SendEvent(m.conn, false, e.Requestor, 0, string(reply.Bytes()))
}

// says is f, asked while the manager does nothing.
func (m *manager) says(f func() bool) func() bool {
	return func() bool {
		m.mu.Lock()
		defer m.mu.Unlock()
		return f()
	}
}

// A clipboard manager does not bring a secret back.
func TestRule31_clipboardManagerRestoresNoSecret(t *testing.T) {
	for what, wantsText := range map[string]bool{"that keeps any text": false, "that keeps no empty text": true} {
		t.Run(what, func(t *testing.T) {
			b := onX11(t)
			m := b.manage(wantsText)
			h := b.hold(0)
			if err := desktop.Until(t.Context(), "the copy", m.says(func() bool { return m.has && m.kept == secret })); err != nil {
				t.Fatal(err)
			}
			_ = h.stdin.Close()
			h.ends()
			if err := desktop.Until(t.Context(), "the manager to take over", m.says(func() bool { return m.rounds > 0 })); err != nil {
				t.Fatal(err)
			}
			if got := b.ask(b.read); strings.TrimSpace(got) != "" {
				t.Errorf("the clipboard has %q", got)
			}
			if m.says(func() bool { return m.kept == secret })() {
				t.Error("the manager still has its copy")
			}
		})
	}
}

// wlManager is a manager of the clipboard for Wayland: it looks at it, and puts its copy there where
// there is nothing any more.
const wlManager = `
while sleep 0.05; do
	if wl-paste --no-newline >now 2>/dev/null; then
		mv now kept
	elif test -e kept; then
		wl-copy --type text/plain <kept
		touch over
	fi
done`

func TestRule31_clipboardManagerRestoresNoSecretOnWayland(t *testing.T) {
	b := onWayland(t)
	dir := t.TempDir()
	cmd := exec.Command("sh", "-c", wlManager)
	cmd.Env, cmd.Dir = b.env, dir
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	h := b.hold(0)
	if err := desktop.Until(t.Context(), "the copy", func() bool { kept, _ := os.ReadFile(filepath.Join(dir, "kept")); return string(kept) == secret }); err != nil {
		t.Fatal(err)
	}
	_ = h.stdin.Close()
	h.ends()
	if err := desktop.Until(t.Context(), "the manager to take over", func() bool { _, err := os.Stat(filepath.Join(dir, "over")); return err == nil }); err != nil {
		t.Fatal(err)
	}
	b.is("")
}
