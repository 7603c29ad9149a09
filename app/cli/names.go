package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/agent"
	"daypass/app/stablepath"
	"daypass/app/tools"
)

// idOf returns the ID of the connection that a name means.
func (p *program) idOf(ctx context.Context, core app.Core, name string) (string, error) {
	snapshot, err := current(ctx, core)
	if err != nil {
		return "", err
	}
	s, err := find(snapshot, name)
	return s.ID, err
}

// credsError says in one line what a user can do about credentials that it did not get.
func credsError(name string, err error) error {
	switch {
	case errors.Is(err, app.ErrNoCredentials):
		return fmt.Errorf("%w: daypass login %s", err, tools.Handle(name))
	case errors.Is(err, app.ErrRenewing):
		if problem, ok := errors.AsType[*app.HandoverError](err); ok {
			return fmt.Errorf("the keys have expired and are not renewed: %s. %s", problem.Problem.Title, problem.Problem.NextStep)
		}
	case errors.Is(err, app.ErrNoConnection):
		return fmt.Errorf("%w with the name %q; daypass status lists them", err, name)
	}
	return err
}

// problemError is an error in the words of its problem.
type problemError struct {
	problem app.Problem
	err     error
}

// Error implements error.
func (e *problemError) Error() string { return problemText(e.problem) }

// Unwrap returns the error that the problem is about.
func (e *problemError) Unwrap() error { return e.err }

// clientError is credsError with all of the problem where a program got no credentials of its own.
func clientError(name string, err error) error {
	problem, ok := errors.AsType[*app.HandoverError](err)
	if !ok || errors.Is(err, app.ErrNoCredentials) || errors.Is(err, app.ErrNoConnection) {
		return credsError(name, err)
	}
	return &problemError{problem.Problem, err}
}

// ownProgram is the path of daypass for other tools to run: one that outlives an update, where there is one.
func ownProgram() (string, error) {
	program, err := agent.FindAgentBinary()
	if err != nil {
		return "", fmt.Errorf("where this program is cannot be found out: %w", err)
	}
	if command := stablepath.System().Find(program); len(command) == 1 {
		program = command[0]
	}
	return stableProgram(program), nil
}

// completionTimeout is how long the shell's completion waits for the agent.
const completionTimeout = time.Second

// completeNames completes a command's first argument to a connection's handle, where an agent runs.
func completeNames(cmd *cobra.Command) {
	cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveDefault
		}
		ctx, cancel := context.WithTimeout(cmd.Context(), completionTimeout)
		defer cancel()
		core, err := agent.Dial(ctx)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		snapshot, err := current(ctx, core)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var names []cobra.Completion
		for _, s := range snapshot.Sessions {
			names = append(names, cobra.CompletionWithDesc(tools.Handle(s.ID), oneLine(s.Name)))
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
}
