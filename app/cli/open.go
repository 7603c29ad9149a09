package cli

import (
	"github.com/spf13/cobra"

	"daypass/app/agent"
)

func (p *program) openCommand() *cobra.Command {
	return &cobra.Command{
		Use: "open", Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			core, err := p.core(cmd.Context())
			if err != nil {
				return err
			}
			return agent.OpenWindow(cmd.Context(), core)
		},
	}
}
