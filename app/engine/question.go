package engine

import (
	"context"
	"strings"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/session"
	"daypass/auth"
)

// otherSite is the question whether a provider may name hosts that are not on its own site. The user who made
// the connection may have named another company's sign-in page, and would get what comes of it.
func otherSite(e *auth.OtherSiteError, def connection.Definition) app.SignInQuestion {
	q := session.NewQuestion(session.QuestionHost, "", map[string]string{
		"Connection": def.Name, "Issuer": e.Issuer, "Hosts": strings.Join(e.Hosts, ", "),
	})
	q.Hosts = e.Hosts
	return q
}

// AnswerQuestion implements Core.
func (a *Engine) AnswerQuestion(_ context.Context, id string, question uint64, yes bool) error {
	if err := a.running(); err != nil {
		return err
	}
	s, there := a.store.current().Session(id)
	if !there {
		return app.ErrNoConnection
	}
	if s.Question == nil || s.Question.ID != question {
		return app.ErrNoQuestion
	}
	if yes && len(s.Question.Hosts) > 0 {
		if err := a.trust.Confirm(id, s.Question.Hosts); err != nil {
			a.runner.log.Warn("confirmed sites could not be stored and will be asked about again", "id", id, "error", err)
		}
	}
	a.runner.post(handleEvent{id, session.Answer{Attempt: question, Yes: yes}})
	return nil
}
