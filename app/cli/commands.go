package cli

import (
	"io"

	"github.com/spf13/cobra"
)

// Commands returns the tree of commands, for the manual pages and completions that packages ship.
// None of them is run.
func Commands() *cobra.Command {
	return (&program{io.Discard, io.Discard}).root()
}
