package cli

import (
	"context"
	"encoding/json"
	"time"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/columns"
	"daypass/app/messages"
	"daypass/app/status"
)

func (p *program) statusCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "status", Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			core, err := p.core(cmd.Context())
			if err != nil {
				return err
			}
			return p.status(cmd.Context(), core, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "")
	return cmd
}

func (p *program) status(ctx context.Context, core app.Core, asJSON bool) error {
	snapshot, err := current(ctx, core)
	if err != nil {
		return err
	}
	if asJSON {
		out := json.NewEncoder(p.stdout)
		out.SetIndent("", "  ")
		return out.Encode(snapshot)
	}
	return p.table(snapshot, time.Now())
}

// current returns the snapshot of this moment.
func current(ctx context.Context, core app.Core) (app.Snapshot, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	snapshot, open := <-core.Watch(ctx)
	if !open {
		return snapshot, ended(ctx)
	}
	return snapshot, nil
}

// ended says why a watch has ended.
func ended(ctx context.Context) error {
	if ctx.Err() != nil {
		return errInterrupted
	}
	return app.ErrStopped
}

// table prints one line a session, and what is wrong as words.
func (p *program) table(snapshot app.Snapshot, now time.Time) error {
	var rows [][]string
	if len(snapshot.Sessions) > 0 {
		rows = append(rows, heading("cli.table.name", "cli.table.state", "cli.table.user", "cli.table.time-left", "cli.table.id"))
	}
	for _, s := range snapshot.Sessions {
		who := oneLine(s.Identity)
		if who == "" {
			who = "-"
		}
		rows = append(rows, []string{oneLine(s.Name), status.Of(s, now).Label(), who, timeLeft(s, now), oneLine(s.ID)})
	}
	if err := columns.Write(p.stdout, "", columnGap, rows); err != nil {
		return err
	}
	if len(snapshot.Sessions) == 0 {
		p.say(messages.Text("cli.status.none"))
	}
	for _, problem := range snapshot.Problems {
		p.say("\n" + problemText(problem))
	}
	for _, s := range snapshot.Sessions {
		if s.Problem != nil {
			p.say("\n" + messages.Text("cli.problem.connection", messages.Args{"Connection": s.Name, "Problem": problemText(*s.Problem)}))
		}
	}
	return nil
}
