package broker

import (
	"errors"
	"io/fs"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/durable"
	"daypass/app/limits"
	"daypass/app/messages"
	"daypass/app/oserror"
	"daypass/app/schedule"
	"daypass/app/session"
	"daypass/app/tools"
	"daypass/app/tools/edit"
	"daypass/app/tools/files"
	"daypass/auth/safetext"
)

// fileProblems is the table of what can go wrong with other tools' files, and with too many clients; the first
// entry that matches counts.
var fileProblems = []problem{
	{is: edit.ErrForeign, code: "tool-foreign"},
	{is: edit.ErrMixed, code: "tool-mixed"},
	{is: edit.ErrNotText, code: "tool-not-text"},
	{is: tools.ErrEncrypted, code: "tool-encrypted"},
	{is: tools.ErrCommand, code: "tool-path"},
	{is: files.ErrBusy, code: "tool-busy"},
	{is: files.ErrLocked, code: "tool-locked"},
	{is: files.ErrTimeout, code: "tool-timeout"},
	{is: durable.ErrNotRegular, code: "tool-not-file"},
	{is: fs.ErrPermission, code: "tool-permission"},
	{is: clients.ErrTooMany, code: "too-many-consumers"},
}

// explained adds to an error its words. Errors that stand for themselves stay as they are.
func (b *Broker) explained(id string, err error) error {
	switch {
	case err == nil, errors.Is(err, app.ErrNoConnection), errors.Is(err, app.ErrStopped), errors.Is(err, app.ErrNoTool), errors.Is(err, app.ErrFilesChanged):
		return err
	}
	if _, known := errors.AsType[*app.HandoverError](err); known {
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
}

// fileReasons returns, in sentences, why a file of another program could not be changed, and which it is.
func fileReasons(err error) []messages.Message {
	if p, known := problemIn(fileProblems, err); known {
		return p.Texts().Detail
	}
	return append(session.ReasonsOf(err), fileOf(err)...)
}

// fileOf returns which file an error is about, as a reason; none where it names none.
func fileOf(err error) []messages.Message {
	path := oserror.Path(err)
	if file, ok := errors.AsType[*files.PathError](err); ok {
		path = safetext.Name(file.Path)
	}
	if path == "" {
		return nil
	}
	return []messages.Message{{ID: "problem.reason.file", Args: map[string]string{"Path": path}}}
}

func problemIn(table []problem, err error) (p app.Problem, known bool) {
	for _, e := range table {
		if !errors.Is(err, e.is) {
			continue
		}
		return app.Problem{Code: e.code, Reasons: fileOf(err), At: schedule.Now()}, true
	}
	return app.Problem{}, false
}
