package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/connection"
	"daypass/auth/secret"
)

// connectionCommands are the commands below “daypass connection”.
type connectionCommands struct{ *program }

func (p *program) connectionCommand() *cobra.Command {
	c := connectionCommands{p}
	cmd := &cobra.Command{
		Use: "connection", Short: "List, add, import, export and remove connections", Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.list(), c.add(), c.importFile(), c.export(), c.remove())
	return cmd
}

// withCore runs a command that needs the agent.
func (p *program) withCore(do func(ctx context.Context, core app.Core, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		core, err := p.core(cmd.Context())
		if err != nil {
			return err
		}
		return do(cmd.Context(), core, args)
	}
}

func (c connectionCommands) list() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the connections", Args: usage(cobra.NoArgs),
		RunE: c.withCore(func(ctx context.Context, core app.Core, _ []string) error {
			snapshot, err := current(ctx, core)
			if err != nil {
				return err
			}
			out := tabwriter.NewWriter(c.stdout, 0, 0, 3, ' ', 0)
			if len(snapshot.Sessions) > 0 {
				fmt.Fprintln(out, "ID\tNAME\tSERVER\tLOGIN")
			}
			for _, s := range snapshot.Sessions {
				fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", oneLine(s.ID), oneLine(s.Name), oneLine(s.Endpoint), oneLine(s.Issuer))
			}
			return out.Flush()
		}),
	}
}

func (c connectionCommands) add() *cobra.Command {
	var def connection.Definition
	var clientSecret string
	var yes bool
	cmd := &cobra.Command{
		Use: "add", Short: "Add a connection", Args: usage(cobra.NoArgs),
		Long: "Add a connection, and print its ID. What the flags do not cover can be written in a file and imported.\n" +
			"It asks first where the login of another connection would be given to another server.",
		Example: "  daypass connection add --name 'Research lake' --endpoint https://minio.example:9000 \\\n" +
			"      --issuer https://login.example --client-id desktop-app",
	}
	cmd.RunE = c.withCore(func(ctx context.Context, core app.Core, _ []string) error {
		def.Provider.ClientSecret = secret.New(clientSecret)
		def.Endpoint, def.STSEndpoint, def.Provider.Issuer = connection.Address(def.Endpoint), connection.Address(def.STSEndpoint), connection.Address(def.Provider.Issuer)
		def.Provider.Scopes = connection.Scopes(strings.Join(def.Provider.Scopes, " "))
		warned, err := c.warnOfExposure(ctx, core, def)
		if err == nil && warned && !yes {
			err = c.confirm(cmd.InOrStdin(), "Add it?")
		}
		if err != nil {
			return err
		}
		return c.save(ctx, core, def)
	})
	f := cmd.Flags()
	f.BoolVar(&yes, "yes", false, "do not ask")
	f.StringVar(&def.Name, "name", "", "what to call it")
	f.StringVar(&def.Endpoint, "endpoint", "", "address of the storage server")
	f.StringVar(&def.STSEndpoint, "sts-endpoint", "", "address of the STS service, where it is another")
	f.StringVar(&def.Region, "region", "", "region of the storage server, where it has one")
	f.StringVar(&def.CAFile, "ca-file", "", "file of a certificate authority to trust besides the system's")
	f.StringVar(&def.Provider.Issuer, "issuer", "", "address of the login")
	f.StringVar(&def.Provider.ClientID, "client-id", "", "client that is registered for Daypass at the login")
	f.StringVar(&clientSecret, "client-secret", "", "public secret that some logins give out with a desktop client")
	f.StringSliceVar(&def.Provider.Scopes, "scopes", nil, "scopes to ask for, such as openid,profile,email,groups")
	f.BoolVar(&def.Provider.StaySignedIn, "stay-signed-in", true, "ask for a refresh token, so that the keys renew themselves")
	f.DurationVar(&def.Keys.Duration, "duration", 0, "life of the keys to ask for, such as 1h")
	f.StringVar(&def.Keys.RoleARN, "role-arn", "", "role to take; derive computes MinIO's")
	return cmd
}

func (c connectionCommands) save(ctx context.Context, core app.Core, def connection.Definition) error {
	id, err := core.SaveConnection(ctx, def)
	var field *connection.FieldError
	if errors.As(err, &field) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(c.stdout, id)
	return err
}

