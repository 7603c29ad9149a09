package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/columns"
	"daypass/app/connection"
	"daypass/app/importers"
	"daypass/app/messages"
	"daypass/app/setup"
	"daypass/auth/safetext"
)

// connectionCommands are the commands below “daypass connection”.
type connectionCommands struct{ *program }

func (p *program) connectionCommand() *cobra.Command {
	c := connectionCommands{p}
	cmd := &cobra.Command{
		Use: "connection", Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.list(), c.add(), c.duplicate(), c.guide(), c.probe(), c.test(), c.found(), c.importFile(), c.export(), c.secret(), c.update(), c.remove())
	return cmd
}

// withCore runs a command that needs the agent.
func (p *program) withCore(do func(ctx context.Context, core app.Core, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		core, err := p.core(cmd.Context())
		if err != nil {
			return err
		}
		return do(cmd.Context(), core, args)
	}
}

func (c connectionCommands) list() *cobra.Command {
	return &cobra.Command{
		Use: "list", Args: arguments(0, 0),
		RunE: c.withCore(func(ctx context.Context, core app.Core, _ []string) error {
			snapshot, err := current(ctx, core)
			if err != nil {
				return err
			}
			var rows [][]string
			if len(snapshot.Sessions) > 0 {
				rows = append(rows, heading("cli.table.id", "cli.table.name", "cli.table.server", "cli.table.provider"))
			}
			for _, s := range snapshot.Sessions {
				rows = append(rows, []string{oneLine(s.ID), oneLine(s.Name), oneLine(s.Endpoint), oneLine(s.Issuer)})
			}
			return columns.Write(c.stdout, "", columnGap, rows)
		}),
	}
}

func (c connectionCommands) save(ctx context.Context, core app.Core, def connection.Definition) error {
	id, err := core.SaveConnection(ctx, def)
	var field *connection.FieldError
	if errors.As(err, &field) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(c.stdout, id)
	return err
}

func (c connectionCommands) importFile() *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use: "import FILE", Args: arguments(1, 1),
		Example: "daypass connection import lake.daypass\ndaypass connection import ~/.config/rclone/rclone.conf --entry lake",
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		def, foreign, err := readConnection(cmd.Context(), args[0], cmd.InOrStdin())
		if err != nil {
			return err
		}
		if len(foreign) > 0 {
			return c.importForeign(cmd, foreign, o)
		}
		return c.importDefinition(cmd, def, o.yes)
	}
	o.add(cmd.Flags())
	return cmd
}

// importDefinition adds a connection that somebody else wrote, once the user has seen what is in it.
func (c connectionCommands) importDefinition(cmd *cobra.Command, def connection.Definition, yes bool) error {
	c.say(summaryText(def))
	core, err := c.core(cmd.Context())
	if err != nil {
		return err
	}
	if _, err := c.warnOfExposure(cmd.Context(), core, def); err != nil {
		return err
	}
	if !yes {
		if err := c.confirm(cmd.InOrStdin(), messages.Text("cli.import.confirm")); err != nil {
			return err
		}
	}
	if def.Name, err = c.freeName(cmd.Context(), core, def.Name); err != nil {
		return err
	}
	return c.save(cmd.Context(), core, def)
}

// freeName returns the name under which a connection of somebody else is added: with a number where one of
// the user's own is found by it already.
func (c connectionCommands) freeName(ctx context.Context, core app.Core, name string) (string, error) {
	snapshot, err := current(ctx, core)
	if err != nil {
		return "", err
	}
	var own []connection.Definition
	for _, s := range snapshot.Sessions {
		own = append(own, connection.Definition{ID: s.ID, Name: s.Name})
	}
	free := connection.FreeName(name, own)
	if free != name {
		c.say(messages.Text("cli.import.renamed", messages.Args{"Name": name, "NewName": free}))
	}
	return free, nil
}

// readConnection returns the connection of a link, of a company's domain or of a file, or the servers in a file of another
// program.
func readConnection(ctx context.Context, path string, stdin io.Reader) (connection.Definition, []importers.Candidate, error) {
	if strings.HasPrefix(path, "https://") || strings.HasPrefix(path, "http://") {
		def, err := setup.Invitation(ctx, path, setup.Options{})
		return def, nil, err
	}
	if connection.IsLink(path) {
		def, err := connection.ParseLink(path)
		return def, nil, err
	}
	if path == "-" {
		return parseConnection(stdin)
	}
	def, err := connection.ReadFile(path)
	if err == nil {
		return def, nil, nil
	}
	foreign, foreignErr := importers.ReadFile(path)
	if err = importers.Explain(err, foreignErr); err != nil {
		return def, nil, &shownError{messages.Text("cli.error.import", messages.Args{"File": path, "Error": errorText(err)}), err}
	}
	return def, foreign, nil
}

