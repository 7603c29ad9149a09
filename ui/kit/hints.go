package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"daypass/ui/theme"
)

// hintDelay is how long the pointer rests before a hint appears.
const hintDelay = 500 * time.Millisecond

// Hints shows the name of what is under the pointer, on a layer that takes no clicks.
type Hints struct {
	layer    *fyne.Container
	bubble   *fyne.Container
	text     *Text
	dispatch func(func())
	turn     int
}

func newHints(dispatch func(func())) *Hints {
	style := Caption.Whole()
	style.Color = theme.ColorTipText
	h := &Hints{text: NewText("", style), dispatch: dispatch}
	h.bubble = container.NewStack(NewBox(theme.ColorTip, theme.Radius), Inset(h.text, theme.Grid, theme.Small, theme.Grid, theme.Small))
	h.bubble.Hide()
	h.layer = container.NewWithoutLayout(h.bubble)
	return h
}

// Say shows text below o at once, and Hush puts it away.
func (k *Kit) Say(o fyne.CanvasObject, text string) {
	k.hints.turn++ // a hint that was on its way does not take its place
	k.hints.appear(o, text)
}

// Hush puts away what was said.
func (k *Kit) Hush() { k.hints.hide() }

// show lets the hint of o appear when the pointer has rested.
func (h *Hints) show(o fyne.CanvasObject, text string) {
	h.turn++
	turn := h.turn
	time.AfterFunc(hintDelay, func() {
		h.dispatch(func() {
			if h.turn == turn {
				h.appear(o, text)
			}
		})
	})
}

func (h *Hints) hide() {
	h.turn++
	setVisible(h.bubble, false)
}

// appear puts the hint below o, inside the window.
func (h *Hints) appear(o fyne.CanvasObject, text string) {
	h.text.Set(text)
	size, window := h.bubble.MinSize(), h.layer.Size()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	at = at.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(h.layer))
	x := at.X + (o.Size().Width-size.Width)/2
	y := at.Y + o.Size().Height + theme.Grid
	if y+size.Height > window.Height {
		y = at.Y - size.Height - theme.Grid
	}
	h.bubble.Resize(size)
	h.bubble.Move(fyne.NewPos(max(theme.Grid, min(x, window.Width-size.Width-theme.Grid)), y))
	h.bubble.Show()
	canvas.Refresh(h.bubble)
}
