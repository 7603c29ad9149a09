package cli

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Each command and each option has a text, and each text of a command belongs to one.
func TestHelp_texts(t *testing.T) {
	data, err := os.ReadFile("../messages/catalog/cli.en.json")
	if err != nil {
		t.Fatal(err)
	}
	unused := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &unused); err != nil {
		t.Fatal(err)
	}
	check := func(what, text string) {
		if text == "" || strings.HasPrefix(text, "cli.") {
			t.Errorf("%s: %q", what, text)
		}
	}
	var visit func(*cobra.Command)
	visit = func(cmd *cobra.Command) {
		id := textID(cmd)
		check(cmd.CommandPath(), cmd.Short)
		cmd.NonInheritedFlags().VisitAll(func(f *pflag.Flag) {
			check(cmd.CommandPath()+" --"+f.Name, f.Usage)
			delete(unused, id+".flag."+f.Name)
			delete(unused, optionTexts+f.Name)
		})
		delete(unused, id+".short")
		delete(unused, id+".long")
		for _, child := range cmd.Commands() {
			visit(child)
		}
	}
	visit(Commands())
	for id := range unused {
		if strings.HasPrefix(id, commandTexts) || strings.HasPrefix(id, optionTexts) {
			t.Errorf("%s belongs to no command", id)
		}
	}
}

func TestWrapped_lines(t *testing.T) {
	long := strings.Repeat("word ", 30) + "end"
	got := wrapped(long + "\n\n    " + long)
	lines := strings.Split(got, "\n")
	if len(lines) != 4 || len(lines[0]) > maxLine || lines[0]+" "+lines[1] != long || lines[3] != "    "+long {
		t.Errorf("%q", lines)
	}
}
