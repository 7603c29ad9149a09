package ui_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daypass/ui/kit"
	"daypass/ui/uitest"
)

// smallest is the smallest window there is.
var smallest = fyne.NewSize(640, 400)

// inSight fails for a control that lies outside of the window, in part or as a whole.
func (b *bench) inSight(id string) {
	b.t.Helper()
	o := b.control(id)
	at, room := fyne.CurrentApp().Driver().AbsolutePositionForObject(o), b.window.Window().Canvas().Size()
	if end := at.Add(o.Size()); at.X < 0 || at.Y < 0 || end.X > room.Width || end.Y > room.Height {
		b.t.Errorf("%s reaches from %v to %v in a window of %v", id, at, end, room)
	}
}

// In the smallest window the name of the connection can be read; what makes room for it is in the menu.
func TestSmallWindow_title(t *testing.T) {
	b := newBench(t, one(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.window.Window().Resize(smallest)
	b.queue.Drain()
	for _, size := range []fyne.Size{smallest, fyne.NewSize(720, 480), fyne.NewSize(1100, 720)} {
		b.window.Window().Resize(size)
		b.queue.Drain()
		title := b.title()
		if title.Size().Width < title.NaturalWidth() {
			t.Errorf("in a window of %v the title is cut: %v of %v", size, title.Size().Width, title.NaturalWidth())
		}
	}
	b.inSight("sign-out")
	b.window.Window().Resize(smallest)
	b.press("connection-menu")
	b.inSight("connection.renew")
	b.press("connection.sign-out")
	b.asked("sign-out research-lake")
}

// title is the name of the connection above its buckets.
func (b *bench) title() *kit.Text {
	b.t.Helper()
	var title *kit.Text
	var search func(fyne.CanvasObject)
	search = func(o fyne.CanvasObject) {
		if text, ok := o.(*kit.Text); ok && text.Text() == "Research lake" && text.Size().Height > 20 {
			title = text
		}
		for _, child := range kit.Inside(o) {
			search(child)
		}
	}
	if search(b.window.Window().Canvas().Content()); title == nil {
		b.t.Fatal("there is no title")
	}
	return title
}

// The buttons of every sheet are inside the smallest window, however much the sheet says.
func TestSmallWindow_sheets(t *testing.T) {
	for _, tt := range []struct {
		name    string
		do      func(*bench)
		buttons []string
	}{
		{"QR code", func(b *bench) {
			b.press("share")
			b.press("share.show-qr")
		}, []string{"share.copy-link", "close", "share.copy-curl"}},
		{"shortcuts", func(b *bench) {
			b.press("more")
			b.press("menu.shortcuts")
		}, []string{"close"}},
		{"delete", func(b *bench) {
			b.press("more")
			b.press("menu.select-all")
			b.press("delete")
		}, []string{"confirm.delete", "confirm.cancel"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := inFolder(t, t.TempDir())
			b.click("README.md", 0)
			b.window.Window().Resize(smallest)
			b.queue.Drain()
			tt.do(b)
			for _, button := range tt.buttons {
				b.inSight(button)
			}
			b.window.Window().Resize(fyne.NewSize(1100, 720))
			b.window.Window().Resize(smallest) // with the sheet open
			for _, button := range tt.buttons {
				b.inSight(button)
			}
		})
	}
}
