package cli

import (
	"context"
	"encoding/json"
	"io"
	"os"

	"github.com/spf13/cobra"

	"daypass/app/doctor"
	"daypass/app/messages"
	"daypass/app/tools"
	"daypass/auth/safetext"
)

func (p *program) doctorCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "doctor [NAME]", Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error { return p.doctor(cmd.Context(), args, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "")
	completeNames(cmd)
	return cmd
}

func (p *program) doctor(ctx context.Context, names []string, asJSON bool) error {
	core, err := p.core(ctx)
	if err != nil {
		return err
	}
	sessions, err := sessionsNamed(ctx, core, names)
	if err != nil {
		return err
	}
	if len(sessions) == 0 {
		p.say(messages.Text("cli.status.none"))
	}
	for i, s := range sessions {
		report, err := core.Diagnose(ctx, s.ID)
		if err != nil {
			return err
		}
		if err := writeReport(p.stdout, ownMachine(ctx, s.ID, report), asJSON, i > 0); err != nil {
			return err
		}
	}
	return nil
}

// ownMachine looks at the environment of this command, which is the one that matters to anyone who
// runs it, and not at the agent's.
func ownMachine(ctx context.Context, id string, report doctor.Report) doctor.Report {
	_, paths, err := toolPaths()
	if err != nil {
		return report
	}
	return doctor.Machine{Getenv: os.Getenv, Paths: paths, Profile: tools.ProfileName(id)}.Check(ctx, report)
}

func writeReport(w io.Writer, report doctor.Report, asJSON, another bool) error {
	if asJSON {
		out := json.NewEncoder(w)
		out.SetIndent("", "  ")
		return out.Encode(report.Plain())
	}
	text := safetext.Text(report.Text())
	if another {
		text = "\n" + text
	}
	_, err := w.Write([]byte(text))
	return err
}
