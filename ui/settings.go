package ui

import (
	"context"
	"time"

	"daypass/app"
	"daypass/app/settings"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

var appearances = map[settings.Theme]theme.Appearance{settings.ThemeLight: theme.Light, settings.ThemeDark: theme.Dark}

// applyTheme takes up the look that the person has chosen.
func (u *Window) applyTheme() {
	if chosen := u.input.Snapshot.Settings.Theme; chosen != u.theme && u.input.Agent.Ready {
		u.theme = chosen
		u.app.Settings().SetTheme(theme.New(appearances[chosen]))
	}
}

// farewellTimeout is how long closing the window waits for the settings to be kept.
const farewellTimeout = time.Second

// Leave closes the window, after saying the first time that the agent goes on.
func (u *Window) Leave() {
	f := present.PresentFarewell(u.input)
	if f.Title == "" {
		u.window.Close()
		return
	}
	u.kit.Ask(kit.Question{Title: f.Title, Text: f.Text, Yes: f.Yes, Harmless: true, Do: u.leaveForGood})
}

func (u *Window) leaveForGood() {
	next := u.input.Snapshot.Settings
	next.ClosingExplained = true
	go func(core app.Core) {
		ctx, cancel := context.WithTimeout(u.ctx, farewellTimeout)
		defer cancel()
		_ = core.SaveSettings(ctx, next) // or it is said once more next time
		u.Dispatch(u.window.Close)
	}(u.agent.Core())
}
