package buckets

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"daypass/app/invisible"
)

// EscapeName makes a name from the storage fit to be shown (rules 34 and 46): what cannot be seen, ends the
// line or turns the direction of writing appears as an escape like \n, \x1b or \u202e. Text as people
// write it, in any script, stays as it is.
//
// Two different names never look the same by their escapes: a backslash is doubled where it could be
// read as the beginning of one.
func EscapeName(name string) string {
	if plain(name) {
		return name
	}
	var out strings.Builder
	before := rune(-1)
	for i := 0; i < len(name); {
		r, size := utf8.DecodeRuneInString(name[i:])
		after := name[i+size:]
		switch edge := i == 0 || after == ""; {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&out, `\x%02x`, name[i])
		case r == '\\' && startsEscape(r, after):
			out.WriteString(`\\`)
		case r == ' ' && edge:
			out.WriteString(`\x20`)
		case visible(before, r, after):
			out.WriteRune(r)
		default:
			out.WriteString(escape(r))
		}
		before, i = r, i+size
	}
	return out.String()
}

// plain reports whether name is of the common kind that needs no second look.
func plain(name string) bool {
	for i := range len(name) {
		if c := name[i]; c < ' ' || c > '~' || c == '\\' {
			return false
		}
	}
	return name == "" || name[0] != ' ' && name[len(name)-1] != ' '
}

// startsEscape reports whether a backslash before after would be read as an escape.
func startsEscape(before rune, after string) bool {
	if after == "" {
		return false
	}
	r, size := utf8.DecodeRuneInString(after)
	return strings.ContainsRune(`\nrtxuU`, r) || r == ' ' && after == " " || r == utf8.RuneError && size == 1 || !visible(before, r, after[size:])
}

func escape(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < 0x80:
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xffff:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

const ideographicSpace = '\u3000'

// visible reports whether r shows itself between before and after. Joiners and selectors do where a
// script or an emoji needs them.
func visible(before, r rune, after string) bool {
	switch {
	case invisible.Is(r):
		return invisible.Joins(before, r, after)
	case r == ideographicSpace:
		return after != "" && before != -1
	}
	return unicode.IsPrint(r)
}
