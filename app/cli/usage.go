package cli

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daypass/app/messages"
)

// usageError is an invalid command line.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// arguments returns a check that a command has between atLeast and atMost arguments.
func arguments(atLeast, atMost int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) >= atLeast && len(args) <= atMost:
			return nil
		case cmd.HasSubCommands() && len(args) > 0:
			return usageError{errors.New(messages.Text("cli.usage.command", messages.Args{"Name": args[0], "Command": cmd.CommandPath()}))}
		}
		return usageError{errors.New(messages.Text("cli.usage.arguments", messages.Args{"Command": cmd.CommandPath()}))}
	}
}

// optionError returns what is wrong with an option, in the language of the user.
func optionError(cmd *cobra.Command, err error) error {
	text := err.Error()
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		name := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			name = "-" + unknown.GetSpecifiedName()
		}
		text = messages.Text("cli.usage.flag-unknown", messages.Args{"Option": name, "Command": cmd.CommandPath()})
	}
	if missing, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		text = messages.Text("cli.usage.flag-value-missing", messages.Args{"Option": "--" + missing.GetFlag().Name})
	}
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		text = messages.Text("cli.usage.flag-value", messages.Args{"Option": "--" + invalid.GetFlag().Name, "Value": invalid.GetValue()})
	}
	return usageError{errors.New(text)}
}
