package ui

import (
	"context"
	"slices"

	"daypass/app"
	"daypass/app/connection"
	"daypass/ui/kit"
	"daypass/ui/present"
)

// Save implements view.Intents: what else than saving would happen is asked about first.
func (i *intents) Save(def connection.Definition) {
	sessions := i.u.input.Snapshot.Sessions
	i.u.agent.Call(func(ctx context.Context, core app.Core) error {
		questions, err := questionsBefore(ctx, core, sessions, def)
		if err != nil {
			return i.u.formFault(err)
		}
		return i.saveAfter(ctx, core, def, questions)
	})
}

// saveAfter saves a connection once the user has agreed to all the questions.
func (i *intents) saveAfter(ctx context.Context, core app.Core, def connection.Definition, questions []present.SaveQuestion) error {
	if len(questions) == 0 {
		return i.saveConnection(ctx, core, def)
	}
	u, q := i.u, questions[0]
	u.Dispatch(func() {
		u.kit.Ask(kit.Question{Title: q.Title, Text: q.Text, Yes: q.Yes, Do: func() {
			u.agent.Call(func(ctx context.Context, core app.Core) error { return i.saveAfter(ctx, core, def, questions[1:]) })
		}})
	})
	return nil
}

// questionsBefore returns what the user is asked before a connection is added or changed: whether another server may
// get its login, and whether its session may end.
func questionsBefore(ctx context.Context, core app.Core, sessions []app.Session, def connection.Definition) ([]present.SaveQuestion, error) {
	known, err := app.Definitions(ctx, core, sessions)
	if err != nil {
		return nil, err
	}
	var before *connection.Definition
	if at := slices.IndexFunc(known, func(k connection.Definition) bool { return def.ID != "" && k.ID == def.ID }); at >= 0 {
		d := known[at]
		before, known = &d, slices.Delete(known, at, at+1)
	}
	var questions []present.SaveQuestion
	if before == nil || def.MovesLogin(*before) {
		questions = present.AskExposure(questions, def.Exposure(known))
	}
	if at := slices.IndexFunc(sessions, func(s app.Session) bool { return s.ID == def.ID }); before != nil && at >= 0 {
		questions = present.AskSignOut(questions, sessions[at], def.ChangesSince(*before))
	}
	return questions, nil
}

// saveConnection saves a connection and shows it.
func (i *intents) saveConnection(ctx context.Context, core app.Core, def connection.Definition) error {
	u := i.u
	id, err := core.SaveConnection(ctx, def)
	if err == nil {
		u.Dispatch(func() { i.Select(id) })
	}
	return u.formFault(err)
}
