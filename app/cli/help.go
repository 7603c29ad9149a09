package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daypass/app/columns"
	"daypass/app/messages"
	"daypass/app/tools"
)

// The beginnings of the IDs of the texts of commands, and of options that several commands have.
const (
	commandTexts = "cli.command."
	optionTexts  = "cli.flag."
)

// helpArgs are what the texts of commands may name.
func helpArgs() messages.Args {
	var tags []string
	for _, l := range messages.Languages() {
		tags = append(tags, l.Tag.String())
	}
	list := formatter().Names
	return messages.Args{"Formats": list(tools.Formats()), "Languages": list(tags)}
}

// describe sets the texts of all commands. They have none before: most runs show no help.
func describe(cmd *cobra.Command) {
	if !cmd.HasParent() {
		cmd.InitDefaultHelpCmd()
		cmd.InitDefaultCompletionCmd()
	}
	cmd.InitDefaultHelpFlag()
	id := textID(cmd)
	cmd.Short = messages.Text(id+".short", helpArgs())
	cmd.Long = ""
	if messages.Has(id + ".long") {
		cmd.Long = messages.Text(id+".long", helpArgs())
	}
	for _, flags := range []*pflag.FlagSet{cmd.Flags(), cmd.PersistentFlags()} {
		flags.VisitAll(func(f *pflag.Flag) { f.Usage = optionText(id, f.Name) })
	}
	for _, child := range cmd.Commands() {
		if child.Name() != cobra.ShellCompRequestCmd {
			describe(child)
		}
	}
}

// textID returns the beginning of the IDs of a command's texts.
func textID(cmd *cobra.Command) string {
	_, path, below := strings.Cut(cmd.CommandPath(), " ")
	if !below {
		path = "root"
	}
	return commandTexts + strings.ReplaceAll(path, " ", ".")
}

// optionText returns what an option of a command does.
func optionText(command, name string) string {
	id := command + ".flag." + name
	if !messages.Has(id) {
		id = optionTexts + name
	}
	return messages.Text(id, helpArgs())
}

// showHelp prints the help of a command.
func showHelp(cmd *cobra.Command, _ []string) {
	describe(cmd.Root())
	out := cmd.OutOrStdout()
	text := cmd.Long
	if text == "" {
		text = cmd.Short
	}
	fmt.Fprintln(out, wrapped(text)+"\n")
	writeUsage(out, cmd)
}

// writeUsage prints how to call a command.
func writeUsage(out io.Writer, cmd *cobra.Command) {
	fmt.Fprintln(out, messages.Text("cli.help.usage"))
	if cmd.Runnable() {
		fmt.Fprintln(out, "  "+strings.Replace(cmd.UseLine(), cobraFlags, messages.Text("cli.help.options"), 1))
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintln(out, "  "+cmd.CommandPath()+" "+messages.Text("cli.help.command"))
	}
	section := func(title, text string) {
		if text = strings.TrimRight(text, "\n"); text != "" {
			fmt.Fprintf(out, "\n%s\n%s\n", title, text)
		}
	}
	section(messages.Text("cli.help.examples"), indented(cmd.Example))
	var commands [][]string
	for _, child := range cmd.Commands() {
		if child.IsAvailableCommand() || child.Name() == "help" {
			commands = append(commands, []string{child.Name(), child.Short})
		}
	}
	section(messages.Text("cli.help.commands"), inColumns(commands))
	section(messages.Text("cli.help.flags"), optionLines(cmd.LocalFlags()))
	section(messages.Text("cli.help.global-flags"), optionLines(cmd.InheritedFlags()))
	if len(commands) > 0 {
		fmt.Fprintln(out, "\n"+messages.Text("cli.help.more", messages.Args{"Command": cmd.CommandPath()}))
	}
}

// cobraFlags is what stands for the options in a command's line of use.
const cobraFlags = "[flags]"

// inColumns returns lines of two columns.
func inColumns(rows [][]string) string {
	var b strings.Builder
	_ = columns.Write(&b, "  ", 2, rows) // a strings.Builder takes everything
	return b.String()
}

// optionLines returns a line for each option, with what it does.
func optionLines(flags *pflag.FlagSet) string {
	var rows [][]string
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := optionValue(f)
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		if value != "" {
			name += " " + value
		}
		if hasDefault(f) {
			usage = messages.Text("cli.help.default", messages.Args{"Usage": usage, "Default": f.DefValue})
		}
		rows = append(rows, []string{name, usage})
	})
	return inColumns(rows)
}

// optionValue returns what stands for an option's value, and what the option does. The value is in backquotes in some
// texts.
func optionValue(f *pflag.Flag) (value, usage string) {
	kind := f.Value.Type()
	if kind == "bool" {
		return "", f.Usage
	}
	if value, usage = pflag.UnquoteUsage(f); strings.Contains(f.Usage, "`") {
		return value, usage
	}
	if kind == "duration" {
		return messages.Text("cli.help.duration"), f.Usage
	}
	return messages.Text("cli.help.value"), f.Usage
}

// hasDefault reports whether an option has a default worth naming.
func hasDefault(f *pflag.Flag) bool {
	return f.Value.Type() == "string" && f.DefValue != "" || f.Value.Type() == "bool" && f.DefValue == "true"
}

// indented puts two spaces before each line.
func indented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString("  " + line)
	}
	return b.String()
}

// maxLine is the width of a line of help, in columns.
const maxLine = 100

// wrapped breaks the long lines of a text at spaces. Lines that begin with a space stay as they are.
func wrapped(text string) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, " ") {
			out = append(out, line)
			continue
		}
		out = append(out, columns.Wrap(line, maxLine)...)
	}
	return strings.Join(out, "\n")
}
