package connections

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/importers"
	"daypass/app/messages"
	"daypass/auth/safetext"
	"daypass/ui/bridge"
	"daypass/ui/problem"
	"daypass/ui/task"
)

// Window is what the editor needs of the window around it. Its methods belong to the UI thread.
type Window interface {
	// ShowForm shows a definition to be added or edited, and ShowError what is wrong with one field of it.
	ShowForm(Form)
	ShowError(field, reason string)
	// FormShown reports whether the form is on screen, and Select shows a connection.
	FormShown() bool
	Select(id string)
	// ChooseFile has the user choose a connection file, ChooseCertificates a file of certificate authorities, and Leave
	// closes the screen.
	ChooseFile(chosen func(path string))
	ChooseCertificates(chosen func(path string))
	Leave()
	// ChooseFolder has the user choose a folder, by a button that says yes, and ShowCode shows a code.
	ChooseFolder(yes string, chosen func(path string))
	ShowCode(c Code)
	// ShowProbe shows how a probe stands, and HideProbe puts it away.
	ShowProbe(p Probe)
	HideProbe()
	// ShowFound shows servers to select one from, HideFound puts them away, and Refresh draws the screen again.
	ShowFound(f Found)
	HideFound()
	Refresh()
	// Ask asks a question, and calls yes where the user agrees.
	Ask(q Question, yes func())
	// Tell shows a title and a text until they are closed.
	Tell(title, text string)
}

// Editor is what the user does to add or change a connection. It belongs to the UI thread.
type Editor struct {
	window   Window
	agent    *bridge.Bridge
	dispatch func(func())
	// copy puts a text that is no secret on the clipboard.
	copy    func(text string)
	sources Sources
	// probe is the one that is shown; nil for none.
	probe *probing
	// found are the servers that other programs are set up for, and selectable those that are shown.
	found, selectable []importers.Candidate
}

// Sources are where connections come from beside the user.
type Sources struct {
	Prober Prober
	// Find returns the servers that other programs are set up for; nil for none. It may take a moment.
	Find func() []importers.Candidate
	// SandboxFile is the connection file of a sandbox; empty for none.
	SandboxFile string
}

// NewEditor returns the editor. dispatch runs a function on the UI thread.
func NewEditor(w Window, agent *bridge.Bridge, dispatch func(func()), copyText func(text string), sources Sources) *Editor {
	return &Editor{window: w, agent: agent, dispatch: dispatch, copy: copyText, sources: sources}
}

// Welcome returns the ways to add a connection.
func (e *Editor) Welcome() Welcome {
	return PresentWelcome(e.sources.SandboxFile != "", len(e.agent.Snapshot().Sessions) > 0, len(e.foundNew()) > 0)
}

// Add shows an empty form.
func (e *Editor) Add() { e.window.ShowForm(NewConnection()) }

// Edit shows the form with the definition of a connection.
func (e *Editor) Edit(id string) {
	e.with(id, func(def connection.Definition) { e.window.ShowForm(EditConnection(def)) })
}

// Move shows the fields of a connection's server, for another one.
func (e *Editor) Move(id string) {
	e.with(id, func(def connection.Definition) { e.window.ShowForm(MovedConnection(def)) })
}

// Import has the user choose a connection file, and shows what it holds.
func (e *Editor) Import() { e.window.ChooseFile(e.ImportFile) }

// UseSandbox shows what the connection file of the sandbox holds.
func (e *Editor) UseSandbox() { e.ImportFile(e.sources.SandboxFile) }

// imported is what a file holds: a connection, or servers that another program is set up for.
type imported struct {
	def     connection.Definition
	foreign []importers.Candidate
}

// ImportFile shows what a connection file, or one of another program, holds before anything is added.
func (e *Editor) ImportFile(path string) {
	task.Run(task.New(e.agent.Context, e.dispatch), func(context.Context) (imported, error) {
		return readImport(path)
	}, func(file imported, err error) {
		switch {
		case err != nil:
			e.window.Tell(messages.Text("connections.import.failed"), importFault(path, err))
		case len(file.foreign) > 0:
			e.selectFrom(file.foreign)
		default:
			e.review(file.def, nil)
		}
	})
}

func readImport(path string) (imported, error) {
	def, err := connection.ReadFile(path)
	if err == nil {
		return imported{def: def}, nil
	}
	foreign, foreignErr := importers.ReadFile(path)
	return imported{foreign: foreign}, importers.Explain(err, foreignErr)
}

