package cli

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/columns"
	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/setup"
	"daypass/auth/safetext"
)

// probe finds out from one address what a connection needs. It needs no agent.
func (c connectionCommands) probe() *cobra.Command {
	var options setup.Options
	var asJSON bool
	cmd := &cobra.Command{
		Use: "probe ADDRESS", Args: arguments(1, 1),
		Example: "daypass connection probe minio.example\ndaypass connection probe https://login.example/realms/company --client-id desktop-app",
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.showProbe(asJSON, func(report func(setup.Step)) setup.Outcome {
				options.Report = report
				return setup.Address(cmd.Context(), args[0], options)
			}, c.writeProposal)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&asJSON, "json", false, "")
	f.StringVar(&options.CAFile, "ca-file", "", "")
	f.StringVar(&options.ClientID, "client-id", "", "")
	f.StringSliceVar(&options.Confirmed, "allow-host", nil, "")
	return cmd
}

// test checks an existing connection.
func (c connectionCommands) test() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{Use: "test NAME", Args: arguments(1, 1)}
	cmd.RunE = c.withDefinition(func(ctx context.Context, _ app.Core, def connection.Definition) error {
		return c.showProbe(asJSON, func(report func(setup.Step)) setup.Outcome {
			return setup.Connection(ctx, def, setup.Options{Report: report})
		}, c.writeMissing)
	})
	cmd.Flags().BoolVar(&asJSON, "json", false, "")
	completeNames(cmd)
	return cmd
}

// showProbe shows each step of a probe once it has ended, and those that failed at the end, where it is known that nothing
// else was found in their place.
func (c connectionCommands) showProbe(asJSON bool, probe func(report func(setup.Step)) setup.Outcome, conclude func(setup.Outcome) error) error {
	if asJSON {
		outcome := probe(nil)
		return errors.Join(c.writeProbeJSON(outcome), probeError(outcome))
	}
	shown := stepsShown{write: c.writeStep}
	outcome := probe(shown.report)
	for _, s := range outcome.Steps {
		shown.last(s)
	}
	return errors.Join(shown.err, conclude(outcome), probeError(outcome))
}

// stepsShown shows each step once.
type stepsShown struct {
	write func(setup.Step) error
	mu    sync.Mutex
	done  map[string]bool
	err   error
}

func (s *stepsShown) report(step setup.Step) {
	if step.State != setup.Running && step.State != setup.Failed {
		s.last(step)
	}
}

func (s *stepsShown) last(step setup.Step) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := string(step.ID) + " " + step.Subject
	if s.done[key] {
		return
	}
	if s.done == nil {
		s.done = map[string]bool{}
	}
	s.done[key] = true
	if err := s.write(step); s.err == nil {
		s.err = err
	}
}

// probeError is the error of a probe in which a step failed.
func probeError(o setup.Outcome) error {
	if o.Failed() {
		return errors.New(messages.Text("cli.error.probe-failed"))
	}
	return nil
}

// stepStates are the words for states, which are those of the doctor's checks.
var stepStates = map[setup.State]string{setup.OK: "ok", setup.Notice: "notice", setup.Warning: "warning", setup.Failed: "failure", setup.Running: "notice"}

func (c connectionCommands) writeStep(s setup.Step) error {
	_, err := c.stdout.Write([]byte(safetext.Text(stepText(s))))
	return err
}

// stepText is a step with its result, as lines.
func stepText(s setup.Step) string {
	p := messages.Current()
	about := p.Text("cli.probe.milliseconds", messages.Args{"Number": formatter().Number(int(s.Took / time.Millisecond))})
	if s.Subject != "" {
		about = oneLine(s.Subject) + ", " + about
	}
	var b strings.Builder
	b.WriteString("[" + p.Text("agent.doctor.severity."+stepStates[s.State]) + "] " + p.Say(s.Title()) + " (" + about + ")\n")
	text := p.Sentences(s.Result)
	if s.Problem != nil {
		text = problemText(*s.Problem)
	}
	for line := range strings.Lines(wrapped(text)) {
		b.WriteString("  " + strings.TrimRight(line, "\n") + "\n")
	}
	return b.String()
}

