package cli

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

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
	return messages.Args{"Formats": strings.Join(tools.Formats(), ", ")}
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
		fmt.Fprintln(out, "  "+cmd.UseLine())
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintln(out, "  "+cmd.CommandPath()+" [command]")
	}
	section := func(title, text string) {
		if text = strings.TrimRight(text, "\n"); text != "" {
			fmt.Fprintf(out, "\n%s\n%s\n", title, text)
		}
	}
	section(messages.Text("cli.help.examples"), indented(cmd.Example))
	var commands strings.Builder
	for _, child := range cmd.Commands() {
		if child.IsAvailableCommand() || child.Name() == "help" {
			fmt.Fprintf(&commands, "  %-*s %s\n", child.NamePadding(), child.Name(), child.Short)
		}
	}
	section(messages.Text("cli.help.commands"), commands.String())
	section(messages.Text("cli.help.flags"), cmd.LocalFlags().FlagUsages())
	section(messages.Text("cli.help.global-flags"), cmd.InheritedFlags().FlagUsages())
	if commands.Len() > 0 {
		fmt.Fprintln(out, "\n"+messages.Text("cli.help.more", messages.Args{"Command": cmd.CommandPath()}))
	}
}

// indented puts two spaces before each line.
func indented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString("  " + line)
	}
	return b.String()
}

// maxLine is the length of a line of help, in characters.
const maxLine = 100

// wrapped breaks the long lines of a text at spaces. Lines that begin with a space stay as they are.
func wrapped(text string) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, " ") {
			out = append(out, line)
			continue
		}
		current := ""
		for word := range strings.SplitSeq(line, " ") {
			if current != "" && utf8.RuneCountInString(current)+1+utf8.RuneCountInString(word) > maxLine {
				out, current = append(out, current), ""
			}
			if current != "" {
				current += " "
			}
			current += word
		}
		out = append(out, current)
	}
	return strings.Join(out, "\n")
}
