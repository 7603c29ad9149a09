package cli

import (
	"context"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/agent"
	"daypass/app/location"
)

func (p *program) openCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "open [NAME [LOCATION]]", Args: arguments(0, 2),
		Example: "daypass open\ndaypass open lake s3://measurements/2026/",
		RunE: p.withCore(func(ctx context.Context, core app.Core, args []string) error {
			target, err := p.windowTarget(ctx, core, args)
			if err != nil {
				return err
			}
			return agent.OpenWindow(ctx, core, target)
		}),
	}
	completeNames(cmd)
	return cmd
}

// windowTarget returns what the window is to show: a connection and a location in it, each where it is named.
func (p *program) windowTarget(ctx context.Context, core app.Core, args []string) (target app.WindowTarget, err error) {
	if len(args) == 0 {
		return target, nil
	}
	if target.Connection, err = p.idOf(ctx, core, args[0]); err != nil || len(args) == 1 {
		return target, err
	}
	at, err := location.ParseFolder(args[1])
	if err != nil {
		return target, usageError{err}
	}
	target.Location = at.URL()
	return target, nil
}
