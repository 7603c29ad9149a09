package connection

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// writer writes the few forms of TOML that a connection file has.
type writer struct{ bytes.Buffer }

func (w *writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func (w *writer) text(key, value string) { w.line("%s = %s", key, quote(value)) }

func (w *writer) optional(key, value string) {
	if value != "" {
		w.text(key, value)
	}
}

func (w *writer) list(key string, values []string) {
	if len(values) == 0 {
		return
	}
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = quote(v)
	}
	w.line("%s = [%s]", key, strings.Join(quoted, ", "))
}

func (w *writer) numbers(key string, values []int) {
	if len(values) == 0 {
		return
	}
	digits := make([]string, len(values))
	for i, v := range values {
		digits[i] = strconv.Itoa(v)
	}
	w.line("%s = [%s]", key, strings.Join(digits, ", "))
}

func (w *writer) table(key string, values map[string]string) {
	if len(values) == 0 {
		return
	}
	var pairs []string
	for _, k := range slices.Sorted(maps.Keys(values)) {
		pairs = append(pairs, quote(k)+" = "+quote(values[k]))
	}
	w.line("%s = { %s }", key, strings.Join(pairs, ", "))
}

// quote writes s as a TOML basic string.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