// ImportLink shows the connection of a link.
func (e *Editor) ImportLink(link string) { e.review(connection.ParseLink(link)) }

// review shows a definition that somebody else wrote, or why it cannot be read.
func (e *Editor) review(def connection.Definition, err error) {
	if err != nil {
		e.window.Tell(messages.Text("connections.import.failed"), linkFault(err))
		return
	}
	e.window.ShowForm(ImportedConnection(def))
}

// importFault returns why the file at path cannot be imported, in sentences.
func importFault(path string, err error) string {
	file := connection.FileError{File: safetext.Name(filepath.Base(path)), Err: err}
	return messages.Current().Sentences(file.Messages())
}

// linkFault returns why the connection of a link cannot be read, in sentences.
func linkFault(err error) string {
	if field, ok := errors.AsType[*connection.FieldError](err); ok {
		return messages.Current().Say(field.Reason)
	}
	return problem.Text(err)
}

// Leave closes the screen.
func (e *Editor) Leave() { e.window.Leave() }

// ChooseCertificates has the user choose a file of certificate authorities.
func (e *Editor) ChooseCertificates(chosen func(path string)) { e.window.ChooseCertificates(chosen) }

// Check returns what is wrong with the values of a form, by field.
func (e *Editor) Check(form Form, values map[string]string) map[string]string {
	def, unread := form.Definition(values)
	problems := map[string]string{}
	for _, f := range slices.Concat(unread, def.FieldErrors(), form.Incomplete(def), e.nameInUse(def)) {
		if problems[f.Field] == "" {
			problems[f.Field] = messages.Current().Say(f.Reason)
		}
	}
	return problems
}

// nameInUse returns an error where another connection is found by the name of def.
func (e *Editor) nameInUse(def connection.Definition) []*connection.FieldError {
	if problem := def.NameInUse(e.known()); problem != nil {
		return []*connection.FieldError{problem}
	}
	return nil
}

// Save saves a definition. What else than saving would happen is asked about first.
func (e *Editor) Save(def connection.Definition) {
	sessions := e.agent.Snapshot().Sessions
	e.agent.Call(func(ctx context.Context, core app.Core) error {
		questions, err := questionsBefore(ctx, core, sessions, def)
		if err != nil {
			return e.showError(err)
		}
		return e.saveAfter(ctx, core, def, questions)
	})
}

// saveAfter saves a definition once the user has agreed to all the questions.
func (e *Editor) saveAfter(ctx context.Context, core app.Core, def connection.Definition, questions []Question) error {
	if len(questions) == 0 {
		return e.save(ctx, core, def)
	}
	e.dispatch(func() {
		e.window.Ask(questions[0], func() {
			e.agent.Call(func(ctx context.Context, core app.Core) error { return e.saveAfter(ctx, core, def, questions[1:]) })
		})
	})
	return nil
}

// questionsBefore returns what the user is asked before a connection is added or changed: whether another server may
// get its login, and whether its session may end.
func questionsBefore(ctx context.Context, core app.Core, sessions []app.Session, def connection.Definition) ([]Question, error) {
	known, err := app.Definitions(ctx, core, sessions)
	if err != nil {
		return nil, err
	}
	var before *connection.Definition
	if at := slices.IndexFunc(known, func(k connection.Definition) bool { return def.ID != "" && k.ID == def.ID }); at >= 0 {
		d := known[at]
		before, known = &d, slices.Delete(known, at, at+1)
	}
	var questions []Question
	if before == nil || def.MovesProvider(*before) {
		questions = askExposure(questions, def.Exposure(known))
	}
	if at := slices.IndexFunc(sessions, func(s app.Session) bool { return s.ID == def.ID }); before != nil && at >= 0 {
		questions = askSignOut(questions, sessions[at], def.ChangesSince(*before))
	}
	return questions, nil
}

// save saves a definition and shows its connection, unless the user has gone elsewhere in the meantime.
func (e *Editor) save(ctx context.Context, core app.Core, def connection.Definition) error {
	id, err := core.SaveConnection(ctx, def)
	if err == nil {
		e.dispatch(func() {
			if e.window.FormShown() {
				e.window.Select(id)
			}
		})
	}
	return e.showError(err)
}

// showError shows an error about one field beside it, and returns any other.
func (e *Editor) showError(err error) error {
	if problem, ok := errors.AsType[*connection.FieldError](err); ok {
		e.dispatch(func() { e.window.ShowError(problem.Field, messages.Current().Say(problem.Reason)) })
		return nil
	}
	return err
}
