package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/columns"
	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/setup"
)

// update takes over the changes that a company has published of a connection.
func (c connectionCommands) update() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{Use: "update NAME", Args: arguments(1, 1)}
	cmd.RunE = c.withDefinition(func(ctx context.Context, core app.Core, def connection.Definition) error {
		return c.takeOver(ctx, core, def, func() error {
			if yes {
				return nil
			}
			return c.confirm(cmd.InOrStdin(), messages.Text("cli.update.confirm"))
		})
	})
	cmd.Flags().BoolVar(&yes, "yes", false, "")
	completeNames(cmd)
	return cmd
}

// takeOver saves what is published of a connection, once the user has seen what changes and confirms it.
func (c connectionCommands) takeOver(ctx context.Context, core app.Core, def connection.Definition, confirm func() error) error {
	if def.Source == "" {
		return errors.New(messages.Text("cli.error.update-source", messages.Args{"Connection": def.Name}))
	}
	published, err := setup.Invitation(ctx, def.Source, setup.Options{CAFile: def.CAFile})
	if err != nil {
		return err
	}
	updated := def.Updated(published)
	changes := updated.Differences(def)
	if len(changes) == 0 {
		c.say(messages.Text("cli.update.none", messages.Args{"Connection": def.Name}))
		return nil
	}
	c.say(changesText(changes))
	if _, err := c.warnOfExposure(ctx, core, updated); err != nil {
		return err
	}
	if err := confirm(); err != nil {
		return err
	}
	return c.save(ctx, core, updated)
}

// changesText is what changes of a connection, a line for each setting.
func changesText(changes []connection.Difference) string {
	var rows [][]string
	for _, d := range changes {
		rows = append(rows, []string{d.Label, oneLine(fmt.Sprintf("%s -> %s", d.Before, d.After))})
	}
	var b strings.Builder
	_ = columns.Write(&b, "", columnGap, rows) // a strings.Builder takes everything
	return strings.TrimRight(b.String(), "\n")
}
