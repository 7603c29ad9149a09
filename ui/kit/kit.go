// Package kit holds the few widgets that the screens are made of. Each keeps what it shows and
// redraws only when that changes.
package kit

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/theme"
)

// Kit makes the widgets of one window, and those that share something: the layer on which hints appear, and the
// sheets. It belongs to the UI thread.
type Kit struct {
	// Home focuses what has the focus when nothing else wants it; it may be nil.
	Home func()
	// EnsureFocus focuses the main thing on screen where what had it is no longer there; it may be nil.
	EnsureFocus func()

	host   Host
	hints  *Hints
	sheets []*Sheet
}

// Host is the window that the widgets are in.
type Host struct {
	// Dispatch runs a function on the UI thread.
	Dispatch func(func())
	// Canvas returns the window's canvas.
	Canvas func() fyne.Canvas
	// Now is the clock.
	Now func() time.Time
}

// New returns a kit for the widgets of a window.
func New(host Host) *Kit { return &Kit{host: host, hints: newHints(host.Dispatch)} }

// Canvas returns the window's canvas.
func (k *Kit) Canvas() fyne.Canvas { return k.host.Canvas() }

// Now returns the time by the window's clock.
func (k *Kit) Now() time.Time { return k.host.Now() }

// Focus moves the keyboard focus to o.
func (k *Kit) Focus(o fyne.Focusable) { k.Canvas().Focus(o) }

// Copy puts a text that is no secret on the clipboard.
func Copy(text string) { fyne.CurrentApp().Clipboard().SetContent(text) }

// Hints is the layer to put above everything else in the window.
func (k *Kit) Hints() fyne.CanvasObject { return k.hints.layer }

// colorOf returns a color of the theme. What is clear is the one value that the painter leaves out.
func colorOf(w fyne.Widget, name fyne.ThemeColorName) color.Color {
	if name == theme.ColorClear {
		return color.Transparent
	}
	return themeOf(w).Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}

func sizeOf(w fyne.Widget, name fyne.ThemeSizeName) float32 { return themeOf(w).Size(name) }

func themeOf(fyne.Widget) fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

// measured is the size of one line of text.
func measured(w fyne.Widget, text string, size fyne.ThemeSizeName, bold bool) fyne.Size {
	style := fyne.TextStyle{Bold: bold}
	return measuredIn(fontOf(text, style), text, sizeOf(w, size), style)
}

// measuredIn is the size of one line of text in a font; nil for those of the theme.
func measuredIn(font fyne.Resource, text string, size float32, style fyne.TextStyle) fyne.Size {
	measured, _ := fyne.CurrentApp().Driver().RenderedTextSize(drawable(text, style), size, style, font)
	return measured
}

// Box is a filled rectangle with round corners behind content, or alone.
type Box struct {
	widget.BaseWidget
	fill fyne.ThemeColorName
	rect *canvas.Rectangle
}

// NewBox makes a box. A radius of zero has square corners.
func NewBox(fill fyne.ThemeColorName, radius float32) *Box {
	b := &Box{fill: fill, rect: canvas.NewRectangle(color.Transparent)}
	b.rect.CornerRadius = radius
	b.ExtendBaseWidget(b)
	return b
}

// SetFill changes the color.
func (b *Box) SetFill(fill fyne.ThemeColorName) {
	if b.fill != fill {
		b.fill = fill
		b.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Box) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{b.rect}}
	r.refresh = func() {
		b.rect.FillColor = colorOf(b, b.fill)
		b.rect.Refresh()
	}
	r.layout = func(s fyne.Size) { b.rect.Resize(s) }
	r.min = func() fyne.Size { return fyne.Size{} }
	r.refresh()
	return r
}

// renderer is a fyne.WidgetRenderer from functions.
type renderer struct {
	objects []fyne.CanvasObject
	layout  func(fyne.Size)
	min     func() fyne.Size
	refresh func()
}

func (r *renderer) Layout(s fyne.Size)           { r.layout(s) }
func (r *renderer) MinSize() fyne.Size           { return r.min() }
func (r *renderer) Refresh()                     { r.refresh() }
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *renderer) Destroy()                     {}
