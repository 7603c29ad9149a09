package edit

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// contextLines is how many lines around a change a diff shows.
const contextLines = 3

// Diff is the change of a file from before to after as a unified diff with one hunk, the values of
// what looks like a secret left out. It is empty where nothing changes.
func Diff(path string, before, after []byte) string {
	if string(before) == string(after) {
		return ""
	}
	a, b := splitLines(before), splitLines(after)
	same := commonPrefix(a, b)
	tail := commonPrefix(reversed(a[same:]), reversed(b[same:]))
	from := max(0, same-contextLines)
	cut, added := a[same:len(a)-tail], b[same:len(b)-tail]
	rest := a[len(a)-tail:]
	rest = rest[:min(len(rest), contextLines)]

	var out strings.Builder
	context := same - from + len(rest)
	fmt.Fprintf(&out, "--- %s\n+++ %s\n@@ -%s +%s @@\n", path, path,
		hunk(from, context+len(cut)), hunk(from, context+len(added)))
	write(&out, " ", a[from:same])
	write(&out, "-", cut)
	write(&out, "+", added)
	write(&out, " ", rest)
	return out.String()
}

// hunk is where a hunk begins and how long it is; an empty one names the line before it.
func hunk(from, length int) string {
	if length == 0 {
		return fmt.Sprintf("%d,0", from)
	}
	return fmt.Sprintf("%d,%d", from+1, length)
}

func splitLines(text []byte) []string {
	var lines []string
	for l := range strings.Lines(string(text)) {
		lines = append(lines, l)
	}
	return lines
}

func commonPrefix(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func reversed(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[len(lines)-1-i] = l
	}
	return out
}

func write(out *strings.Builder, sign string, lines []string) {
	for _, l := range lines {
		out.WriteString(sign + strings.TrimRight(string(Redact([]byte(l))), "\r\n") + "\n")
		if !strings.HasSuffix(l, "\n") {
			out.WriteString("\\ No newline at end of file\n")
		}
	}
}

var secretValue = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?im)^([ \t]*[\w.-]*(?:secret|token|pass|key|MC_HOST_)[\w.-]*[ \t]*[=:]).*?(\r?)$`)
})

// Redact leaves out the values of what looks like a secret.
func Redact(text []byte) []byte { return secretValue().ReplaceAll(text, []byte("$1 …$2")) }
