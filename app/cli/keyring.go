package cli

import (
	"os"

	"github.com/gofrs/flock"
	"github.com/spf13/cobra"

	"daypass/app/agent"
	"daypass/app/connection"
	"daypass/app/harden"
	"daypass/app/vault"
)

// keyringName is the command, below that of the agent, by which the agent has a child of its own ask
// the system's keyring.
const keyringName = "keyring"

func (p *program) keyringCommand() *cobra.Command {
	return &cobra.Command{
		Use: keyringName, Hidden: true, Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			harden.Process()
			return vault.ServeKeyring(cmd.InOrStdin(), p.stdout)
		},
	}
}

// openVault returns the vault of the stored sessions, whose lock the agent has. Nothing is read yet.
func openVault(lock *flock.Flock) (*vault.Vault, error) {
	dir, err := connection.StateDir()
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	account := "vault"
	if os.Getenv(connection.StateDirVariable)+os.Getenv(connection.ConfigDirVariable) != "" {
		account += " " + dir // another folder is another vault, with a key of its own
	}
	v := vault.New(dir, vault.Process{Command: []string{self, agent.Command, keyringName}}, account)
	v.UseLock(lock)
	return v, nil
}
