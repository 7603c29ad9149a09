// Manual writes what packages ship beside the command line: manual pages and shell completions, in
// the folders of the XDG and FHS conventions below the folder given.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"daypass/app/cli"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "manual:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("usage: manual DIR, such as build/root/usr/share")
	}
	root := cli.Commands()
	root.InitDefaultCompletionCmd()
	if err := writeManual(root, filepath.Join(args[0], "man", "man1")); err != nil {
		return err
	}
	return writeCompletions(root, args[0])
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
	return doc.GenManTree(root, &doc.GenManHeader{
		Title: "DAYPASS", Section: "1", Date: date, Source: "Daypass", Manual: "Daypass manual",
	}, dir)
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
