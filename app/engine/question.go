package engine

import (
	"context"
	"fmt"
	"strings"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/session"
	"daypass/auth"
)

// otherSite is the question whether a provider may name hosts that are not on its own site. The user who made
// the connection may have named another company's sign-in page, and would get what comes of it.
func otherSite(e *auth.OtherSiteError, def connection.Definition) app.SignInQuestion {
	hosts := strings.Join(e.Hosts, ", ")
	return app.SignInQuestion{
		Code: session.QuestionHost, Title: fmt.Sprintf("Does %s belong to %s?", hosts, e.Issuer),
		Detail: fmt.Sprintf("The provider of %s, %s, sends you or your sign-in to %s. If %s does not belong to it, "+
			"%s could get access there in your name. Continue only if your administrator confirms both.", def.Name, e.Issuer, hosts, hosts, e.Issuer),
		Yes: "Continue", No: "Cancel", Hosts: e.Hosts,
	}
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
