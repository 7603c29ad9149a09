// Daypass is the agent and the command line: one static program without a screen.
package main

import (
	"os"

	"daypass/app/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