// parseConnection is readConnection for what comes by standard input.
func parseConnection(stdin io.Reader) (connection.Definition, []importers.Candidate, error) {
	text, err := io.ReadAll(io.LimitReader(stdin, importers.MaxFileSize+1))
	if err != nil {
		return connection.Definition{}, nil, err
	}
	if connection.IsLink(string(text)) {
		def, err := connection.ParseLink(string(text))
		return def, nil, err
	}
	def, err := connection.Parse(text)
	if err == nil {
		return def, nil, nil
	}
	foreign, foreignErr := importers.Parse(text)
	return def, foreign, importers.Explain(err, foreignErr)
}

// summaryText is what a user must know of a connection that somebody else wrote.
func summaryText(def connection.Definition) string {
	s := def.Summary()
	var b strings.Builder
	b.WriteString(messages.Text("cli.summary.title", messages.Args{"Name": oneLine(s.Name)}) + "\n")
	var rows [][]string
	line := func(label, value string) { rows = append(rows, []string{label, oneLine(value)}) }
	line(messages.Text("cli.summary.provider"), s.ProviderHost)
	line(messages.Text("cli.summary.client"), def.Provider.ClientID)
	line(messages.Text("cli.summary.server"), s.ServerHost)
	if s.STSHost != s.ServerHost {
		line(messages.Text("cli.summary.sts"), s.STSHost)
	}
	if s.CAFile != "" {
		line(messages.Text("cli.summary.ca-file"), s.CAFile)
	}
	for _, d := range def.Details() {
		if d.Field != "sts_endpoint" && d.Field != "ca_file" { // which the lines above have
			line(d.Label, d.Value)
		}
	}
	_ = columns.Write(&b, "  ", columnGap, rows) // a strings.Builder takes everything
	return strings.TrimRight(b.String(), "\n")
}

// warnOfExposure prints whose sign-in a connection would send to another server, and reports whether it did.
func (c connectionCommands) warnOfExposure(ctx context.Context, core app.Core, def connection.Definition) (bool, error) {
	snapshot, err := current(ctx, core)
	if err != nil {
		return false, err
	}
	known, err := app.Definitions(ctx, core, snapshot.Sessions)
	if err != nil {
		return false, err
	}
	warning := def.Normalized().Exposure(known)
	if warning != "" {
		c.say(warning)
	}
	return warning != "", nil
}

// confirm asks the user. It fails where there is no terminal to ask on.
func (p *program) confirm(stdin io.Reader, question string) error {
	nobody := usageError{errors.New(messages.Text("cli.usage.needs-yes"))}
	if !isTerminal(stdin) {
		return nobody
	}
	fmt.Fprint(p.stderr, messages.Text("cli.question.confirm", messages.Args{"Question": safetext.Text(question)})+" ")
	answer, err := bufio.NewReader(stdin).ReadString('\n')
	if errors.Is(err, io.EOF) {
		return nobody // /dev/null, or a terminal that was closed
	}
	if !isYes(answer) {
		return errors.New(messages.Text("cli.error.nothing-changed"))
	}
	return nil
}

// isYes reports whether an answer is a yes, in English or in the language of this process.
func isYes(answer string) bool {
	yes := append(strings.Fields(messages.Text("cli.question.yes")), "y", "yes")
	return slices.Contains(yes, strings.ToLower(strings.TrimSpace(answer)))
}

func isTerminal(in io.Reader) bool {
	file, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (c connectionCommands) remove() *cobra.Command {
	cmd := &cobra.Command{
		Use: "remove NAME", Args: arguments(1, 1),
		RunE: c.withCore(func(ctx context.Context, core app.Core, args []string) error {
			id, err := c.idOf(ctx, core, args[0])
			if err != nil {
				return err
			}
			ctx, cancel := context.WithTimeout(ctx, removeTimeout)
			defer cancel()
			return core.RemoveConnection(ctx, id)
		}),
	}
	completeNames(cmd)
	return cmd
}

// removeTimeout is how long the agent may take to remove a connection.
const removeTimeout = 10 * time.Second
