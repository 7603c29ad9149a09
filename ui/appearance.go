package ui

import (
	"daypass/app/settings"
	"daypass/ui/preferences"
	"daypass/ui/theme"
)

var appearances = map[settings.Theme]theme.Appearance{settings.ThemeLight: theme.Light, settings.ThemeDark: theme.Dark}

// look is what the theme is made of. The zero look is the ordinary one.
type look struct {
	appearance   theme.Appearance
	textSize     float32
	highContrast bool
}

// lookOf returns the look that the user wants: in the settings of Daypass, and otherwise in those of the desktop.
func lookOf(s settings.Settings, p preferences.Preferences) look {
	l := look{appearance: appearances[s.Theme], textSize: p.TextSize, highContrast: p.HighContrast}
	if s.TextSize > 0 {
		l.textSize = float32(s.TextSize) / 100
	}
	if s.Contrast != settings.ContrastSystem {
		l.highContrast = s.Contrast == settings.ContrastHigh
	}
	return l
}

func (l look) theme() *theme.Theme {
	t := theme.New(l.appearance).WithHighContrast(l.highContrast)
	if l.textSize > 0 {
		t = t.WithTextSize(l.textSize)
	}
	return t
}

// applyLook reports whether text has another size now.
func (u *Window) applyLook(next look) (resized bool) {
	before := u.look
	if next == before {
		return false
	}
	u.look = next
	u.app.Settings().SetTheme(next.theme())
	return next.textSize != before.textSize
}

// watchPreferences follows what the desktop asks of all programs.
func (u *Window) watchPreferences() {
	if u.Preferences == nil {
		return
	}
	go u.Preferences(u.ctx, func(p preferences.Preferences) {
		u.Dispatch(func() {
			u.preferences = p
			u.render()
		})
	})
}
