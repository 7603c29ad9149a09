package ui

import (
	"context"

	"daypass/app"
	"daypass/ui/present"
	"daypass/ui/problem"
)

// diagnose shows the details of a connection and has the core look into them.
func (u *Window) diagnose(id string) {
	u.input.Selected, u.input.Screen, u.input.Found = id, present.ShowDetails, present.Found{}
	u.render()
	u.agent.Call(func(ctx context.Context, core app.Core) error {
		report, err := core.Diagnose(ctx, id)
		found := present.Found{ID: id, Report: &report}
		if err != nil {
			found = present.Found{ID: id, Failed: problem.Of(err)}
		}
		u.Dispatch(func() {
			u.input.Found = found
			u.render()
		})
		return nil
	})
}
