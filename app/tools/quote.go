package tools

import "strings"

// ShellWord is a word for sh, bash, zsh, dash and ksh: as it is where that is plain, else between quotes.
func ShellWord(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-:@+,") == "" {
		return s
	}
	return shQuoted(s)
}

func shQuoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// sh sets v in sh, bash, zsh, dash and ksh. Between single quotes everything stands for itself; a
// single quote is written outside of them.
func sh(v Variable) string {
	return "export " + v.Name + "=" + shQuoted(v.Value)
}

// fish sets v in fish, where a backslash within single quotes quotes itself and the quote.
func fish(v Variable) string {
	return "set -gx " + v.Name + " '" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(v.Value) + "'"
}

// powershell sets v in PowerShell, which takes the typographic single quotes for quotes too; within
// the string each is doubled.
func powershell(v Variable) string {
	quoted := v.Value
	for _, q := range []string{"'", "\u2018", "\u2019", "\u201a", "\u201b"} {
		quoted = strings.ReplaceAll(quoted, q, q+q)
	}
	return "$Env:" + v.Name + " = '" + quoted + "'"
}

func shClear(names []string) string { return "unset " + strings.Join(names, " ") }

func fishClear(names []string) string { return "set -e " + strings.Join(names, " ") }

func powershellClear(names []string) string {
	return "Remove-Item -ErrorAction SilentlyContinue Env:" + strings.Join(names, ",Env:")
}

// sql is a string of SQL.
func sql(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
