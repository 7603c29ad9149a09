package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/columns"
	"daypass/app/messages"
	"daypass/app/tools"
)

// gatewayCommands are the commands below “daypass gateway”.
type gatewayCommands struct{ *program }

func (p *program) gatewayCommand() *cobra.Command {
	g := gatewayCommands{p}
	cmd := &cobra.Command{
		Use: "gateway", Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(g.add(), g.list(), g.pause("pause", true), g.pause("resume", false), g.revoke())
	return cmd
}

func (g gatewayCommands) add() *cobra.Command {
	var n narrowing
	var tool string
	cmd := &cobra.Command{
		Use: "add NAME", Args: arguments(1, 1),
		Example: "daypass gateway add lake --tool kopia\n" +
			"daypass gateway add lake --tool s3cmd --only measurements/2026/",
		RunE: func(cmd *cobra.Command, args []string) error {
			scope, err := n.scope()
			if err != nil {
				return err
			}
			return g.withCore(func(ctx context.Context, core app.Core, args []string) error {
				return g.addPair(ctx, core, args[0], clients.NewClient{Name: tool, Scope: scope})
			})(cmd, args)
		},
	}
	cmd.Flags().StringVar(&tool, "tool", "", "")
	n.addFlags(cmd)
	completeNames(cmd)
	return cmd
}

// addPair makes a key pair for a program and prints it.
func (g gatewayCommands) addPair(ctx context.Context, core app.Core, name string, n clients.NewClient) error {
	if err := g.showPolicy(n.Scope); err != nil {
		return err
	}
	id, err := g.idOf(ctx, core, name)
	if err != nil {
		return err
	}
	pair, err := core.AddGateway(ctx, id, n)
	if err != nil {
		return clientError(name, err)
	}
	return g.printPair(pair)
}

// printPair prints a key pair as lines that a shell and a file of environment variables both read.
func (g gatewayCommands) printPair(pair clients.KeyPair) error {
	for _, v := range []tools.Variable{
		{Name: "AWS_ENDPOINT_URL", Value: pair.Endpoint},
		{Name: "AWS_REGION", Value: pair.Region},
		{Name: "AWS_ACCESS_KEY_ID", Value: pair.AccessKeyID},
		{Name: "AWS_SECRET_ACCESS_KEY", Value: pair.SecretAccessKey.Reveal()},
	} {
		if _, err := fmt.Fprintf(g.stdout, "%s=%s\n", v.Name, v.Value); err != nil {
			return err
		}
	}
	g.say(messages.Text("cli.gateway.added", messages.Args{"ID": pair.Client}))
	return nil
}

func (g gatewayCommands) list() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list [NAME]", Args: arguments(0, 1),
		RunE: g.withCore(func(ctx context.Context, core app.Core, args []string) error {
			list, err := g.pairs(ctx, core, args)
			if err != nil {
				return err
			}
			if asJSON {
				out := json.NewEncoder(g.stdout)
				out.SetIndent("", "  ")
				return out.Encode(list)
			}
			return g.table(list)
		}),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "")
	completeNames(cmd)
	return cmd
}

// pairs returns the clients of the gateway: those of one connection where it is named, else all.
func (g gatewayCommands) pairs(ctx context.Context, core app.Core, names []string) ([]clients.Client, error) {
	snapshot, err := current(ctx, core)
	if err != nil {
		return nil, err
	}
	sessions := snapshot.Sessions
	if len(names) > 0 {
		s, err := find(snapshot, names[0])
		if err != nil {
			return nil, err
		}
		sessions = []app.Session{s}
	}
	all := []clients.Client{}
	for _, s := range sessions {
		list, err := core.Clients(ctx, s.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, slices.DeleteFunc(list, func(c clients.Client) bool { return !c.Gateway })...)
	}
	slices.SortFunc(all, func(a, b clients.Client) int { return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.ID, b.ID)) })
	return all, nil
}

func (g gatewayCommands) table(list []clients.Client) error {
	if len(list) == 0 {
		g.say(messages.Text("cli.gateway.none"))
		return nil
	}
	rows := [][]string{heading("cli.table.id", "cli.table.tool", "cli.table.connection", "cli.table.state", "cli.table.requests", "cli.table.sent", "cli.table.received")}
	size := messages.Current().Format()
	for _, c := range list {
		state := "cli.gateway.active"
		if c.Paused {
			state = "cli.gateway.paused"
		}
		rows = append(rows, []string{
			oneLine(c.ID), oneLine(clients.ShownName(c.Name)), oneLine(c.Connection), messages.Text(state), size.Number(c.Fetches), size.Bytes(c.Sent), size.Bytes(c.Received),
		})
	}
	return columns.Write(g.stdout, "", columnGap, rows)
}

func (g gatewayCommands) pause(name string, paused bool) *cobra.Command {
	return &cobra.Command{
		Use: name + " ID", Args: arguments(1, 1),
		RunE: g.withPair(func(ctx context.Context, core app.Core, id string) error { return core.PauseClient(ctx, id, paused) }),
	}
}

func (g gatewayCommands) revoke() *cobra.Command {
	return &cobra.Command{
		Use: "revoke ID", Args: arguments(1, 1),
		RunE: g.withPair(func(ctx context.Context, core app.Core, id string) error { return core.RevokeClient(ctx, id) }),
	}
}

// withPair runs a command on the key pair with an ID, and on no other client.
func (g gatewayCommands) withPair(do func(ctx context.Context, core app.Core, id string) error) func(*cobra.Command, []string) error {
	return g.withCore(func(ctx context.Context, core app.Core, args []string) error {
		list, err := g.pairs(ctx, core, nil)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(list, func(c clients.Client) bool { return c.ID == args[0] }) {
			return &nameError{messages.Text("cli.error.gateway-unknown", messages.Args{"ID": args[0]})}
		}
		return do(ctx, core, args[0])
	})
}
