package broker

import (
	"errors"
	"io/fs"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/durable"
	"daypass/app/limits"
	"daypass/app/messages"
	"daypass/app/schedule"
	"daypass/app/session"
	"daypass/app/tools"
	"daypass/app/tools/edit"
	"daypass/app/tools/files"
)

// fileProblems is the table of what can go wrong with other tools' files, and with too many clients; the first
// entry that matches counts.
var fileProblems = []problem{
	{is: edit.ErrForeign, code: "tool-foreign"},
	{is: edit.ErrMixed, code: "tool-mixed"},
	{is: edit.ErrNotText, code: "tool-not-text"},
	{is: tools.ErrEncrypted, code: "tool-encrypted", detailed: true},
	{is: tools.ErrCommand, code: "tool-path", detailed: true},
	{is: files.ErrBusy, code: "tool-busy"},
	{is: files.ErrLocked, code: "tool-locked"},
	{is: files.ErrTimeout, code: "tool-timeout"},
	{is: durable.ErrNotRegular, code: "tool-not-file"},
	{is: fs.ErrPermission, code: "tool-permission"},
	{is: clients.ErrTooMany, code: "too-many-consumers", detailed: true},
}

// explained adds to an error its words. Errors that stand for themselves stay as they are.
func (b *Broker) explained(id string, err error) error {
	switch {
	case err == nil, errors.Is(err, app.ErrNoConnection), errors.Is(err, app.ErrStopped), errors.Is(err, app.ErrNoTool), errors.Is(err, app.ErrFilesChanged):
		return err
	}
	if p, known := problemIn(fileProblems, err); known {
		return &app.HandoverError{Problem: p, Err: err}
	}
	if p, known := app.HandoverProblem(err); known {
		return &app.HandoverError{Problem: p, Err: err}
	}
	if scope, ok := errors.AsType[*limits.ScopeError](err); ok {
		return &app.HandoverError{Problem: app.Problem{
			Code: "scope", Reasons: []messages.Message{scope.Reason}, At: schedule.Now(),
		}, Err: err}
	}
	return &app.HandoverError{Problem: b.sessions.Explain(id, err), Err: err}
}

// problem is one line of a table from errors to problems.
type problem struct {
	is   error
	code string
	// detailed is true where the catalogue has the cause. Elsewhere it is the error's own text, which names the file.
	detailed bool
}

func problemIn(table []problem, err error) (p app.Problem, known bool) {
	for _, e := range table {
		if !errors.Is(err, e.is) {
			continue
		}
		p = app.Problem{Code: e.code, At: schedule.Now()}
		if !e.detailed {
			p.Reasons = []messages.Message{session.ErrorText(err.Error())}
		}
		return p, true
	}
	return app.Problem{}, false
}
