package app

import (
	"context"

	"daypass/app/handover"
	"daypass/app/handover/doctor"
	"daypass/app/session"
)

// follow does what a change of one session asks for.
func (c *counter) follow(_ *App, before, now Session) {
	if before.Identity != "" && now.Phase == session.SignedOut {
		c.forget(now.ID)
	}
}

// Tools implements Core.
func (a *App) Tools(_ context.Context, id string) ([]handover.Tool, error) {
	return nil, a.known(id)
}

// PreviewTool implements Core.
func (a *App) PreviewTool(context.Context, string, string, handover.Step) (handover.Change, error) {
	return handover.Change{}, ErrNoTool
}

// ApplyTool implements Core.
func (a *App) ApplyTool(context.Context, string, string, handover.Step, string) error {
	return ErrNoTool
}

// Diagnose implements Core.
func (a *App) Diagnose(_ context.Context, id string) (doctor.Report, error) {
	return doctor.Report{}, a.known(id)
}
