// Manual writes what packages ship beside the command line: manual pages in each language and shell completions, in
// the folders of the XDG and FHS conventions below the folder given.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"golang.org/x/text/language"

	"daypass/app/cli"
	"daypass/app/messages"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "manual:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 || strings.HasPrefix(args[0], "-") {
		return errors.New("usage: manual DIR, such as build/root/usr/share")
	}
	for _, l := range messages.Languages() {
		if err := writeLanguage(args[0], l.Tag); err != nil {
			return err
		}
	}
	messages.Use(language.English)
	return writeCompletions(cli.Commands(), args[0])
}

// writeLanguage writes the pages of a language. There are none where the help is not translated.
func writeLanguage(share string, tag language.Tag) error {
	messages.Use(language.English)
	source := cli.Commands().Long
	messages.Use(tag)
	root := cli.Commands()
	if tag != language.English && root.Long == source {
		return nil
	}
	return writeManual(root, filepath.Join(share, "man", folder(tag), "man1"))
}

// folder returns the name of a language's folder of pages, as the FHS has it; empty for English.
func folder(tag language.Tag) string {
	if tag == language.English {
		return ""
	}
	return messages.Language{Tag: tag}.Locale()
}

// writeManual writes a page for each command.
func writeManual(root *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	date, err := sourceDate()
	if err != nil {
		return err
	}
	root.DisableAutoGenTag = true
	err = doc.GenManTree(root, &doc.GenManHeader{
		Title: "DAYPASS", Section: "1", Date: date, Source: "Daypass", Manual: messages.Text("cli.manual.title"),
	}, dir)
	if err != nil {
		return err
	}
	return translateHeadings(dir)
}

// headings are those of the generated pages, and the IDs of their texts.
var headings = map[string]string{
	"NAME":                                   "cli.manual.name",
	"SYNOPSIS":                               "cli.manual.synopsis",
	"DESCRIPTION":                            "cli.manual.description",
	"OPTIONS":                                "cli.manual.options",
	"OPTIONS INHERITED FROM PARENT COMMANDS": "cli.manual.inherited-options",
	"EXAMPLE":                                "cli.manual.example",
	"SEE ALSO":                               "cli.manual.see-also",
}

// translateHeadings puts the headings of the catalogue into the pages of a folder.
func translateHeadings(dir string) error {
	pages, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if err != nil {
		return err
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			return err
		}
		lines := strings.Split(string(text), "\n")
		for i, line := range lines {
			if title, found := strings.CutPrefix(line, ".SH "); found && headings[title] != "" {
				lines[i] = ".SH " + messages.Text(headings[title])
			}
			lines[i] = strings.Replace(lines[i], "[flags]", messages.Text("cli.help.options"), 1)
		}
		if err := os.WriteFile(page, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// sourceDate is the date in the pages: SOURCE_DATE_EPOCH, so that the same source produces the same
// bytes, or today.
func sourceDate() (*time.Time, error) {
	at := time.Now()
	if epoch := os.Getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("SOURCE_DATE_EPOCH: %w", err)
		}
		at = time.Unix(seconds, 0).UTC()
	}
	return &at, nil
}

func writeCompletions(root *cobra.Command, share string) error {
	for _, shell := range []struct {
		file  string
		write func(file string) error
	}{
		{"bash-completion/completions/daypass", func(f string) error { return root.GenBashCompletionFileV2(f, true) }},
		{"zsh/vendor-completions/_daypass", root.GenZshCompletionFile},
		{"fish/vendor_completions.d/daypass.fish", func(f string) error { return root.GenFishCompletionFile(f, true) }},
	} {
		file := filepath.Join(share, filepath.FromSlash(shell.file))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := shell.write(file); err != nil {
			return err
		}
	}
	return nil
}
