package broker

import (
	"cmp"
	"errors"
	"io/fs"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/durable"
	"daypass/app/limits"
	"daypass/app/schedule"
	"daypass/app/session"
	"daypass/app/tools"
	"daypass/app/tools/edit"
	"daypass/app/tools/files"
)

// fileProblems is the table of what can go wrong with other tools' files, and with too many clients; the first
// entry that matches counts. Where detail is empty, the error's own text stands there: it names the file.
var fileProblems = []problem{
	{
		is: edit.ErrForeign, code: "tool-foreign", title: "Something else has this name already",
		next: "Rename or remove that entry, then look at the change again. Daypass touches nothing that it did not make.",
	},
	{
		is: edit.ErrMixed, code: "tool-mixed", title: "Other lines stand in the part that is Daypass's",
		next: "Move those lines out of it, then look at the change again.",
	},
	{
		is: edit.ErrNotText, code: "tool-not-text", title: "The file cannot be edited",
		next: "Look into the file: it has bytes in it that no program of this kind writes.",
	},
	{
		is: tools.ErrEncrypted, code: "tool-encrypted", title: "The file of rclone is encrypted",
		detail: "Daypass cannot add a remote to an encrypted file.",
		next:   "Run rclone by “daypass exec”, which needs no file.",
	},
	{
		is: tools.ErrCommand, code: "tool-path", title: "Other tools cannot run Daypass from where it is",
		next: "Install Daypass where its path has no space, then look at the change again.",
	},
	{
		is: files.ErrBusy, code: "tool-busy", title: "Another program keeps changing the file",
		next: "Close that program, then look at the change again.",
	},
	{
		is: files.ErrLocked, code: "tool-locked", title: "Files are locked",
		next: "End the Daypass process that hangs, then look at the change again.",
	},
	{
		is: files.ErrTimeout, code: "tool-timeout", title: "The file system is not responding",
		next: "Check the network drive that the file is on, then look at the change again.",
	},
	{
		is: durable.ErrNotRegular, code: "tool-not-file", title: "Not a regular file",
		next: "Remove what is in the place of the file, then look at the change again.",
	},
	{
		is: fs.ErrPermission, code: "tool-permission", title: "The file may not be changed",
		next: "Make the file and its folder your own and writable, then look at the change again.",
	},
	{
		is: clients.ErrTooMany, code: "too-many-consumers", title: "Too many programs have keys of their own",
		next: "Revoke those that you no longer need.",
	},
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
			Code: "scope", Title: "No policy can be made of this", Detail: scope.Reason, NextStep: "Change what is chosen.", At: schedule.Now(),
		}, Err: err}
	}
	return &app.HandoverError{Problem: b.sessions.Explain(id, err), Err: err}
}

// problem is one line of a table from errors to words.
type problem struct {
	is                        error
	code, title, detail, next string
}

func problemIn(table []problem, err error) (p app.Problem, known bool) {
	for _, e := range table {
		if errors.Is(err, e.is) {
			return app.Problem{
				Code: e.code, Title: e.title, Detail: cmp.Or(e.detail, session.Sentence(err.Error())), NextStep: e.next, At: schedule.Now(),
			}, true
		}
	}
	return app.Problem{}, false
}
