package tools

import "strings"

func fish() Definition {
	return Definition{
		ID: "fish", Name: "Shell (fish)", Program: "fish", Language: "fish", ValidityID: untilExpiry,
		Snippet: func(s Setup) string { return ShellWord(s.Daypass) + " env " + s.handle() + " --shell fish | source" },
		Formats: []Format{{Name: "fish", LabelID: "agent.tools.copy.fish", Write: shellFormat("fish")}},
		Shell: &Shell{
			Names: []string{"fish"}, Set: fishSet,
			Clear: func(names []string) string { return "set -e " + strings.Join(names, " ") },
		},
	}
}

// fishSet sets v in fish, where a backslash within single quotes quotes itself and the quote.
func fishSet(v Variable) string {
	return "set -gx " + v.Name + " '" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(v.Value) + "'"
}
