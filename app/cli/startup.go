package cli

import (
	"os"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"daypass/app/agent"
	"daypass/app/autostart"
	"daypass/app/stablepath"
)

func (p *program) startCommand() *cobra.Command {
	return &cobra.Command{
		Use: agent.StartCommand, Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := p.core(cmd.Context())
			return err
		},
	}
}

// startAtLogin has the system start the agent at login, or no longer, by a path that outlives an update.
func startAtLogin(on bool) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	args := []string{agent.Command}
	if window, err := agent.FindWindowBinary(); err == nil && runtime.GOOS == "windows" {
		program, args = window, []string{agent.StartCommand}
	}
	command := slices.Concat(stablepath.System().Find(program), args)
	return autostart.Entry{Program: command[0], Args: command[1:]}.Set(on)
}
