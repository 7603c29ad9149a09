package connections

import (
	"context"
	"slices"
	"strings"

	"daypass/app/connection"
	"daypass/app/importers"
	"daypass/app/messages"
	"daypass/app/setup"
	"daypass/ui/present"
	"daypass/ui/task"
)

// Found are servers that other programs are set up for, to select one from.
type Found struct {
	Title, Text string
	Rows        []FoundRow
}

// FoundRow is one server: what the program calls it, where it is and who says so, and what there is to know of it.
type FoundRow struct{ Name, Hosts, Source, Notes string }

// Search looks for the servers that other programs of the user are set up for, and draws the window once it has some.
func (e *Editor) Search() {
	if e.sources.Find == nil {
		return
	}
	task.Run(task.New(e.agent.Context, e.dispatch), func(context.Context) ([]importers.Candidate, error) {
		return e.sources.Find(), nil
	}, func(all []importers.Candidate, _ error) {
		e.found = all
		e.window.Refresh()
	})
}

// foundNew returns the servers of other programs to which there is no connection.
func (e *Editor) foundNew() []importers.Candidate {
	sessions := e.agent.Snapshot().Sessions
	return slices.DeleteFunc(slices.Clone(e.found), func(c importers.Candidate) bool {
		for _, s := range sessions {
			if s.Endpoint == c.Definition.Endpoint {
				return true
			}
		}
		return false
	})
}

// ShowFound shows the servers that were found on this computer.
func (e *Editor) ShowFound() { e.selectFrom(e.foundNew()) }

// selectFrom has the user select one of the servers of other programs. Nothing is asked of any before (rule 56).
func (e *Editor) selectFrom(all []importers.Candidate) {
	e.selectable = all
	f := Found{Title: messages.Text("connections.found.title"), Text: messages.Text("connections.found.text")}
	for _, c := range all {
		f.Rows = append(f.Rows, presentFound(c))
	}
	e.window.ShowFound(f)
}

func presentFound(c importers.Candidate) FoundRow {
	row := FoundRow{Name: present.Visible(c.Definition.Name), Hosts: present.Visible(strings.Join(c.Hosts(), ", ")), Notes: notesOf(c)}
	row.Source = c.Program
	if c.File != "" {
		row.Source = messages.Text("connections.found.source", messages.Args{"Program": c.Program, "File": present.Visible(c.File)})
	}
	return row
}

// notesOf is what there is to know of a server of another program, in sentences; empty for nothing.
func notesOf(c importers.Candidate) string {
	var all []messages.Message
	for _, n := range c.Notes {
		all = append(all, c.Message(n))
	}
	return messages.Current().Sentences(all)
}

// UseFound probes one of the servers that are shown, and shows the form with what its program and the probe tell.
func (e *Editor) UseFound(index int) {
	if index >= len(e.selectable) {
		return
	}
	candidate := e.selectable[index]
	e.window.HideFound()
	e.start(&probing{
		title: messages.Text("connections.probe.title"), typed: candidate.Definition.Endpoint, candidate: &candidate, options: candidate.ProbeOptions(nil, nil),
		run: func(ctx context.Context, o setup.Options) setup.Outcome {
			return e.sources.Prober.Address(ctx, candidate.Definition.Endpoint, o)
		},
	})
}

// FoundConnection is the form for a server of another program: d is its connection as far as it is known.
func FoundConnection(c importers.Candidate, d connection.Definition) Form {
	f := ProbedConnection(d)
	f.Text = present.JoinSentences(messages.Text("connections.found.form", messages.Args{"Program": c.Program}), notesOf(c))
	return f
}
