package app

import (
	"errors"
	"io/fs"

	"daypass/app/connection"
	"daypass/app/durable"
	"daypass/app/handover"
	"daypass/app/handover/consumers"
	"daypass/app/handover/edit"
	"daypass/app/handover/files"
	"daypass/app/handover/tools"
	"daypass/stsclient"
)

// HandoverError is what keeps a tool from being set up, or a program from getting keys, in a person's
// words.
type HandoverError struct {
	// Problem holds no secret.
	Problem Problem
	// Err is what happened.
	Err error
}

// Error implements error.
func (e *HandoverError) Error() string { return e.Err.Error() }

// Unwrap gives what happened.
func (e *HandoverError) Unwrap() error { return e.Err }

// fileProblems is the table of what can go wrong with other tools' files; the first entry that matches counts.
// Where detail is empty, the error's own text stands there: it names the file.
var fileProblems = []entry{
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
		is: handover.ErrCommand, code: "tool-path", title: "Other tools cannot run Daypass from where it is",
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
}

// handoverProblems is the table of what else can go wrong in handing keys to other tools.
var handoverProblems = []entry{
	{
		is: ErrFilesChanged, code: "files-changed", title: "The file has changed meanwhile",
		detail: "It is no longer as it was when the change was shown, so nothing was done.", next: "Look at the change again.",
	},
	{
		is: ErrRenewing, code: "renewing", title: "The keys are being renewed",
		detail: "They have ended, and new ones are on their way.", next: "Try again in a moment.",
	},
	{
		is: ErrPaused, code: "paused", title: "Keys for this are paused",
		detail: "You paused it in the list of who fetched keys.", next: "Let it go on there, then try again.",
	},
	{
		is: ErrNoConsumer, code: "no-consumer", title: "It is no longer in the list",
		detail: "It was revoked, or its program has ended.", next: "Give it keys anew where it still needs some.",
	},
	{
		is: ErrNoKeys, code: "no-keys", title: "There are no keys to hand out",
		detail: "Nobody is signed in, or the keys have ended.", next: "Sign in first.",
	},
	{
		is: ErrPolicyTaken, code: "policy-taken", title: "The keys of this connection cannot be limited further",
		detail: "The connection has a policy of its own, and a call for keys takes one policy: another would take its place and might allow more.",
		next:   "Ask for a connection without a policy, or put the limit into the connection itself.",
	},
	{
		is: ErrCannotNarrow, code: "cannot-narrow", title: "Limited keys need a fresh login",
		detail: "They are had for the login's token, and it has ended; nothing renews it here.", next: "Sign in again first.",
	},
	{
		is: ErrPolicyIgnored, code: "policy-ignored", title: "The server ignores limits",
		detail: "It gave credentials for a limited place, and these could reach beyond it, so they were not handed out.",
		next:   "Use a connection whose own permissions are small enough, or ask your administrator.",
		admin:  "The server, or a proxy in front of it, ignores the Policy parameter of AssumeRoleWithWebIdentity. It must apply it as a session policy.",
	},
	{
		is: ErrLimitsUnchecked, code: "limits-unchecked", title: "The limits could not be checked",
		detail: "Limited credentials are handed out only after the storage server has refused them something outside their limits, and it gave no usable answer.",
		next:   "Check that the storage server can be reached, then try again.",
	},
	{
		is: consumers.ErrTooMany, code: "too-many-consumers", title: "Too many programs have keys of their own",
		next: "Revoke those that you no longer need.",
	},
}

// HandoverProblem gives the words for an error of handing keys to other tools; known is false for one that is not of
// these. Errors that came over the agent's socket are known as well as those of this process.
func HandoverProblem(err error) (p Problem, known bool) { return problemIn(handoverProblems, err) }

func problemIn(table []entry, err error) (p Problem, known bool) {
	for _, e := range table {
		if errors.Is(err, e.is) {
			p = Problem{Code: e.code, Title: e.title, Detail: e.detail, NextStep: e.next, Admin: e.admin, At: now()}
			if p.Detail == "" {
				p.Detail = sentence(err.Error())
			}
			return p, true
		}
	}
	return Problem{}, false
}

// handoverError adds to an error its words. Errors that stand for themselves stay as they are.
func (a *App) handoverError(id string, err error) error {
	switch {
	case err == nil, errors.Is(err, ErrNoConnection), errors.Is(err, ErrStopped), errors.Is(err, ErrNoTool), errors.Is(err, ErrFilesChanged):
		return err
	}
	for _, table := range [][]entry{fileProblems, handoverProblems} {
		if p, known := problemIn(table, err); known {
			return &HandoverError{p, err}
		}
	}
	if scope, ok := errors.AsType[*handover.ScopeError](err); ok {
		return &HandoverError{Problem{
			Code: "scope", Title: "No policy can be made of this", Detail: scope.Reason, NextStep: "Change what is chosen.", At: now(),
		}, err}
	}
	return &HandoverError{a.refusalOf(id, err), err}
}

// refusalOf is for what the storage server says to keys with a policy, and for all the rest.
func (a *App) refusalOf(id string, err error) Problem {
	_, refused := errors.AsType[*stsclient.Error](err)
	_, outside := errors.AsType[*stsclient.LimitError](err)
	if !refused && !outside {
		return unknown(err)
	}
	var def connection.Definition
	if saved, gone := a.files.Get(id); gone == nil {
		def = saved
	}
	p := failure(err, def).Problem
	if outside {
		p.Title, p.NextStep = "The server gives no keys for that long or that short", "Choose another life."
	}
	return p
}
