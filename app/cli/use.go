package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/tools"
	"daypass/auth/safetext"
)

func (p *program) useCommand() *cobra.Command {
	var yes, remove bool
	cmd := &cobra.Command{
		Use: "use NAME [TOOL]", Short: "Set another tool up for a connection", Args: usage(cobra.RangeArgs(1, 2)),
		Long: "Set another tool up by its own files: a profile for the AWS tools that asks Daypass for keys, a remote for\n" +
			"rclone, an alias for mc. What would change is shown before it is done, and --remove takes it out again.\n" +
			"Lines that are not Daypass's own are never touched. Without TOOL it lists the tools and how they stand.",
		RunE: func(cmd *cobra.Command, args []string) error {
			core, err := p.core(cmd.Context())
			if err != nil {
				return err
			}
			id, err := p.idOf(cmd.Context(), core, args[0])
			if err != nil {
				return err
			}
			if len(args) == 1 {
				return p.listTools(cmd.Context(), core, id)
			}
			step := tools.StepAdd
			if remove {
				step = tools.StepRemove
			}
			return p.use(cmd, core, id, args[1], step, yes)
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	cmd.Flags().BoolVar(&remove, "remove", false, "take out what was set up")
	completeNames(cmd)
	return cmd
}

func (p *program) listTools(ctx context.Context, core app.Core, id string) error {
	list, err := core.Tools(ctx, id)
	if err != nil {
		return err
	}
	words := map[tools.SetUp]string{tools.SetUpDone: ", set up", tools.SetUpMissing: ", to be set up: daypass use " + tools.Handle(id) + " "}
	for _, t := range list {
		state := words[t.SetUp]
		if t.SetUp == tools.SetUpMissing {
			state += t.ID
		}
		fmt.Fprintf(p.stdout, "%s (%s%s)\n", t.Name, t.ID, state)
		for line := range strings.Lines(t.Snippet) {
			fmt.Fprintf(p.stdout, "    %s\n", strings.TrimRight(line, "\n"))
		}
		for _, note := range append([]string{t.Lasts}, t.Notes...) {
			fmt.Fprintf(p.stdout, "  %s\n", safetext.Text(note))
		}
		fmt.Fprintln(p.stdout)
	}
	return nil
}

func (p *program) use(cmd *cobra.Command, core app.Core, id, tool string, step tools.Step, yes bool) error {
	change, err := core.PreviewTool(cmd.Context(), id, tool, step)
	if err != nil {
		return toolName(cmd.Context(), core, id, tool, err)
	}
	if len(change.Files) == 0 {
		p.say("There is nothing to change.")
		return nil
	}
	for _, f := range change.Files {
		fmt.Fprint(p.stdout, safetext.Text(f.Diff))
		if f.Backup != "" {
			p.say("The file as it is will be kept as %s.", f.Backup)
		}
	}
	if !yes {
		if err := p.confirm(cmd.InOrStdin(), "Do it?"); err != nil {
			return err
		}
	}
	return core.ApplyTool(cmd.Context(), id, tool, step, change.Digest)
}

// toolName adds to an unknown tool which there are.
func toolName(ctx context.Context, core app.Core, id, tool string, err error) error {
	if !errors.Is(err, app.ErrNoTool) {
		return err
	}
	var names []string
	if list, listErr := core.Tools(ctx, id); listErr == nil {
		for _, t := range list {
			if t.SetUp != tools.SetUpNone {
				names = append(names, t.ID)
			}
		}
	}
	return usageError{fmt.Errorf("there is nothing to set up for %q (there are: %s)", tool, strings.Join(names, ", "))}
}
