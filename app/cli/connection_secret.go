package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/auth/secret"
)

// maxClientSecretSize bounds a client secret that comes by standard input, in bytes.
const maxClientSecretSize = 64 << 10

// secret sets the client secret of a connection, or removes it. It is no argument: those are seen by other users, and
// remain in the history of the shell.
func (c connectionCommands) secret() *cobra.Command {
	var remove bool
	cmd := &cobra.Command{
		Use: "secret NAME", Args: arguments(1, 1),
		Example: "daypass connection secret lake\npass show company/daypass | daypass connection secret lake",
	}
	cmd.RunE = c.withDefinition(func(ctx context.Context, core app.Core, def connection.Definition) (err error) {
		def.Provider.ClientSecret = secret.Secret{}
		if !remove {
			if def.Provider.ClientSecret, err = c.askClientSecret(cmd.InOrStdin(), def.Name); err != nil {
				return err
			}
		}
		return c.save(ctx, core, def)
	})
	cmd.Flags().BoolVar(&remove, "remove", false, "")
	completeNames(cmd)
	return cmd
}

// askClientSecret reads a client secret from a terminal, which does not show it, or from other input as it is but for the
// blanks around it.
func (c connectionCommands) askClientSecret(stdin io.Reader, name string) (secret.Secret, error) {
	text, err := c.readHidden(stdin, messages.Text("cli.question.client-secret", messages.Args{"Connection": oneLine(name)}))
	if err != nil {
		return secret.Secret{}, err
	}
	entered := secret.New(strings.TrimSpace(string(text)))
	clear(text)
	if entered.IsZero() {
		return entered, usageError{errors.New(messages.Text("cli.error.client-secret-missing"))}
	}
	return entered, nil
}

func (c connectionCommands) readHidden(stdin io.Reader, question string) ([]byte, error) {
	file, ok := stdin.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return io.ReadAll(io.LimitReader(stdin, maxClientSecretSize))
	}
	fmt.Fprint(c.stderr, question+" ")
	defer fmt.Fprintln(c.stderr)
	return term.ReadPassword(int(file.Fd()))
}
