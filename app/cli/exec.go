package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"time"

	"github.com/spf13/cobra"

	"daypass/app/agent/quick"
	"daypass/app/broker/clients"
	"daypass/app/limits"
	"daypass/app/messages"
	"daypass/app/tools"
	"daypass/app/tools/cmdline"
	"daypass/app/tools/guard"
)

// programEnd is how a program that exec ran has ended, where it was not with 0.
type programEnd struct{ code int }

// Error implements error.
func (e *programEnd) Error() string { return fmt.Sprintf("the program ended with %d", e.code) }

// startError is a program that exec could not run.
type startError struct {
	code int
	error
}

func (e *startError) Unwrap() error { return e.error }

// narrowing are the flags by which credentials are limited.
type narrowing struct {
	only     []string
	write    bool
	lifetime time.Duration
}

func (p *program) execCommand() *cobra.Command {
	var n narrowing
	cmd := &cobra.Command{
		Use:  "exec NAME -- PROGRAM [ARGUMENT...]",
		Args: nameThenProgram,
		Example: "daypass exec lake -- python3 train.py\n" +
			"daypass exec lake --only measurements/2026/ -- rclone copy daypass:measurements/2026 .",
		RunE: func(cmd *cobra.Command, args []string) error { return p.exec(cmd.Context(), args[0], args[1:], n) },
	}
	n.addFlags(cmd)
	completeNames(cmd)
	return cmd
}

// addFlags adds the flags to a command.
func (n *narrowing) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&n.only, "only", nil, "")
	cmd.Flags().BoolVar(&n.write, "write", false, "")
	cmd.Flags().DurationVar(&n.lifetime, "for", 0, "")
}

// nameThenProgram wants the two hyphens, so that no flag of the program is taken for one of exec.
func nameThenProgram(cmd *cobra.Command, args []string) error {
	if cmd.ArgsLenAtDash() != 1 || len(args) < 2 {
		return usageError{errors.New(messages.Text("cli.usage.exec"))}
	}
	return nil
}

// scope is what the flags ask for; nil for all that the user may do.
func (n narrowing) scope() (*limits.Scope, error) {
	if len(n.only) == 0 {
		if n.write || n.lifetime != 0 {
			return nil, usageError{errors.New(messages.Text("cli.usage.needs-only"))}
		}
		return nil, nil
	}
	s := &limits.Scope{Write: n.write, Duration: n.lifetime}
	for _, text := range n.only {
		at, err := limits.ParseLocation(text)
		if err != nil {
			return nil, usageError{err}
		}
		s.Locations = append(s.Locations, at)
	}
	return s, nil
}

func (p *program) exec(ctx context.Context, name string, command []string, n narrowing) error {
	scope, err := n.scope()
	if err != nil {
		return err
	}
	path, err := exec.LookPath(command[0])
	if err != nil {
		return notRunnable(command[0], err)
	}
	if err := guard.CheckContainer(command, name); err != nil {
		return err
	}
	if err := p.showPolicy(scope); err != nil {
		return err
	}
	core, err := p.core(ctx)
	if err != nil {
		return err
	}
	id, err := p.idOf(ctx, core, name)
	if err != nil {
		return err
	}
	keys := newFetcher(core, id, clients.Fetcher{Name: quick.ProgramName(command), Scope: scope})
	access, err := keys.first(ctx)
	if err != nil {
		return clientError(name, err)
	}
	defer keys.leave(ctx)
	line := cmdline.Read(append([]string{path}, command[1:]...), guard.ScriptText)
	if err := guard.Check(ctx, path, line, access.Endpoint); err != nil {
		return err
	}
	served, err := serveProgram(keys, access)
	if err != nil {
		return err
	}
	defer served.close()
	return runProgram(path, command, execEnvironment(os.Environ(), served.token, line))
}

// showPolicy prints the policy by which credentials are limited, before it is sent.
func (p *program) showPolicy(scope *limits.Scope) error {
	if scope == nil {
		return nil
	}
	policy, err := scope.Policy()
	if err != nil {
		return usageError{err}
	}
	p.say(messages.Text("cli.exec.policy", messages.Args{"Policy": policy}))
	return nil
}

func notRunnable(program string, err error) error {
	code := ExitNotRunnable
	if errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist) {
		code = ExitNotFound
	}
	text := messages.Text("cli.error.not-runnable", messages.Args{"Program": program, "Error": err.Error()})
	return &startError{code, &shownError{text, err}}
}

// execEnvironment is the environment of a program that exec runs. What it needs beside the endpoint for
// credentials is set for it alone: no program finds credentials in its environment that does not look for them
// there.
func execEnvironment(base []string, g clients.ClientToken, line cmdline.Line) []string {
	return tools.Apply(base, append(g.Environment(), g.Access.ExecEnvironment(line)...))
}

// runProgram runs the program, passes signals on to it, and returns a *programEnd unless it ended with 0.
func runProgram(path string, command, env []string) error {
	cmd := exec.Command(path, command[1:]...)
	cmd.Args[0] = command[0]
	cmd.Env = env
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, passedOn()...)
	defer signal.Stop(signals)
	if err := cmd.Start(); err != nil {
		return notRunnable(command[0], err)
	}
	ended := make(chan struct{})
	defer close(ended)
	go func() {
		for {
			select {
			case s := <-signals:
				if !cameFromTerminal(s) {
					_ = cmd.Process.Signal(s)
				}
			case <-ended:
				return
			}
		}
	}()
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return &programEnd{exitCodeOf(exit.ProcessState)}
	}
	return err
}
