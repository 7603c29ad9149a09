package ui

import (
	"fyne.io/fyne/v2"

	"daypass/ui/present"
	"daypass/ui/settings"
	"daypass/ui/settings/settingsview"
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

// addScreens names the screens that have a folder of their own. Each is made when it is first shown.
func (u *Window) addScreens() {
	u.view.Add(present.ShowWelcome, u.newWelcome)
	u.view.Add(present.ShowForm, func() view.Screen { return connectionsScreen{u}.form() })
	u.view.Add(present.ShowUse, u.newToolsScreen)
	u.view.Add(present.ShowDetails, u.newDiagnosisScreen)
	u.view.Add(present.ShowSettings, func() view.Screen {
		return &screen[settings.Model]{view: settingsview.New(u.kit, u.settings, u.settings.Model()), model: u.settings.Model}
	})
}
