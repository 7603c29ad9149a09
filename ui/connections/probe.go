package connections

import (
	"context"
	"slices"
	"strings"
	"time"

	"daypass/app/connection"
	"daypass/app/importers"
	"daypass/app/messages"
	"daypass/app/setup"
	"daypass/app/status"
	"daypass/ui/present"
	"daypass/ui/task"
)

// Prober finds out what answers at an address, and checks connections. See package setup.
type Prober interface {
	Address(ctx context.Context, typed string, o setup.Options) setup.Outcome
	Connection(ctx context.Context, def connection.Definition, o setup.Options) setup.Outcome
	Invitation(ctx context.Context, typed string, o setup.Options) (connection.Definition, error)
}

// Probe is a probe under way, or what it has found.
type Probe struct {
	Title, Text string
	Steps       []ProbeStep
	// Busy is true until it has ended.
	Busy bool
	// Continue is the label of the button that leads to the form, and Allow of the one that asks the hosts too which an
	// answer named; empty for none.
	Continue, Allow string
}

// ProbeStep is one step of a probe.
type ProbeStep struct {
	Severity status.Severity
	// Title is what was checked, Where is at which host and how long it took, and Text what was found.
	Title, Where, Text string
}

// probing is a probe of the editor. It belongs to the UI thread.
type probing struct {
	title string
	// typed is the address that it began with; empty for a connection that is tested.
	typed string
	// candidate is the server of another program that is probed; nil for none.
	candidate *importers.Candidate
	run       func(ctx context.Context, o setup.Options) setup.Outcome
	task      *task.Task
	options   setup.Options
	// outcome has the steps as they come.
	outcome setup.Outcome
}

// Probe finds out what is at an address, and shows the form with it. A link to a connection is shown for review.
func (e *Editor) Probe(typed string) {
	if strings.TrimSpace(typed) == "" {
		return
	}
	if connection.IsLink(typed) {
		e.ImportLink(typed)
		return
	}
	e.start(&probing{title: messages.Text("connections.probe.title"), typed: typed, run: func(ctx context.Context, o setup.Options) setup.Outcome {
		return e.sources.Prober.Address(ctx, typed, o)
	}})
}

// Test checks a connection.
func (e *Editor) Test(id string) { e.with(id, e.TestDefinition) }

// TestDefinition checks a connection as it is typed.
func (e *Editor) TestDefinition(def connection.Definition) {
	title := messages.Text("connections.probe.test.title")
	if def.Name != "" {
		title = messages.Text("connections.probe.test.title-of", messages.Args{"Connection": present.Visible(def.Name)})
	}
	e.start(&probing{title: title, run: func(ctx context.Context, o setup.Options) setup.Outcome {
		return e.sources.Prober.Connection(ctx, def, o)
	}})
}

// start runs a probe in place of the one before.
func (e *Editor) start(p *probing) {
	e.LeaveProbe()
	e.probe = p
	p.task = task.New(e.agent.Context, e.dispatch)
	p.outcome = setup.Outcome{}
	options := p.options
	options.Report = func(s setup.Step) {
		e.dispatch(func() {
			if e.probe == p && p.task.Running() {
				p.put(s)
				e.window.ShowProbe(p.model())
			}
		})
	}
	task.Run(p.task, func(ctx context.Context) (setup.Outcome, error) { return p.run(ctx, options), nil }, func(o setup.Outcome, _ error) {
		if e.probe == p {
			p.outcome = o
			e.window.ShowProbe(p.model())
		}
	})
	e.window.ShowProbe(p.model())
}

// AllowHosts probes once more, and asks the hosts too that an answer named (rule 56).
func (e *Editor) AllowHosts() {
	if p := e.probe; p != nil {
		p.options.Confirmed = append(p.options.Confirmed, p.outcome.OtherSites...)
		e.start(p)
	}
}

// LeaveProbe ends the probe.
func (e *Editor) LeaveProbe() {
	if e.probe != nil {
		e.probe.task.Drop()
		e.probe = nil
	}
}

// ContinueProbe shows the form with what was found.
func (e *Editor) ContinueProbe() {
	p := e.probe
	if p == nil {
		return
	}
	e.LeaveProbe()
	e.window.HideProbe()
	e.window.ShowForm(p.form())
}