func (c connectionCommands) importFile() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "import FILE", Short: "Add a connection from a file that somebody sent", Args: usage(cobra.ExactArgs(1)),
		Long: "Add a connection from a .daypass file, - for standard input. It shows whom the file would have you sign in\n" +
			"at and which server gets what comes of that, and asks before anything is added. Nothing is contacted.",
		RunE: func(cmd *cobra.Command, args []string) error {
			def, err := readConnection(args[0], cmd.InOrStdin())
			if err != nil {
				return err
			}
			c.say("%s", summaryText(def))
			core, err := c.core(cmd.Context())
			if err != nil {
				return err
			}
			if _, err := c.warnOfExposure(cmd.Context(), core, def); err != nil {
				return err
			}
			if !yes {
				if err := c.confirm(cmd.InOrStdin(), "Add it?"); err != nil {
					return err
				}
			}
			if def.Name, err = c.freeName(cmd.Context(), core, def.Name); err != nil {
				return err
			}
			return c.save(cmd.Context(), core, def)
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

// freeName returns the name under which a connection of somebody else is added: with a number where one of
// the user's own is found by it already.
func (c connectionCommands) freeName(ctx context.Context, core app.Core, name string) (string, error) {
	snapshot, err := current(ctx, core)
	if err != nil {
		return "", err
	}
	var own []connection.Definition
	for _, s := range snapshot.Sessions {
		own = append(own, connection.Definition{ID: s.ID, Name: s.Name})
	}
	free := connection.FreeName(name, own)
	if free != name {
		c.say("You have a connection called %s already, so this one is called %s.", name, free)
	}
	return free, nil
}

func readConnection(path string, stdin io.Reader) (connection.Definition, error) {
	if path != "-" {
		def, err := connection.ReadFile(path)
		if err != nil {
			return def, fmt.Errorf("%s cannot be imported: %w", path, err)
		}
		return def, nil
	}
	text, err := io.ReadAll(io.LimitReader(stdin, connection.MaxFileSize+1))
	if err != nil {
		return connection.Definition{}, err
	}
	return connection.Parse(text)
}

// summaryText is what a user must know of a connection that somebody else wrote.
func summaryText(def connection.Definition) string {
	s := def.Summary()
	lines := []string{
		"Connection " + s.Name,
		"  you would sign in at   " + s.ProviderHost,
		"  as the client          " + def.Provider.ClientID,
		"  your files are at      " + s.ServerHost,
	}
	if s.STSHost != s.ServerHost {
		lines = append(lines, "  keys come from         "+s.STSHost)
	}
	if s.CAFile != "" {
		lines = append(lines, "  it would also trust    "+s.CAFile)
	}
	for _, d := range def.Details() {
		if d.Field != "sts_endpoint" && d.Field != "ca_file" { // which the lines above have
			lines = append(lines, fmt.Sprintf("  %-22s %s", strings.ToLower(d.Label[:1])+d.Label[1:], d.Value))
		}
	}
	return strings.Join(lines, "\n")
}

// warnOfExposure says whose sign-in a connection would send to another server, and reports whether it did.
func (c connectionCommands) warnOfExposure(ctx context.Context, core app.Core, def connection.Definition) (bool, error) {
	snapshot, err := current(ctx, core)
	if err != nil {
		return false, err
	}
	known, err := app.Definitions(ctx, core, snapshot.Sessions)
	if err != nil {
		return false, err
	}
	warning := def.Normalized().Exposure(known)
	if warning != "" {
		c.say("%s", warning)
	}
	return warning != "", nil
}

// confirm asks the user; where nobody can be asked, it says so.
func (p *program) confirm(stdin io.Reader, question string) error {
	nobody := usageError{errors.New("nobody can be asked here whether that is right: use --yes if it is")}
	if !isTerminal(stdin) {
		return nobody
	}
	fmt.Fprint(p.stderr, question+" [y/N] ")
	answer, err := bufio.NewReader(stdin).ReadString('\n')
	if errors.Is(err, io.EOF) {
		return nobody // /dev/null, or a terminal that was closed
	}
	if a := strings.ToLower(strings.TrimSpace(answer)); a != "y" && a != "yes" {
		return errors.New("nothing was changed")
	}
	return nil
}

func isTerminal(in io.Reader) bool {
	file, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (c connectionCommands) export() *cobra.Command {
	cmd := &cobra.Command{
		Use: "export NAME", Short: "Print a connection as a file for a colleague", Args: usage(cobra.ExactArgs(1)),
		RunE: c.withCore(func(ctx context.Context, core app.Core, args []string) error {
			id, err := c.idOf(ctx, core, args[0])
			if err != nil {
				return err
			}
			def, err := core.Connection(ctx, id)
			if err != nil {
				return err
			}
			_, err = c.stdout.Write(def.Format())
			return err
		}),
	}
	completeNames(cmd)
	return cmd
}

func (c connectionCommands) remove() *cobra.Command {
	cmd := &cobra.Command{
		Use: "remove NAME", Short: "Sign out and remove a connection", Args: usage(cobra.ExactArgs(1)),
		RunE: c.withCore(func(ctx context.Context, core app.Core, args []string) error {
			id, err := c.idOf(ctx, core, args[0])
			if err != nil {
				return err
			}
			ctx, cancel := context.WithTimeout(ctx, removeTimeout)
			defer cancel()
			return core.RemoveConnection(ctx, id)
		}),
	}
	completeNames(cmd)
	return cmd
}

// removeTimeout is how long the agent may take to remove a connection.
const removeTimeout = 10 * time.Second
