package buckets

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// EscapeName makes a name from the storage fit to be shown (rule 34): what cannot be seen, ends the
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

// unseen are letters, marks and symbols by their class that show nothing all the same.
var unseen = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x034f, 0x034f, 1}, // combining grapheme joiner
		{0x115f, 0x1160, 1}, // Hangul fillers
		{0x17b4, 0x17b5, 1}, // Khmer inherent vowels
		{0x2800, 0x2800, 1}, // Braille blank
		{0x3164, 0x3164, 1}, // Hangul filler
		{0xfe00, 0xfe0f, 1}, // variation selectors
		{0xffa0, 0xffa0, 1}, // Hangul filler, half width
	},
	R32: []unicode.Range32{{0xe0100, 0xe01ef, 1}}, // variation selectors
}

const (
	joiner, nonJoiner = '\u200d', '\u200c'
	ideographicSpace  = '\u3000'
)

// visible reports whether r shows itself between before and after. Joiners and selectors do where a
// script or an emoji needs them.
func visible(before, r rune, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	switch {
	case r == joiner && pictorial(before):
		return unicode.Is(unicode.So, next)
	case r == joiner, r == nonJoiner:
		return joins(before) && joins(next)
	case r >= 0xfe00 && r <= 0xfe0f:
		return unicode.Is(unicode.So, before) || unicode.Is(unicode.Han, before) || r >= 0xfe0e && unicode.IsPrint(before) && !unicode.IsLetter(before)
	case r >= 0x180b && r <= 0x180f:
		return unicode.Is(unicode.Mongolian, before) && r != 0x180e
	case r >= 0xe0100 && r <= 0xe01ef:
		return unicode.Is(unicode.Han, before)
	case r == ideographicSpace:
		return after != "" && before != -1
	}
	return unicode.IsPrint(r) && !unicode.Is(unseen, r)
}

// pictorial reports whether r can end the first half of a joined emoji.
func pictorial(r rune) bool {
	return unicode.Is(unicode.So, r) || r == 0xfe0f || r >= 0x1f3fb && r <= 0x1f3ff
}

// joins reports whether r is of a script that writes with joiners.
func joins(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko, unicode.Devanagari, unicode.Bengali,
		unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam,
		unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Thaana)
}
