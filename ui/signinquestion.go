package ui

import (
	"context"
	"errors"

	"daypass/app"
)

// renderSignInQuestion shows the first question with which a sign-in waits, whatever is on screen.
func (u *Window) renderSignInQuestion() {
	for _, s := range u.input.Snapshot.Sessions {
		if s.Question != nil {
			u.view.RenderSignInQuestion(s.ID, s.Question)
			return
		}
	}
	u.view.RenderSignInQuestion("", nil)
}

// AnswerSignIn implements view.Intents.
func (i *intents) AnswerSignIn(id string, question uint64, yes bool) {
	i.u.agent.Call(func(ctx context.Context, core app.Core) error {
		err := core.AnswerQuestion(ctx, id, question, yes)
		if errors.Is(err, app.ErrNoQuestion) {
			return nil // answered elsewhere in the meantime
		}
		return err
	})
}
