package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/connection"
)

func (c connectionCommands) export() *cobra.Command {
	var link bool
	cmd := &cobra.Command{
		Use: "export NAME", Args: arguments(1, 1),
		RunE: c.withDefinition(func(_ context.Context, _ app.Core, def connection.Definition) error {
			if link {
				_, err := fmt.Fprintln(c.stdout, def.Link())
				return err
			}
			_, err := c.stdout.Write(def.Shared().Format())
			return err
		}),
	}
	cmd.Flags().BoolVar(&link, "link", false, "")
	completeNames(cmd)
	return cmd
}

func (c connectionCommands) duplicate() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use: "duplicate NAME", Args: arguments(1, 1),
		RunE: c.withDefinition(func(ctx context.Context, core app.Core, def connection.Definition) (err error) {
			def.ID = ""
			if name != "" {
				def.Name = name
			} else if def.Name, err = c.freeName(ctx, core, def.Name); err != nil {
				return err
			}
			return c.save(ctx, core, def)
		}),
	}
	cmd.Flags().StringVar(&name, "name", "", "")
	completeNames(cmd)
	return cmd
}

// withDefinition runs a command that is about the connection that its argument names.
func (c connectionCommands) withDefinition(do func(context.Context, app.Core, connection.Definition) error) func(*cobra.Command, []string) error {
	return c.withCore(func(ctx context.Context, core app.Core, args []string) error {
		id, err := c.idOf(ctx, core, args[0])
		if err != nil {
			return err
		}
		def, err := core.Connection(ctx, id)
		if err != nil {
			return err
		}
		return do(ctx, core, def)
	})
}
