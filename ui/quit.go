package ui

import (
	"context"
	"time"

	"daypass/app"
	"daypass/ui/kit"
	"daypass/ui/present"
)

// quitting closes the window and ends Daypass, after what is to be said or asked before.
type quitting struct{ u *Window }

// byKey quits after a question that is also asked where somebody is signed in: the key lies beside that of closing the
// window, and a slip would leave other programs without credentials.
func (q quitting) byKey() {
	q.ask(present.PresentQuitByKey(q.u.agent.Transfers(), q.u.input.Snapshot.Sessions, q.u.Now()))
}

// ask quits once a question was answered; without a title nothing is asked.
func (q quitting) ask(question present.Farewell) {
	if question.Title == "" {
		q.quit()
		return
	}
	q.u.kit.Ask(kit.Question{ID: "quit", Title: question.Title, Text: question.Text, Yes: question.Yes, Harmless: true, Do: q.quit})
}

// quit ends the agent, which tells every window of it, and where there is none the window alone.
func (q quitting) quit() {
	if _, can := q.u.agent.Core().(app.Quitter); !can {
		q.u.window.Close()
		return
	}
	q.u.agent.Call(func(ctx context.Context, core app.Core) error {
		if err := core.(app.Quitter).Quit(ctx); err != nil {
			return err
		}
		q.u.Dispatch(q.u.window.Close)
		return nil
	})
}

// explainTimeout is how long closing the window waits for the settings to be saved.
const explainTimeout = time.Second

// Leave closes the window, after saying the first time that the agent keeps running.
func (u *Window) Leave() {
	f := present.PresentFarewell(u.input)
	if f.Title == "" {
		u.window.Close()
		return
	}
	u.kit.Ask(kit.Question{ID: "close-window", Title: f.Title, Text: f.Text, Yes: f.Yes, Harmless: true, Do: quitting{u}.explained})
}

// explained closes the window, and remembers that it was explained that the agent keeps running.
func (q quitting) explained() {
	u, core := q.u, q.u.agent.Core()
	if core == nil { // the agent ended before the answer
		u.window.Close()
		return
	}
	next := u.agent.Snapshot().Settings
	next.ClosingExplained = true
	go func() {
		ctx, cancel := context.WithTimeout(u.ctx, explainTimeout)
		defer cancel()
		_ = core.SaveSettings(ctx, next) // or it is explained once more next time
		u.Dispatch(u.window.Close)
	}()
}
