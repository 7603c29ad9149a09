package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"daypass/app/agent"
	"daypass/app/agent/quick"
	"daypass/app/tools"
	"daypass/app/tools/install"
)

func (p *program) credsCommand() *cobra.Command {
	var format, message string
	cmd := &cobra.Command{
		Use: "creds NAME", Short: "Print the keys of this moment", Args: usage(cobra.ExactArgs(1)),
		Long: "Print the keys of this moment, for another program. Without --format it is what the AWS tools expect of\n" +
			"a credential_process. Nothing waits for a person: signed out, it fails at once with exit code 4.\n" +
			"It starts no agent: cron jobs and services would leave one behind that has neither keyring nor screen.\n\n" +
			"Formats: " + strings.Join(tools.Formats(), ", ") + ".",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := agent.ErrorFrom([]byte(message)); message != "" && err != nil {
				return credsError(args[0], err)
			}
			return p.creds(cmd, args[0], format)
		},
	}
	cmd.Flags().StringVar(&message, "refusal", "", "what the agent answered to daypass-creds, to be put into words")
	_ = cmd.Flags().MarkHidden("refusal")
	cmd.Flags().StringVar(&format, "format", "process", "how to write them: "+strings.Join(tools.Formats(), ", "))
	completeNames(cmd)
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(tools.Formats(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (p *program) envCommand() *cobra.Command {
	var shell string
	cmd := &cobra.Command{
		Use: "env NAME", Short: "Print the keys of this moment as environment variables", Args: usage(cobra.ExactArgs(1)),
		Long: "Print commands that put the keys of this moment into the environment:\n\n" +
			"  eval \"$(daypass env NAME)\"                                      sh, bash, zsh\n" +
			"  daypass env NAME --shell fish | source                          fish\n" +
			"  daypass env NAME --shell powershell | Out-String | Invoke-Expression\n\n" +
			"They do not renew themselves; daypass exec gives a program keys that do.",
		RunE: func(cmd *cobra.Command, args []string) error {
			format := tools.ShellNamed(shell)
			if format == "" {
				return usageError{fmt.Errorf("--shell is one of %s", strings.Join(tools.ShellNames(), ", "))}
			}
			return p.creds(cmd, args[0], format)
		},
	}
	cmd.Flags().StringVar(&shell, "shell", "sh", "whose commands: sh, fish or powershell")
	completeNames(cmd)
	return cmd
}

// dial connects to the agent that runs, for commands that start none.
func dial(ctx context.Context) (*agent.Client, error) {
	core, err := agent.Dial(ctx)
	if errors.Is(err, agent.ErrNotRunning) {
		return nil, fmt.Errorf("%w: open Daypass, or run daypass start", err)
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
	text, err := tools.Encode(format, access, tools.CredsCommand(install.CredsProgram(self), access.Connection))
	if err != nil {
		return usageError{err}
	}
	_, err = p.stdout.Write(text)
	return err
}
