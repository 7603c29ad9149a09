package engine

import (
	"context"
	"errors"

	"daypass/app"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/app/settings"
)

// loadSettings reads the settings, and puts what is wrong with them among the problems.
func (a *Engine) loadSettings() {
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
func (a *Engine) SaveSettings(ctx context.Context, s settings.Settings) error {
	if err := s.Validate(); err != nil {
		return err
	}
	before := a.store.current().Settings.StartAtLogin
	if s.StartAtLogin != before {
		if err := a.startAtLogin(s.StartAtLogin); err != nil {
			return messages.NewError(err, "agent.error.start-at-login")
		}
	}
	if err := a.settings.Save(s); err != nil {
		if s.StartAtLogin != before {
			err = errors.Join(err, a.startAtLogin(before))
		}
		return err
	}
	return a.runner.call(ctx, setSettings{s})
}

func unreadableSettings(err error) app.Problem {
	p := app.Problem{Code: "settings-unreadable", Reasons: session.ReasonsOf(err), At: now()}
	if damaged, ok := errors.AsType[*settings.DamagedError](err); ok && damaged.SetAside != "" {
		p.Variant, p.Params = "damaged", map[string]string{"File": damaged.SetAside}
	}
	return p
}
