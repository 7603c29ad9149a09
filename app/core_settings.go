package app

import (
	"context"
	"errors"
	"fmt"

	"daypass/app/settings"
)

// SettingsKeeper is the part of Core that keeps the person's settings. What they are now is in the
// snapshots.
type SettingsKeeper interface {
	// SaveSettings keeps s and acts on it. An error of a value is a *settings.ValueError; any other
	// means that it could not be written, or that starting at login could not be arranged. Nothing is
	// changed then.
	SaveSettings(ctx context.Context, s settings.Settings) error
}

// loadSettings reads the settings, and puts what is wrong with them among the problems.
func (a *App) loadSettings() {
	loaded, errs := a.settings.Load()
	a.runner.settings = loaded
	for _, err := range errs {
		a.runner.problems = append(a.runner.problems, unreadableSettings(err))
	}
	if !loaded.StartAtLogin {
		return // an entry that is there is another agent's, which has settings of its own
	}
	if err := a.startAtLogin(true); err != nil {
		a.runner.log.Warn("start at login", "error", err)
	}
}

// SaveSettings implements Core.
func (a *App) SaveSettings(ctx context.Context, s settings.Settings) error {
	if err := s.Validate(); err != nil {
		return err
	}
	before := a.store.current().Settings.StartAtLogin
	if s.StartAtLogin != before {
		if err := a.startAtLogin(s.StartAtLogin); err != nil {
			return fmt.Errorf("starting at login cannot be changed: %w", err)
		}
	}
	if err := a.settings.Save(s); err != nil {
		if s.StartAtLogin != before {
			err = errors.Join(err, a.startAtLogin(before))
		}
		return err
	}
	return a.runner.settle(ctx, message{change: func(r *runner) { r.settings = s }})
}

func unreadableSettings(err error) Problem {
	p := Problem{
		Code: "settings-unreadable", Title: "Some settings could not be read", Detail: sentence(err.Error()),
		NextStep: "Daypass uses the usual values instead. Choose again in Settings.", At: now(),
	}
	if damaged, ok := errors.AsType[*settings.DamagedError](err); ok && damaged.SetAside != "" {
		p.Title = "The settings file was damaged"
		p.NextStep = "Daypass begins with the usual settings. The old file is kept beside them as " + damaged.SetAside + "."
	}
	return p
}
