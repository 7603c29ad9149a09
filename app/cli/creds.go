package cli

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"daypass/app/agent"
	"daypass/app/agent/quick"
	"daypass/app/messages"
	"daypass/app/tools"
	"daypass/app/tools/install"
)

func (p *program) credsCommand() *cobra.Command {
	var format, message string
	cmd := &cobra.Command{
		Use: "creds NAME", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := agent.ErrorFrom([]byte(message)); message != "" && err != nil {
				return credsError(args[0], err)
			}
			return p.creds(cmd, args[0], format)
		},
	}
	cmd.Flags().StringVar(&message, "refusal", "", "")
	_ = cmd.Flags().MarkHidden("refusal")
	cmd.Flags().StringVar(&format, "format", "process", "")
	completeNames(cmd)
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(tools.Formats(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (p *program) envCommand() *cobra.Command {
	var shell string
	cmd := &cobra.Command{
		Use: "env NAME", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			format := tools.ShellNamed(shell)
			if format == "" {
				return usageError{errors.New(messages.Text("cli.usage.shell", messages.Args{"Shells": formatter().Names(tools.ShellNames())}))}
			}
			return p.creds(cmd, args[0], format)
		},
	}
	cmd.Flags().StringVar(&shell, "shell", "sh", "")
	completeNames(cmd)
	return cmd
}

// dial connects to the agent that runs, for commands that start none.
func dial(ctx context.Context) (*agent.Client, error) {
	core, err := agent.Dial(ctx)
	if errors.Is(err, agent.ErrNotRunning) {
		return nil, &shownError{messages.Text("cli.error.agent-missing"), err}
	}
	return core, err
}

func (p *program) creds(cmd *cobra.Command, name, format string) error {
	core, err := dial(cmd.Context())
	if err != nil {
		return err
	}
	access, err := core.ToolCredentials(cmd.Context(), name, quick.Caller())
	if err != nil {
		return credsError(name, err)
	}
	self, err := ownProgram()
	if err != nil {
		return err
	}
	text, err := encode(format, access, tools.CredsCommand(install.CredsProgram(self), access.Connection))
	if errors.Is(err, tools.ErrNoFormat) {
		return usageError{errors.New(messages.Text("cli.usage.format", messages.Args{"Format": format, "Formats": formatter().Names(tools.Formats())}))}
	}
	if err != nil {
		return usageError{err}
	}
	_, err = p.stdout.Write(text)
	return err
}

// encode writes the credentials in a format. What is for a shell clears what this command has inherited of it too.
func encode(format string, access tools.Access, command tools.Command) ([]byte, error) {
	if tools.Find(format).Shell != nil {
		return tools.ShellLines(format, access.Environment(), tools.Misleading(os.Environ())...)
	}
	return tools.Encode(format, access, command)
}