// form is the form with what is known once the probe has ended.
func (p *probing) form() Form {
	def := p.outcome.Definition
	if p.outcome.Invited {
		return ImportedConnection(def)
	}
	if !p.outcome.Found() {
		def.Endpoint = connection.Address(p.typed)
		def.Provider.StaySignedIn = true
	}
	if p.candidate != nil {
		return FoundConnection(*p.candidate, p.candidate.Completed(def))
	}
	return ProbedConnection(def)
}

// missing are the keys that are still to be entered.
func (p *probing) missing() []string {
	if p.candidate != nil {
		return importers.Lacking(p.candidate.Definition, p.outcome.Missing)
	}
	return p.outcome.Missing
}

// put keeps the newest state of a step.
func (p *probing) put(s setup.Step) {
	at := slices.IndexFunc(p.outcome.Steps, func(old setup.Step) bool { return old.ID == s.ID && old.Subject == s.Subject })
	if at < 0 {
		p.outcome.Steps = append(p.outcome.Steps, s)
		return
	}
	p.outcome.Steps[at] = s
}

// model returns what is shown of the probe.
func (p *probing) model() Probe {
	m := Probe{Title: p.title, Busy: p.task.Running(), Text: messages.Text("connections.probe.busy")}
	for _, s := range p.outcome.Steps {
		m.Steps = append(m.Steps, presentStep(s))
	}
	if m.Busy {
		return m
	}
	m.Text = p.conclusion()
	if len(p.outcome.OtherSites) > 0 {
		m.Allow = messages.Text("connections.probe.allow", messages.Args{"Hosts": strings.Join(p.outcome.OtherSites, ", ")})
	}
	switch {
	case p.typed == "":
	case p.outcome.Found():
		m.Continue = messages.Text("common.continue")
	default:
		m.Continue = messages.Text("connections.probe.manual")
	}
	return m
}

// conclusion says in a sentence or two what the steps amount to.
func (p *probing) conclusion() string {
	text := messages.Text("connections.probe.good")
	switch {
	case p.typed != "" && !p.outcome.Found():
		return messages.Text("connections.probe.nothing")
	case p.outcome.Invited:
		return messages.Text("connections.probe.invited")
	case p.outcome.Failed():
		text = messages.Text("connections.probe.bad")
	case p.typed != "":
		text = messages.Text("connections.probe.found")
	}
	if names := labelsOf(p.missing()); len(names) > 0 {
		if text == messages.Text("connections.probe.good") {
			text = ""
		}
		text = present.JoinSentences(text, messages.Text("connections.probe.missing", messages.Args{"Fields": messages.Current().Format().List(names)}))
	}
	return text
}

// labelsOf returns what the form calls keys of a connection file.
func labelsOf(keys []string) (labels []string) {
	for _, field := range Fields() {
		if slices.Contains(keys, field.Path) {
			labels = append(labels, field.Label)
		}
	}
	return labels
}

// stepSeverities are how the states of steps are drawn.
var stepSeverities = map[setup.State]status.Severity{
	setup.Running: status.Busy, setup.OK: status.OK, setup.Notice: status.Neutral, setup.Warning: status.Warning, setup.Failed: status.Error,
}

func presentStep(s setup.Step) ProbeStep {
	p := messages.Current()
	m := ProbeStep{Severity: stepSeverities[s.State], Title: p.Say(s.Title()), Where: s.Subject, Text: p.Sentences(s.Result)}
	if took := int(s.Took / time.Millisecond); took > 0 && s.Subject != "" {
		m.Where = messages.Text("connections.probe.where", messages.Args{"Subject": s.Subject, "Number": p.Format().Number(took)})
	}
	if s.Problem != nil {
		words := s.Problem.Current()
		m.Text = present.JoinSentences(words.Detail, words.NextStep)
	}
	return m
}

// ProbedConnection is the form for a connection that a probe has found, as far as it has.
func ProbedConnection(d connection.Definition) Form {
	f := NewConnection()
	f.base = d
	for _, field := range Fields() {
		f.Values[field.Path] = field.binding.get(d)
	}
	return f
}
