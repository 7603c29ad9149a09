package cli

import (
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"daypass/app/agent"
	"daypass/app/autostart"
)

func (p *program) startCommand() *cobra.Command {
	return &cobra.Command{
		Use: agent.StartCommand, Short: "Start the agent in the background", Args: usage(cobra.NoArgs),
		Long: "Start the agent in the background, where none runs. The other commands and the window do so by themselves.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := p.core(cmd.Context())
			return err
		},
	}
}

// startAtLogin has the system start the agent at login, or no longer.
func startAtLogin(on bool) error {
	entry := autostart.Entry{Args: []string{agent.Command}}
	var err error
	if entry.Program, err = os.Executable(); err != nil {
		return err
	}
	if window, err := agent.FindWindowBinary(); err == nil && runtime.GOOS == "windows" {
		entry = autostart.Entry{Program: window, Args: []string{agent.StartCommand}}
	}
	return entry.Set(on)
}
