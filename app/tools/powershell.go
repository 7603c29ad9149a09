package tools

import "strings"

func powerShell() Definition {
	return Definition{
		ID: "powershell", Name: "PowerShell", Program: "pwsh", Language: "powershell", ValidityID: untilExpiry,
		Snippet: powerShellSnippet,
		Formats: []Format{{Name: "powershell", LabelID: "agent.tools.copy.powershell", Write: shellFormat("powershell")}},
		Shell: &Shell{
			Names: []string{"powershell"}, Set: powerShellSet,
			Clear: func(names []string) string {
				return "Remove-Item -ErrorAction SilentlyContinue Env:" + strings.Join(names, ",Env:")
			},
		},
	}
}

func powerShellSnippet(s Setup) string {
	daypass := ShellWord(s.Daypass)
	if strings.HasPrefix(daypass, "'") {
		daypass = "& '" + strings.ReplaceAll(s.Daypass, "'", "''") + "'"
	}
	return daypass + " env " + s.handle() + " --shell powershell | Out-String | Invoke-Expression"
}

// powerShellSet sets v in PowerShell, which takes the typographic single quotes for quotes too; within the string
// each is doubled.
func powerShellSet(v Variable) string {
	quoted := v.Value
	for _, q := range []string{"'", "\u2018", "\u2019", "\u201a", "\u201b"} {
		quoted = strings.ReplaceAll(quoted, q, q+q)
	}
	return "$Env:" + v.Name + " = '" + quoted + "'"
}