// otherSitesText says which sites were not asked.
func otherSitesText(o setup.Outcome) string {
	return wrapped(messages.Text("cli.probe.other-sites", messages.Args{"Hosts": oneLine(strings.Join(o.OtherSites, ", "))}))
}

// writeProposal shows the connection as far as it was found, and what is still to be entered.
func (c connectionCommands) writeProposal(o setup.Outcome) error {
	if !o.Found() {
		return nil
	}
	d := o.Definition
	rows := [][]string{}
	line := func(label, value string) {
		if value != "" {
			rows = append(rows, []string{label, oneLine(value)})
		}
	}
	line(messages.Text("cli.summary.server"), d.Endpoint)
	line(messages.Text("cli.summary.provider"), d.Provider.Issuer)
	line(messages.Text("cli.summary.client"), d.Provider.ClientID)
	for _, detail := range d.Details() {
		line(detail.Label, detail.Value)
	}
	var b strings.Builder
	b.WriteString("\n" + messages.Text("cli.probe.found") + "\n")
	if err := columns.Write(&b, "  ", columnGap, rows); err != nil {
		return err
	}
	if _, err := c.stdout.Write([]byte(b.String())); err != nil {
		return err
	}
	if o.Invited {
		c.say(wrapped(messages.Text("cli.probe.invited")))
	}
	return c.writeMissing(o)
}

// writeMissing says what a connection still needs, and which sites were not asked.
func (c connectionCommands) writeMissing(o setup.Outcome) error {
	var b strings.Builder
	if len(o.OtherSites) > 0 {
		b.WriteString(otherSitesText(o) + "\n")
	}
	if len(o.Missing) > 0 {
		b.WriteString(wrapped(messages.Text("cli.probe.missing", messages.Args{"Fields": flagsOf(o.Missing)})) + "\n")
	}
	_, err := c.stdout.Write([]byte(b.String()))
	return err
}

// probeJSON is the outcome of a probe for programs.
type probeJSON struct {
	Steps []stepJSON `json:"steps"`
	// Connection is the connection file as far as it was found, and Missing are the keys that it lacks.
	Connection string   `json:"connection"`
	Missing    []string `json:"missing"`
	OtherSites []string `json:"other_sites"`
	Product    string   `json:"product"`
}

type stepJSON struct {
	ID           string `json:"id"`
	Subject      string `json:"subject"`
	State        string `json:"state"`
	Title        string `json:"title"`
	Result       string `json:"result"`
	NextStep     string `json:"next_step,omitempty"`
	Admin        string `json:"admin,omitempty"`
	Milliseconds int64  `json:"milliseconds"`
}

func (c connectionCommands) writeProbeJSON(o setup.Outcome) error {
	out := probeJSON{
		Steps: []stepJSON{}, Connection: fileOf(o.Definition), Missing: slices.Concat([]string{}, o.Missing),
		OtherSites: slices.Concat([]string{}, o.OtherSites), Product: o.Product,
	}
	for _, s := range o.Steps {
		out.Steps = append(out.Steps, jsonOf(s))
	}
	encoder := json.NewEncoder(c.stdout)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}

// fileOf returns a definition as a file; empty where nothing was found.
func fileOf(d connection.Definition) string {
	if d.Endpoint == "" && d.Provider.Issuer == "" {
		return ""
	}
	return string(d.Format())
}

func jsonOf(s setup.Step) stepJSON {
	p := messages.ForPrograms()
	out := stepJSON{
		ID: string(s.ID), Subject: s.Subject, State: string(s.State), Title: p.Say(s.Title()), Result: p.Sentences(s.Result), Milliseconds: s.Took.Milliseconds(),
	}
	if s.Problem != nil {
		words := s.Problem.English()
		out.Result, out.NextStep, out.Admin = words.Detail, words.NextStep, words.Admin
	}
	return out
}
