package kit

import (
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// hover is a widget that tells when the pointer or the focus is on it.
type hover struct {
	widget.BaseWidget
	changed func(on bool)
}

func (h *hover) set(on bool) {
	if h.changed != nil {
		h.changed(on)
	}
}

// MouseIn implements desktop.Hoverable.
func (h *hover) MouseIn(*desktop.MouseEvent) { h.set(true) }

// MouseMoved implements desktop.Hoverable.
func (h *hover) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (h *hover) MouseOut() { h.set(false) }
