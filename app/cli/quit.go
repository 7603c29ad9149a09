package cli

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"

	"daypass/app/agent"
)

// transfersTimeout is how long the agent may take to say which transfers run.
const transfersTimeout = 2 * time.Second

func (p *program) quitCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "quit", Short: "End the agent and the window; stored sessions come back when it starts again", Args: usage(cobra.NoArgs),
		Long: "End the agent, and the window with it. Stored sessions come back when it starts again, and transfers go on then.\n" +
			"Where transfers are running, it says so and asks first. Where nobody can be asked, as in a script, it needs --yes then.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := p.mayQuit(cmd.Context(), cmd.InOrStdin(), yes); err != nil {
				return err
			}
			err := agent.Quit(cmd.Context())
			if errors.Is(err, agent.ErrNotRunning) {
				p.say("The agent is not running.")
				return nil
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

// mayQuit says which transfers would stop, and asks. Where nobody can be asked, nothing is quit without --yes.
func (p *program) mayQuit(ctx context.Context, stdin io.Reader, yes bool) error {
	moving := p.moving(ctx)
	if moving == 0 {
		return nil
	}
	p.say("%s", movingText(moving))
	if yes {
		return nil
	}
	return p.confirm(stdin, "Quit all the same?")
}

func movingText(moving int) string {
	if moving == 1 {
		return "A transfer is running. It stops now and continues when Daypass starts again."
	}
	return formatter().Number(moving) + " transfers are running. They stop now and continue when Daypass starts again."
}

// moving counts the transfers that are running; none where no agent says so in time.
func (p *program) moving(ctx context.Context) int {
	ctx, cancel := context.WithTimeout(ctx, transfersTimeout)
	defer cancel()
	core, err := agent.Dial(ctx)
	if err != nil {
		return 0
	}
	defer core.Close()
	list := <-core.WatchTransfers(ctx)
	return list.Moving()
}
