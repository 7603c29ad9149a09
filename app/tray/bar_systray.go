//go:build linux || freebsd || netbsd || openbsd || windows

package tray

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/systray"

	"daypass/app"
	"daypass/app/messages"
	"daypass/app/status"
	"daypass/app/tools"
	icons "daypass/assets/tray"
	"daypass/auth/safetext"
)

// newBar returns the desktop's tray.
func newBar() bar { return &systrayBar{} }

// systrayBar brings the menu to fyne.io/systray, of which there is one a process. What it has shown is
// kept, so that only what differs goes to the desktop.
type systrayBar struct {
	native
	clicks chan<- click
	shown  menu
	items  []*entryItems
	quit   *systray.MenuItem
	// end stops the goroutines that wait for clicks on the items of now.
	end context.CancelFunc
	all []*systray.MenuItem
}

// entryItems are the items of one session.
type entryItems struct {
	top, who, signIn, cancel, renew, signOut *systray.MenuItem
	// copies are the heading of the ways to copy credentials, and these.
	copies []*systray.MenuItem
}

// safely calls into systray, which panics where the desktop goes away in the middle of a change. The
// sessions must not go with it; that the tray is gone is told by its presence.
func safely(call func() error) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("the tray broke: %v", broken)
		}
	}()
	return call()
}

func (b *systrayBar) up(m menu, clicks chan<- click) error {
	b.clicks, b.shown = clicks, m
	err := safely(func() error {
		return b.start(func() {
			systray.SetTitle("Daypass")
			systray.SetIcon(icon(m.severity))
			systray.SetTooltip(m.tooltip)
			b.build(m)
		})
	})
	if err != nil {
		err = errors.Join(err, b.down()) // with nothing half done left behind
	}
	return err
}

func (b *systrayBar) show(m menu) error { return safely(func() error { return b.change(m) }) }

func (b *systrayBar) down() error {
	return safely(func() error {
		b.clear()
		b.stop()
		return nil
	})
}

func (b *systrayBar) change(m menu) error {
	if m.severity != b.shown.severity {
		systray.SetIcon(icon(m.severity))
	}
	if m.tooltip != b.shown.tooltip {
		systray.SetTooltip(m.tooltip)
	}
	sameItems := slices.EqualFunc(m.entries, b.shown.entries, func(x, y entry) bool { return x.id == y.id })
	if sameItems && m.language == b.shown.language {
		for i, e := range m.entries {
			b.items[i].update(b.shown.entries[i], e)
		}
	} else {
		b.clear()
		b.build(m)
	}
	if m.stopping != b.shown.stopping {
		b.quit.SetTitle(m.quit())
	}
	b.shown = m
	return nil
}

// build adds every item again.
func (b *systrayBar) build(m menu) {
	ctx, end := context.WithCancel(context.Background())
	b.end = end
	for _, e := range m.entries {
		b.items = append(b.items, b.addEntry(ctx, e))
	}
	if len(m.entries) > 0 {
		systray.AddSeparator()
	}
	b.add(ctx, systray.AddMenuItem(messages.Text("agent.tray.open"), ""), click{do: doOpen})
	b.quit = b.add(ctx, systray.AddMenuItem(m.quit(), messages.Text("agent.tray.quit.hint")), click{do: doQuit})
}

func (b *systrayBar) addEntry(ctx context.Context, e entry) *entryItems {
	top := systray.AddMenuItem(label(e.title), "")
	b.all = append(b.all, top)
	sub := func(title string, do action) *systray.MenuItem {
		return b.add(ctx, top.AddSubMenuItem(title, ""), click{do: do, id: e.id})
	}
	items := &entryItems{
		top: top, who: top.AddSubMenuItem(label(e.who), ""), signIn: sub(e.signIn, doSignIn), cancel: sub(messages.Text("agent.tray.cancel"), doCancel),
		renew: sub(messages.Text("common.renew-now"), doRenew), signOut: sub(messages.Text("common.sign-out"), doSignOut),
		copies: []*systray.MenuItem{top.AddSubMenuItem(messages.Text("agent.tray.copy-as"), "")},
	}
	b.all = append(b.all, items.who, items.copies[0])
	items.who.Disable()
	items.copies[0].Disable()
	// They are no menu of their own: panels that show menus by libdbusmenu leave the third level empty.
	for _, c := range tools.Copies() {
		items.copies = append(items.copies, b.add(ctx, top.AddSubMenuItem(c.Label(), ""), click{doCopy, e.id, c.Name}))
	}
	items.top.SetIcon(icon(e.severity))
	asMade := e
	asMade.can, asMade.copies = app.Can{SignIn: true, Cancel: true, Renew: true, SignOut: true}, true
	items.update(asMade, e)
	visible(items.who, true, e.who != "")
	return items
}

// add has clicks on an item sent.
func (b *systrayBar) add(ctx context.Context, item *systray.MenuItem, c click) *systray.MenuItem {
	b.all = append(b.all, item)
	clicked, out := item.ClickedCh, b.clicks
	go func() {
		for {
			select {
			case <-clicked:
			case <-ctx.Done():
				return
			}
			select {
			case out <- c:
			case <-ctx.Done():
				return
			}
		}
	}()
	return item
}

// clear removes every item. Their channels are taken away first: systray closes them, and a click that
// comes in the same moment would be a send on a closed channel.
func (b *systrayBar) clear() {
	if b.end != nil {
		b.end()
	}
	for _, item := range b.all {
		item.ClickedCh = nil
	}
	systray.ResetMenu()
	b.items, b.all = nil, nil
}

// update changes the items of one session to what e says, where it says something new.
func (items *entryItems) update(before, e entry) {
	if before.title != e.title {
		items.top.SetTitle(label(e.title))
	}
	if before.severity != e.severity {
		items.top.SetIcon(icon(e.severity))
	}
	if before.who != e.who {
		items.who.SetTitle(label(e.who))
	}
	if before.signIn != e.signIn {
		items.signIn.SetTitle(e.signIn)
	}
	visible(items.who, before.who != "", e.who != "")
	visible(items.signIn, before.can.SignIn, e.can.SignIn)
	visible(items.cancel, before.can.Cancel, e.can.Cancel)
	visible(items.renew, before.can.Renew, e.can.Renew)
	visible(items.signOut, before.can.SignOut, e.can.SignOut)
	for _, item := range items.copies {
		visible(item, before.copies, e.copies)
	}
}

func visible(item *systray.MenuItem, before, now bool) {
	switch {
	case now && !before:
		item.Show()
	case before && !now:
		item.Hide()
	}
}

func icon(s status.Severity) []byte {
	png, err := icons.Files.ReadFile(string(s) + ".png")
	if err != nil {
		panic(err) // the icons are part of the program
	}
	return nativeIcon(png)
}

// maxLabel keeps a menu narrower than a screen, in characters.
const maxLabel = 70

// label writes text of other users' making into a menu: on one line, and with nothing taken for the
// mark of a keyboard letter.
func label(text string) string {
	text = safetext.Line(text, maxLabel)
	return strings.ReplaceAll(text, mnemonic, mnemonic+mnemonic)
}
