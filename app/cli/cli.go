// Package cli is the command line, `daypass`. On stdout goes data, for programs; on stderr go words,
// for people. Every command but agent, quit and version asks the agent, and starts it where none
// runs: only the agent knows how things stand. What other programs run, creds and env, starts none.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/agent"
	"daypass/auth/safetext"
)

// The exit codes; the help lists them too.
const (
	ExitOK           = 0
	ExitFailure      = 1
	ExitUsage        = 2
	ExitNoConnection = 3
	// ExitSignIn: there are no valid credentials, and only signing in brings some.
	ExitSignIn = 4
	// ExitNotRunnable and ExitNotFound are of exec, when the program cannot be run; otherwise exec ends
	// with the program's own exit code, or 128 and the number of the signal that ended it.
	ExitNotRunnable = 126
	ExitNotFound    = 127
	ExitInterrupted = 130
)

const help = `Daypass signs you in to your company's S3 storage and keeps your keys fresh.

NAME is the name of a connection, in upper or lower case, or its ID.

Exit codes:
  0    it worked
  1    it failed; stderr says why and what to do
  2    the command was not understood
  3    no connection has this name, or several have
  4    there are no keys that work: sign in first
  126  exec: the program cannot be run; 127: there is no such program
  130  interrupted by Ctrl-C

Environment:
  DAYPASS_CONFIG_DIR   folder with connections/*.daypass
  DAYPASS_RUNTIME_DIR  folder of the agent's socket
  DAYPASS_STATE_DIR    folder of the stored sessions and of the log
  DAYPASS_AGENT_LOG    level at which a started agent writes a log`

// program is what the commands work with.
type program struct {
	stdout, stderr io.Writer
}

// Main runs the command line. args are those after the program's name. It returns the exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &program{stdout, stderr}
	root := p.root()
	root.SetArgs(append([]string{}, args...)) // never nil, for which cobra takes os.Args
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return report(stderr, root.ExecuteContext(ctx))
}

// report says what went wrong, if anything did, and returns the exit code.
func report(stderr io.Writer, err error) int {
	var ended *programEnd
	if err != nil && !errors.As(err, &ended) {
		fmt.Fprintln(stderr, "daypass: "+safetext.Text(err.Error()))
	}
	return exitCode(err)
}

func (p *program) root() *cobra.Command {
	cobra.MousetrapHelpText = "" // Windows starts the agent from its Explorer at login
	root := &cobra.Command{
		Use: "daypass", Short: "Signs you in to S3 storage", Long: help,
		Args: usage(cobra.NoArgs), SilenceUsage: true, SilenceErrors: true,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(p.agentCommand(), p.statusCommand(), p.loginCommand(), p.logoutCommand(), p.openCommand(), p.startCommand(), p.quitCommand(), p.versionCommand(),
		p.credsCommand(), p.envCommand(), p.execCommand(), p.useCommand(), p.doctorCommand(), p.connectionCommand())
	return root
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: usage(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(p.stdout, "daypass "+fullVersion())
			return err
		},
	}
}

// core connects to the agent, which it starts where none runs.
func (p *program) core(ctx context.Context) (*agent.Client, error) {
	return agent.Ensure(ctx, agent.StartProcess, Version)
}

// say writes a line for the user.
func (p *program) say(format string, args ...any) {
	fmt.Fprintln(p.stderr, safetext.Text(fmt.Sprintf(format, args...)))
}

// usageError is a command line that was not understood.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// usage makes the errors of a check of arguments usage errors.
func usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())}
		}
		return nil
	}
}

var errInterrupted = errors.New("interrupted")

func exitCode(err error) int {
	var wrong usageError
	var unknown *nameError
	var ended *programEnd
	var unstarted *startError
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &wrong):
		return ExitUsage
	case errors.As(err, &unknown), errors.Is(err, app.ErrNoConnection), errors.Is(err, app.ErrAmbiguous):
		return ExitNoConnection
	case errors.Is(err, app.ErrNoCredentials):
		return ExitSignIn
	case errors.As(err, &ended):
		return ended.code
	case errors.As(err, &unstarted):
		return unstarted.code
	case errors.Is(err, errInterrupted), errors.Is(err, context.Canceled):
		return ExitInterrupted
	}
	return ExitFailure
}
