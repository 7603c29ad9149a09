// Package safetext makes text from outside fit to be shown (security rules 34 and 46): names of objects, answers of
// servers and providers, what other programs call themselves. Nothing in it then steers a terminal, turns the
// direction of writing, or hides. Text as people write it, in any script, stays as it is.
package safetext

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name returns name on one line, with an escape such as \n, \x1b or \u202e for each character that cannot be seen,
// ends the line or turns the direction of writing.
//
// Two different names never look the same by their escapes: a backslash is doubled where it could be read as the
// beginning of one.
func Name(name string) string {
	if plain(name) {
		return name
	}
	var out strings.Builder
	before := rune(-1)
	for i := 0; i < len(name); {
		r, size := utf8.DecodeRuneInString(name[i:])
		after := name[i+size:]
		switch edge := i == 0 || after == ""; {
		case r == '\\' && startsEscape(r, after):
			out.WriteString(`\\`)
		case r == ' ' && edge:
			out.WriteString(`\x20`)
		case visible(before, r, after) && !broken(r, size):
			out.WriteRune(r)
		default:
			out.WriteString(escape(r, name[i:i+size]))
		}
		before, i = r, i+size
	}
	return out.String()
}

// Text returns text with its lines, which then end in \n, and its tabs. All else that cannot be seen is escaped as
// in Name; spaces of any kind stay.
func Text(text string) string {
	return readable(lineEnds.Replace(text), func(r rune) bool { return r == '\n' || r == '\t' })
}

// Line returns text on one line: every run of white space is one space, and what cannot be seen is escaped as in
// Name. What is longer than maxRunes characters is cut, with an ellipsis at its end; zero is no limit.
func Line(text string, maxRunes int) string {
	text = readable(strings.Join(strings.Fields(text), " "), func(rune) bool { return false })
	if runes := []rune(text); maxRunes > 0 && len(runes) > maxRunes {
		return string(runes[:maxRunes-1]) + "…"
	}
	return text
}

// lineEnds has every line end in \n.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// readable escapes what cannot be seen, unless keep holds for it.
func readable(text string, keep func(rune) bool) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
		return text
	}
	var out strings.Builder
	before := rune(-1)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		shown := visible(before, r, text[i+size:]) || unicode.Is(unicode.Zs, r) || keep(r)
		if shown && !broken(r, size) {
			out.WriteRune(r)
		} else {
			out.WriteString(escape(r, text[i:i+size]))
		}
		before, i = r, i+size
	}
	return out.String()
}

// broken reports whether what was decoded as r, in size bytes, is no UTF-8.
func broken(r rune, size int) bool { return r == utf8.RuneError && size == 1 }

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
	return strings.ContainsRune(`\nrtxuU`, r) || r == ' ' && after == " " || broken(r, size) || !visible(before, r, after[size:])
}

// escape writes r, or the bytes of text where they are no UTF-8.
func escape(r rune, text string) string {
	switch {
	case broken(r, len(text)):
		return fmt.Sprintf(`\x%02x`, text[0])
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
	case Invisible(r):
		return Joins(before, r, after)
	case r == ideographicSpace:
		return after != "" && before != -1
	}
	return unicode.IsPrint(r)
}
