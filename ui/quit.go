package ui

import (
	"context"

	"daypass/app"
	"daypass/ui/kit"
	"daypass/ui/present"
)

// Quit implements view.Intents: it ends Daypass, the agent with its window, after a question where transfers
// are under way.
func (i *intents) Quit() { i.u.askQuit(present.PresentQuit(i.u.agent.Transfers())) }

// quitByKey quits after a question that is also asked where somebody is signed in: the key lies beside that of closing
// the window, and a slip would leave other programs without credentials.
func (u *Window) quitByKey() {
	u.askQuit(present.PresentQuitByKey(u.agent.Transfers(), u.input.Snapshot.Sessions, u.Now()))
}

func (u *Window) askQuit(q present.Farewell) {
	if q.Title == "" {
		u.quit()
		return
	}
	u.kit.Ask(kit.Question{Title: q.Title, Text: q.Text, Yes: q.Yes, Harmless: true, Do: u.quit})
}

// quit ends the agent, which tells every window of it, and where there is none the window alone.
func (u *Window) quit() {
	if _, can := u.agent.Core().(app.Quitter); !can {
		u.window.Close()
		return
	}
	u.agent.Call(func(ctx context.Context, core app.Core) error {
		if err := core.(app.Quitter).Quit(ctx); err != nil {
			return err
		}
		u.Dispatch(u.window.Close)
		return nil
	})
}
