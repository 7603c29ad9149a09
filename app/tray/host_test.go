//go:build linux

package tray_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"

	"daypass/app/sessionbus/bustest"
)

// host is a desktop's tray: the watcher that items register with, and what shows them. It reads menus
// and clicks on them as the panels of Xfce, KDE and GNOME do.
type host struct {
	t   *testing.T
	bus *dbus.Conn

	mu    sync.Mutex
	items []item
}

// item is an icon: the connection it came by, and its object there.
type item struct {
	owner string
	path  dbus.ObjectPath
}

const (
	watcherName   = "org.kde.StatusNotifierWatcher"
	itemInterface = "org.kde.StatusNotifierItem"
	menuInterface = "com.canonical.dbusmenu"
)

// newHost puts a tray on the bus.
func newHost(t *testing.T, bus *bustest.Bus) *host {
	t.Helper()
	h := &host{t: t, bus: bus.Connect()}
	h.must(h.bus.Export(h, "/StatusNotifierWatcher", watcherName))
	_, err := prop.Export(h.bus, "/StatusNotifierWatcher", prop.Map{watcherName: {
		"IsStatusNotifierHostRegistered": {Value: true, Emit: prop.EmitTrue},
		"RegisteredStatusNotifierItems":  {Value: []string{}, Emit: prop.EmitTrue},
		"ProtocolVersion":                {Value: int32(0), Emit: prop.EmitTrue},
	}})
	h.must(err)
	reply, err := h.bus.RequestName(watcherName, dbus.NameFlagDoNotQueue)
	h.must(err)
	if reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("there is a tray already: %v", reply)
	}
	return h
}

// RegisterStatusNotifierItem is called by the items.
func (h *host) RegisterStatusNotifierItem(sender dbus.Sender, service string) *dbus.Error {
	path := dbus.ObjectPath(service)
	if !strings.HasPrefix(service, "/") {
		path = "/StatusNotifierItem"
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.items = append(h.items, item{string(sender), path})
	return nil
}

func (h *host) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// leave takes the tray away, as a panel that crashes does.
func (h *host) leave() { _ = h.bus.Close() }

// count is how many icons are there: of those that registered, the ones whose owner is still on the bus.
func (h *host) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.items = slices.DeleteFunc(h.items, func(i item) bool {
		var there bool
		h.must(h.bus.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, i.owner).Store(&there))
		return !there
	})
	return len(h.items)
}

// icon waits for the one icon.
func (h *host) icon() dbus.BusObject {
	h.t.Helper()
	bustest.Until(h.t, "one icon in the tray", func() bool { return h.count() == 1 })
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.bus.Object(h.items[0].owner, h.items[0].path)
}

// property is a property of the icon.
func (h *host) property(name string) dbus.Variant {
	h.t.Helper()
	v, err := h.icon().GetProperty(itemInterface + "." + name)
	h.must(err)
	return v
}

// pixels is the picture of the icon.
func (h *host) pixels() string {
	h.t.Helper()
	var pictures []struct {
		W, H int32
		Pix  []byte
	}
	h.must(h.property("IconPixmap").Store(&pictures))
	if len(pictures) != 1 || pictures[0].W != 48 || len(pictures[0].Pix) != 48*48*4 {
		h.t.Fatalf("no picture of 48 by 48")
	}
	return string(pictures[0].Pix)
}

// layout is a menu as it is on the bus.
type layout struct {
	ID       int32
	Props    map[string]dbus.Variant
	Children []dbus.Variant
}

// line is one item of a menu.
type line struct {
	id              int32
	label           string
	enabled, hidden bool
	below           []line
}

// menu reads the whole menu. The first answer may be of the top level only, until a panel has made
// room for what is below.
func (h *host) menu() []line {
	h.t.Helper()
	h.layout()
	time.Sleep(250 * time.Millisecond) // what a panel takes between the two
	return h.lines(h.layout())
}

func (h *host) menuObject() dbus.BusObject {
	h.t.Helper()
	path, ok := h.property("Menu").Value().(dbus.ObjectPath)
	if !ok {
		h.t.Fatal("the icon has no menu")
	}
	return h.bus.Object(h.icon().Destination(), path)
}

func (h *host) layout() layout {
	h.t.Helper()
	var revision uint32
	var root layout
	h.must(h.menuObject().Call(menuInterface+".GetLayout", 0, int32(0), int32(-1), []string{}).Store(&revision, &root))
	return root
}

func (h *host) lines(from layout) []line {
	h.t.Helper()
	var out []line
	for _, child := range from.Children {
		var l layout
		h.must(dbus.Store([]any{child.Value()}, &l))
		one := line{id: l.ID, enabled: true, below: h.lines(l)}
		if v, there := l.Props["label"]; there {
			one.label = v.Value().(string)
		}
		if v, there := l.Props["enabled"]; there {
			one.enabled = v.Value().(bool)
		}
		if v, there := l.Props["visible"]; there {
			one.hidden = !v.Value().(bool)
		}
		if v, there := l.Props["type"]; there && v.Value() == "separator" {
			one.label = "---"
		}
		out = append(out, one)
	}
	return out
}

// seen writes down what a user sees of lines, with what is below in parentheses.
func seen(lines []line) string {
	var out []string
	for _, l := range lines {
		if l.hidden {
			continue
		}
		text := l.label
		if !l.enabled {
			text = "[" + text + "]"
		}
		if len(l.below) > 0 {
			text += " (" + seen(l.below) + ")"
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

// shows waits until the menu is as wanted.
func (h *host) shows(want string) {
	h.t.Helper()
	var last string
	for deadline := time.Now().Add(bustest.Timeout); ; {
		if last = seen(h.menu()); last == want {
			return
		}
		if time.Now().After(deadline) {
			h.t.Fatalf("the menu shows\n%s\nwant\n%s", last, want)
		}
	}
}

// click presses the item with these labels, from the top level down.
func (h *host) click(labels ...string) {
	h.t.Helper()
	lines := h.menu()
	for depth, want := range labels {
		at := slices.IndexFunc(lines, func(l line) bool { return !l.hidden && l.enabled && strings.HasPrefix(l.label, want) })
		if at < 0 {
			h.t.Fatalf("no %q in: %s", want, seen(lines))
		}
		if depth == len(labels)-1 {
			call := h.menuObject().Call(menuInterface+".Event", 0, lines[at].id, "clicked", dbus.MakeVariant(int32(0)), uint32(0))
			h.must(call.Err)
			return
		}
		lines = lines[at].below
	}
}
