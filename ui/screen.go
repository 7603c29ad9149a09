package ui

import (
	"fyne.io/fyne/v2"

	"daypass/ui/view"
)

// screen is a view, and the model that it renders.
type screen[M any] struct {
	view interface {
		Object() fyne.CanvasObject
		Render(M)
	}
	model func() M
}

// Object implements view.Screen.
func (s *screen[M]) Object() fyne.CanvasObject { return s.view.Object() }

// Render implements view.Screen.
func (s *screen[M]) Render() { s.view.Render(s.model()) }

// Main implements view.Main.
func (s *screen[M]) Main() fyne.Focusable {
	if main, ok := s.view.(view.Main); ok {
		return main.Main()
	}
	return nil
}
