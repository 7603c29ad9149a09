package ui

import (
	"daypass/app/settings"
	"daypass/ui/theme"
)

var appearances = map[settings.Theme]theme.Appearance{settings.ThemeLight: theme.Light, settings.ThemeDark: theme.Dark}

// applyTheme takes up the look that the user has selected.
func (u *Window) applyTheme() {
	if chosen := u.input.Snapshot.Settings.Theme; chosen != u.theme && u.input.Agent.Ready {
		u.theme = chosen
		u.app.Settings().SetTheme(theme.New(appearances[chosen]))
	}
}
