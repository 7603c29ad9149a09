package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Deck shows one of several objects. The others stay in the tree, hidden: a change of the theme or of the
// scale passes by what is not in it, which would come back in the old colors.
type Deck struct {
	box   *fyne.Container
	shown fyne.CanvasObject
}

// NewDeck returns an empty deck.
func NewDeck() *Deck { return &Deck{box: container.New(deckLayout{})} }

// Object is what to put into the window.
func (d *Deck) Object() fyne.CanvasObject { return d.box }

// Shown returns the object that is shown; nil for none.
func (d *Deck) Shown() fyne.CanvasObject { return d.shown }

// Show shows o in place of what was shown, and reports whether that is another object.
func (d *Deck) Show(o fyne.CanvasObject) bool {
	if d.shown == o {
		return false
	}
	if d.shown != nil {
		d.shown.Hide()
	}
	if !slices.Contains(d.box.Objects, o) {
		d.box.Objects = append(d.box.Objects, o)
	}
	d.shown = o
	o.Show()
	d.box.Layout.Layout(d.box.Objects, d.box.Size())
	o.Refresh()
	return true
}

// deckLayout leaves all of the room to the one object that is shown.
type deckLayout struct{}

// MinSize implements fyne.Layout.
func (deckLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	for _, o := range objects {
		if o.Visible() {
			return o.MinSize()
		}
	}
	return fyne.Size{}
}

// Layout implements fyne.Layout.
func (deckLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		if o.Visible() {
			o.Move(fyne.Position{})
			o.Resize(s)
		}
	}
}
