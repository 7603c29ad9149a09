package cli

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daypass/app/columns"
	"daypass/app/connection"
	"daypass/app/importers"
	"daypass/app/messages"
	"daypass/app/setup"
)

// importOptions are what is known of a server beside the file of another program.
type importOptions struct {
	// yes confirms, and entry is the name of one of several servers in the file.
	yes   bool
	entry string
	// said is what the user says of the connection.
	said definitionFlags
	// confirmed are hosts on other sites that may be asked.
	confirmed []string
}

func (o *importOptions) add(f *pflag.FlagSet) {
	f.BoolVar(&o.yes, "yes", false, "")
	f.StringVar(&o.entry, "entry", "", "")
	f.StringSliceVar(&o.confirmed, "allow-host", nil, "")
	o.said.add(f)
}

// found lists the servers that other programs of the user are set up for.
func (c connectionCommands) found() *cobra.Command {
	return &cobra.Command{
		Use: "found", Args: arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			return c.listFound(importers.Find(importers.ThisComputer()))
		},
	}
}

func (c connectionCommands) listFound(found []importers.Candidate) error {
	if len(found) == 0 {
		c.say(messages.Text("cli.found.nothing", messages.Args{"Programs": formatter().List(importers.Programs())}))
		return nil
	}
	rows := [][]string{heading("cli.table.name", "cli.table.server", "cli.table.program", "cli.table.file")}
	for _, f := range found {
		rows = append(rows, []string{oneLine(f.Definition.Name), oneLine(f.Definition.Endpoint), f.Program, oneLine(f.File)})
	}
	if err := columns.Write(c.stdout, "", columnGap, rows); err != nil {
		return err
	}
	c.say("")
	c.sayNotes(found)
	c.say(wrapped(messages.Text("cli.found.next")))
	return nil
}

// sayNotes says what there is to know of servers, each sentence once.
func (c connectionCommands) sayNotes(found []importers.Candidate) {
	var said []string
	for _, f := range found {
		for _, note := range f.Notes {
			text := messages.Current().Say(f.Message(note))
			if !slices.Contains(said, text) {
				said = append(said, text)
				c.say(wrapped(text))
			}
		}
	}
}

// importForeign adds a connection to a server of another program's file: what the file does not tell is asked of the server,
// once the user has agreed.
func (c connectionCommands) importForeign(cmd *cobra.Command, all []importers.Candidate, o importOptions) error {
	candidate, err := selectEntry(all, o.entry)
	if err != nil {
		return err
	}
	candidate = candidate.With(o.said.definition())
	c.say(candidateText(candidate))
	c.sayNotes([]importers.Candidate{candidate})
	if !o.yes {
		if err := c.confirm(cmd.InOrStdin(), messages.Text("cli.import.confirm-probe")); err != nil {
			return err
		}
	}
	def := candidate.Definition
	if def.Provider.Issuer == "" || def.Provider.ClientID == "" {
		if def, err = c.completeByProbe(cmd.Context(), candidate, o.confirmed); err != nil {
			return err
		}
	}
	return c.addCandidate(cmd.Context(), def)
}

// addCandidate adds a connection that was made from another program's file.
func (c connectionCommands) addCandidate(ctx context.Context, def connection.Definition) error {
	def, err := c.complete(def)
	if err != nil {
		return err
	}
	core, err := c.core(ctx)
	if err != nil {
		return err
	}
	if _, err := c.warnOfExposure(ctx, core, def); err != nil {
		return err
	}
	if def.Name, err = c.freeName(ctx, core, def.Name); err != nil {
		return err
	}
	return c.save(ctx, core, def)
}

// selectEntry returns the server that is meant: the only one of a file, or the one with a name.
func selectEntry(all []importers.Candidate, name string) (importers.Candidate, error) {
	if name == "" && len(all) == 1 {
		return all[0], nil
	}
	var names []string
	for _, c := range all {
		if name != "" && connection.NameKey(c.Definition.Name) == connection.NameKey(name) {
			return c, nil
		}
		names = append(names, oneLine(c.Definition.Name))
	}
	return importers.Candidate{}, usageError{errors.New(messages.Text("cli.error.import-entry", messages.Args{"Program": all[0].Program, "Names": formatter().Names(names)}))}
}

// candidateText is what a user must know before hosts of another program's file are asked.
func candidateText(f importers.Candidate) string {
	rows := [][]string{{messages.Text("cli.summary.server"), oneLine(f.Definition.Endpoint)}}
	line := func(label, value string) {
		if value != "" {
			rows = append(rows, []string{messages.Text(label), oneLine(value)})
		}
	}
	line("cli.summary.provider", cmp.Or(f.Definition.Provider.Issuer, f.ProviderPage))
	line("cli.summary.client", f.Definition.Provider.ClientID)
	for _, d := range f.Definition.Details() {
		rows = append(rows, []string{d.Label, oneLine(d.Value)})
	}
	var b strings.Builder
	b.WriteString(messages.Text("cli.found.title", messages.Args{"Name": oneLine(f.Definition.Name), "Program": f.Program}) + "\n")
	_ = columns.Write(&b, "  ", columnGap, rows) // a strings.Builder takes everything
	return strings.TrimRight(b.String(), "\n")
}

// completeByProbe asks the server, and the identity provider where the file names one, for what the file does not tell. The
// steps are for the user, so they are not on stdout.
func (c connectionCommands) completeByProbe(ctx context.Context, f importers.Candidate, confirmed []string) (connection.Definition, error) {
	shown := stepsShown{write: func(s setup.Step) error { c.say(strings.TrimRight(stepText(s), "\n")); return nil }}
	outcome := setup.Address(ctx, f.Definition.Endpoint, f.ProbeOptions(confirmed, shown.report))
	for _, s := range outcome.Steps {
		shown.last(s)
	}
	if len(outcome.OtherSites) > 0 {
		c.say(otherSitesText(outcome))
	}
	if err := probeError(outcome); err != nil {
		return connection.Definition{}, err
	}
	def := f.Completed(outcome.Definition)
	if lacking := importers.Lacking(def, outcome.Missing); len(lacking) > 0 {
		return def, usageError{errors.New(messages.Text("cli.probe.missing", messages.Args{"Fields": flagsOf(lacking)}))}
	}
	return def, nil
}
