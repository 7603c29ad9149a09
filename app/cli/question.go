package cli

import (
	"context"
	"errors"

	"daypass/app"
	"daypass/app/messages"
	"daypass/auth/safetext"
)

// ask puts a question to the user once. Where nobody can be asked, or the answer is no, the sign-in is
// canceled.
func (in *signIn) ask(ctx context.Context, q app.SignInQuestion) error {
	if in.answered == q.ID {
		return nil // the agent has not taken the answer
	}
	in.answered = q.ID
	words := q.Current()
	in.p.say(words.Title)
	in.p.say(words.Detail)
	if !in.yes {
		if err := in.confirm(ctx, messages.Text("cli.login.question", messages.Args{"Answer": safetext.Text(words.Yes)})); err != nil {
			return errors.Join(err, cancelSignIn(ctx, in.f))
		}
	}
	err := in.f.core.AnswerQuestion(ctx, in.f.before.ID, q.ID, true)
	if err == nil || errors.Is(err, app.ErrNoQuestion) { // it was answered elsewhere in the meantime
		return nil
	}
	return &shownError{messages.Text("cli.error.question", messages.Args{"Error": errorText(err)}), err}
}

// confirm asks on the terminal, for as long as ctx lasts.
func (in *signIn) confirm(ctx context.Context, question string) error {
	answer := make(chan error, 1)
	go func() { answer <- in.p.confirm(in.stdin, question) }()
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		return ended(ctx)
	}
}
