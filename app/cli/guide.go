package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"daypass/app/columns"
	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/presets"
)

// guide says what is known of a product before anybody has signed in: for users who enter its address, and for those who
// administer it.
func (c connectionCommands) guide() *cobra.Command {
	return &cobra.Command{
		Use: "guide [PRODUCT]", Args: arguments(0, 1),
		Example: "daypass connection guide keycloak\ndaypass connection guide https://login.example/realms/company",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.listProducts()
			}
			p, found := presets.Find(args[0])
			if !found {
				return usageError{errors.New(messages.Text("cli.error.guide-unknown", messages.Args{"Text": oneLine(args[0])}))}
			}
			_, err := fmt.Fprintln(c.stdout, guideText(p))
			return err
		},
	}
}

func (c connectionCommands) listProducts() error {
	rows := [][]string{heading("cli.table.id", "cli.table.name", "cli.table.kind")}
	for _, p := range presets.All() {
		kind := messages.Text("cli.guide.provider")
		if p.Kind == presets.Server {
			kind = messages.Text("cli.guide.server")
		}
		rows = append(rows, []string{p.ID, p.Name, kind})
	}
	return columns.Write(c.stdout, "", columnGap, rows)
}

// guideText is all that is known of a product.
func guideText(p presets.Product) string {
	paragraphs := []string{p.Name, wrapped(messages.Text(p.NoteID()))}
	if settings := presetSettings(p); settings != "" {
		paragraphs = append(paragraphs, wrapped(messages.Text("cli.guide.settings", messages.Args{"Settings": settings})))
	}
	if len(p.Ask) > 0 {
		paragraphs = append(paragraphs, messages.Text("cli.guide.fields", messages.Args{"Fields": flagsOf(p.Ask)}))
	}
	if lines := p.Registration(); len(lines) > 0 {
		paragraphs = append(paragraphs, messages.Text("cli.guide.admin")+"\n\n"+strings.Join(lines, "\n"))
	}
	return strings.Join(append(paragraphs, messages.Text("cli.guide.documentation", messages.Args{"URL": p.Documentation})), "\n\n")
}

// presetSettings lists what a new connection with a product has by default.
func presetSettings(p presets.Product) string {
	var list []string
	for _, d := range (connection.Definition{Provider: connection.Provider{StaySignedIn: true}}).CompletedFor(p).Details() {
		list = append(list, d.Label+": "+d.Value)
	}
	return strings.Join(list, "; ")
}

// flagsOf returns the flags of “daypass connection add” for keys of a connection file, as a list in a sentence.
func flagsOf(keys []string) string {
	flags := make([]string, len(keys))
	for i, key := range keys {
		_, name, below := strings.Cut(key, ".")
		if !below {
			name = key
		}
		flags[i] = "--" + strings.ReplaceAll(name, "_", "-")
	}
	return formatter().List(flags)
}
