package edit

import (
	"bytes"
	"regexp"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/diff"
)

// Diff returns the change of a file from before to after as a unified diff, the values of what looks like a
// secret left out. It is empty where nothing changes.
func Diff(path string, before, after []byte) string {
	text := diff.Diff(path, before, path, after)
	_, text, _ = bytes.Cut(text, []byte("\n")) // the command that would make it
	var out strings.Builder
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\r\n")
		out.WriteString(line[:1] + string(Redact([]byte(line[1:]))) + "\n")
	}
	return out.String()
}

var secretValue = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?im)^([ \t]*[\w.-]*(?:secret|token|pass|key|MC_HOST_)[\w.-]*[ \t]*[=:]).*?(\r?)$`)
})

// Redact leaves out the values of what looks like a secret.
func Redact(text []byte) []byte { return secretValue().ReplaceAll(text, []byte("$1 …$2")) }
