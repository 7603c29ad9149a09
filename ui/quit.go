package ui

import (
	"context"

	"daypass/app"
	"daypass/ui/present"
	"daypass/ui/view/kit"
)

// Quit implements view.Intents: it ends Daypass, the agent with its window, after a question where transfers
// are under way.
func (i *intents) Quit() {
	u := i.u
	q := present.PresentQuit(u.transfers.list)
	if q.Title == "" {
		u.quit()
		return
	}
	u.kit.Ask(u.window.Canvas(), kit.Question{Title: q.Title, Text: q.Text, Yes: q.Yes, Harmless: true, Do: u.quit})
}

// quit ends the agent, which tells every window of it, and where there is none the window alone.
func (u *Window) quit() {
	if _, can := u.core.(app.Quitter); !can {
		u.window.Close()
		return
	}
	u.call(func(ctx context.Context, core app.Core) error {
		if err := core.(app.Quitter).Quit(ctx); err != nil {
			return err
		}
		u.Dispatch(u.window.Close)
		return nil
	})
}
