package cli

import (
	"io"

	"github.com/spf13/cobra"
)

// Commands returns the tree of commands with their texts in the language of the process, for the manual pages and
// completions that packages ship. None of them is run.
func Commands() *cobra.Command {
	root := (&program{stdout: io.Discard, stderr: io.Discard}).root()
	describe(root)
	return root
}
