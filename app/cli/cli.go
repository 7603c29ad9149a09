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
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/agent"
	"daypass/app/messages"
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

// program is what the commands work with.
type program struct {
	stdout, stderr io.Writer
	lang           languageFlag
}

// Main runs the command line. args are those after the program's name. It returns the exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &program{stdout: stdout, stderr: stderr}
	messages.UseWhenNeeded(p.lang.language)
	root := p.root()
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		describe(root)
	}
	root.SetArgs(append([]string{}, args...)) // never nil, for which cobra takes os.Args
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return report(stderr, root.ExecuteContext(ctx))
}

// report prints what went wrong, if anything did, and returns the exit code.
func report(stderr io.Writer, err error) int {
	var ended *programEnd
	if err != nil && !errors.As(err, &ended) {
		fmt.Fprintln(stderr, "daypass: "+errorText(err))
	}
	return exitCode(err)
}

func (p *program) root() *cobra.Command {
	cobra.MousetrapHelpText = "" // Windows starts the agent from its Explorer at login
	root := &cobra.Command{
		Use: "daypass", Args: arguments(0, 0), SilenceUsage: true, SilenceErrors: true,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.PersistentFlags().Var(&p.lang, "lang", "")
	root.SetFlagErrorFunc(optionError)
	root.SetHelpFunc(showHelp)
	root.AddCommand(p.agentCommand(), p.statusCommand(), p.loginCommand(), p.logoutCommand(), p.openCommand(), p.startCommand(), p.quitCommand(), p.versionCommand(),
		p.credsCommand(), p.envCommand(), p.execCommand(), p.gatewayCommand(), p.useCommand(), p.doctorCommand(), p.whoamiCommand(), p.connectionCommand())
	return root
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Args: arguments(0, 0),
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
func (p *program) say(text string) { fmt.Fprintln(p.stderr, safetext.Text(text)) }

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
