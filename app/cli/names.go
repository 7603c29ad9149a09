package cli

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/agent"
	"daypass/app/messages"
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

// sessionsNamed returns the session of the connection that is named, or all where none is.
func sessionsNamed(ctx context.Context, core app.Core, names []string) ([]app.Session, error) {
	snapshot, err := current(ctx, core)
	if err != nil || len(names) == 0 {
		return snapshot.Sessions, err
	}
	s, err := find(snapshot, names[0])
	if err != nil {
		return nil, err
	}
	return []app.Session{s}, nil
}

// credsError says in one line what a user can do about credentials that it did not get.
func credsError(name string, err error) error {
	switch {
	case errors.Is(err, app.ErrNoCredentials):
		return &shownError{messages.Text("cli.error.no-credentials.login", messages.Args{"Name": tools.Handle(name)}), err}
	case errors.Is(err, app.ErrRenewing):
		if problem, ok := errors.AsType[*app.HandoverError](err); ok {
			words := problem.Problem.Current()
			return errors.New(messages.Text("cli.error.credentials-expired", messages.Args{"Problem": words.Title, "NextStep": words.NextStep}))
		}
	case errors.Is(err, app.ErrNoConnection):
		return &shownError{messages.Text("cli.error.name-unknown.status", messages.Args{"Name": name}), err}
	}
	return err
}

// clientError is credsError with all of the problem where a program got no credentials of its own.
func clientError(name string, err error) error {
	problem, ok := errors.AsType[*app.HandoverError](err)
	if !ok || errors.Is(err, app.ErrNoCredentials) || errors.Is(err, app.ErrNoConnection) {
		return credsError(name, err)
	}
	return &shownError{problemText(problem.Problem), err}
}

// ownProgram is the path of daypass for other tools to run: one that outlives an update, where there is one.
func ownProgram() (string, error) {
	program, err := agent.FindAgentBinary()
	if err != nil {
		return "", &shownError{messages.Text("cli.error.own-program", messages.Args{"Error": err.Error()}), err}
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
