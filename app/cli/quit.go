package cli

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"

	"daypass/app/agent"
	"daypass/app/messages"
)

// transfersTimeout is how long the agent may take to say which transfers run.
const transfersTimeout = 2 * time.Second

func (p *program) quitCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "quit", Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := p.mayQuit(cmd.Context(), cmd.InOrStdin(), yes); err != nil {
				return err
			}
			err := agent.Quit(cmd.Context())
			if errors.Is(err, agent.ErrNotRunning) {
				p.say(messages.Text("cli.error.agent-not-running"))
				return nil
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "")
	return cmd
}

// mayQuit reports which transfers would stop, and asks. Where nobody can be asked, nothing is quit without --yes.
func (p *program) mayQuit(ctx context.Context, stdin io.Reader, yes bool) error {
	moving := movingTransfers(ctx)
	if moving == 0 {
		return nil
	}
	p.say(messages.Plural("cli.quit.transfers", moving))
	if yes {
		return nil
	}
	return p.confirm(stdin, messages.Text("cli.quit.confirm"))
}

// movingTransfers counts the transfers that are running; none where no agent says so in time.
func movingTransfers(ctx context.Context) int {
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
