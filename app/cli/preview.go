package cli

import (
	"context"

	"github.com/spf13/cobra"

	"daypass/app/agent"
	"daypass/app/buckets/preview"
)

// previewName is the command, below that of the agent, in which the window has the objects of a bucket decoded.
const previewName = "preview"

func (p *program) previewCommand() *cobra.Command {
	return &cobra.Command{
		Use: previewName, Hidden: true, Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return preview.Serve(cmd.InOrStdin(), p.stdout) },
	}
}

// PreviewDecoder returns a decoder that runs the daypass program for each preview (rule 44).
func PreviewDecoder() preview.Decoder { return previewProgram{} }

// previewProgram finds the program at each preview: it may be installed or replaced while the window is open.
type previewProgram struct{}

// Decode implements preview.Decoder.
func (previewProgram) Decode(ctx context.Context, key string, head []byte, size int64) (preview.Preview, error) {
	path, err := agent.FindAgentBinary()
	if err != nil {
		return preview.Preview{}, err
	}
	return preview.Process{Command: []string{path, agent.Command, previewName}}.Decode(ctx, key, head, size)
}
