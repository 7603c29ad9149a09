package autostart

import "strings"

// commandLine writes a command as Windows takes it apart again: each argument in quotes, in which a
// quote has a backslash before it and so have the backslashes before a quote.
func commandLine(args []string) string {
	var b strings.Builder
	for i, arg := range args {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteByte('"')
		slashes := 0
		for _, r := range arg {
			if r == '"' {
				b.WriteString(strings.Repeat(`\`, slashes+1))
			}
			if r == '\\' {
				slashes++
			} else {
				slashes = 0
			}
			b.WriteRune(r)
		}
		b.WriteString(strings.Repeat(`\`, slashes) + `"`)
	}
	return b.String()
}
