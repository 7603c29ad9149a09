package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/messages"
	"daypass/app/tools"
	"daypass/auth/safetext"
)

func (p *program) useCommand() *cobra.Command {
	var yes, remove bool
	cmd := &cobra.Command{
		Use: "use NAME [TOOL]", Args: arguments(1, 2),
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
	cmd.Flags().BoolVar(&yes, "yes", false, "")
	cmd.Flags().BoolVar(&remove, "remove", false, "")
	completeNames(cmd)
	return cmd
}

func (p *program) listTools(ctx context.Context, core app.Core, id string) error {
	list, err := core.Tools(ctx, id)
	if err != nil {
		return err
	}
	for _, t := range list {
		fmt.Fprintln(p.stdout, toolTitle(id, t))
		for line := range strings.Lines(t.Snippet) {
			fmt.Fprintf(p.stdout, "    %s\n", strings.TrimRight(line, "\n"))
		}
		for _, note := range append([]messages.Message{t.Validity}, t.Notes...) {
			fmt.Fprintf(p.stdout, "  %s\n", safetext.Text(messages.Current().Say(note)))
		}
		fmt.Fprintln(p.stdout)
	}
	return nil
}

// toolTitle returns the name of a tool and whether it is configured for a connection.
func toolTitle(id string, t tools.Tool) string {
	name := messages.Args{"Tool": t.Title(), "ID": t.ID}
	switch t.SetUp {
	case tools.SetUpDone:
		return messages.Text("cli.use.tool.configured", name)
	case tools.SetUpMissing:
		return messages.Text("cli.use.tool.not-configured", name, messages.Args{"Name": tools.Handle(id)})
	}
	return messages.Text("cli.use.tool", name)
}

func (p *program) use(cmd *cobra.Command, core app.Core, id, tool string, step tools.Step, yes bool) error {
	change, err := core.PreviewTool(cmd.Context(), id, tool, step)
	if err != nil {
		return toolName(cmd.Context(), core, id, tool, err)
	}
	if len(change.Files) == 0 {
		p.say(messages.Text("cli.use.none"))
		return nil
	}
	for _, f := range change.Files {
		fmt.Fprint(p.stdout, safetext.Text(f.Diff))
		if f.Backup != "" {
			p.say(messages.Text("cli.use.backup", messages.Args{"File": f.Backup}))
		}
	}
	if !yes {
		if err := p.confirm(cmd.InOrStdin(), messages.Text("cli.use.confirm")); err != nil {
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
	return usageError{errors.New(messages.Text("cli.usage.tool", messages.Args{"Tool": tool, "Tools": formatter().Names(names)}))}
}
