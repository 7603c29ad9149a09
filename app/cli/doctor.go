package cli

import (
	"context"
	"encoding/json"
	"io"
	"os"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/doctor"
	"daypass/app/limits"
	"daypass/app/location"
	"daypass/app/messages"
	"daypass/app/tools"
	"daypass/auth/safetext"
)

func (p *program) doctorCommand() *cobra.Command {
	var asJSON bool
	var bucket string
	cmd := &cobra.Command{
		Use: "doctor [NAME]", Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error { return p.doctor(cmd.Context(), args, bucket, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "")
	cmd.Flags().StringVar(&bucket, "try-tools", "", "")
	completeNames(cmd)
	return cmd
}

func (p *program) doctor(ctx context.Context, names []string, bucket string, asJSON bool) error {
	if bucket != "" {
		at, err := limits.ParseLocation(bucket)
		if err == nil {
			_, err = limits.Scope{Locations: []location.Location{at}}.Policy()
		}
		if err != nil {
			return usageError{err}
		}
		bucket = at.Bucket
	}
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
		report, untried := p.ownMachine(ctx, core, s.ID, bucket, report)
		if err := writeReport(p.stdout, report, asJSON, i > 0); err != nil {
			return err
		}
		if untried != nil {
			return untried
		}
	}
	return nil
}

// ownMachine looks at the environment of this command, which is the one that matters to anyone who
// runs it, and not at the agent's. Where a bucket is named, each tool lists it; the error is why none could be tried.
func (p *program) ownMachine(ctx context.Context, core app.Core, id, bucket string, report doctor.Report) (doctor.Report, error) {
	_, paths, err := toolPaths()
	if err != nil {
		return report, nil
	}
	m := doctor.Machine{Getenv: os.Getenv, Paths: paths, Profile: tools.ProfileName(id)}
	if bucket == "" {
		return m.Check(ctx, report), nil
	}
	trial, err := startTrial(ctx, core, id, bucket)
	if err == nil {
		defer trial.end(ctx)
		m.Try = trial.list
	}
	return m.Check(ctx, report), err
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
