package tools

import "strings"

// untilExpiry is the text on the validity of what holds the credentials themselves.
const untilExpiry = "agent.tools.validity.until-expiry"

// posixShell is sh and what reads the same: bash, zsh, dash and ksh.
func posixShell() Definition {
	return Definition{
		ID: "env", Name: "Shell (sh, bash, zsh)", Language: "sh", ValidityID: untilExpiry,
		Snippet: func(s Setup) string { return `eval "$(` + ShellWord(s.Daypass) + ` env ` + s.handle() + `)"` },
		Formats: []Format{{Name: "env", LabelID: "agent.tools.copy.sh", Write: shellFormat("env")}},
		Shell: &Shell{
			Names: []string{"sh", "bash", "zsh"},
			Set:   func(v Variable) string { return "export " + v.Name + "=" + shQuoted(v.Value) },
			Clear: func(names []string) string { return "unset " + strings.Join(names, " ") },
		},
	}
}

// shellFormat makes a Write that sets the environment in the shell with this ID.
func shellFormat(id string) func(Access, Command) ([]byte, error) {
	return func(a Access, _ Command) ([]byte, error) { return ShellLines(id, a.Environment()) }
}

// ShellWord returns a word for sh, bash, zsh, dash and ksh: as it is where that is plain, else between quotes.
func ShellWord(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-:@+,") == "" {
		return s
	}
	return shQuoted(s)
}

// shQuoted puts s between single quotes, where everything stands for itself; a single quote is written outside of
// them.
func shQuoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
