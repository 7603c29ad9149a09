package safetext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fillers are letters, marks and symbols by their class that show nothing all the same, beyond what
// the tables of package unicode list.
var fillers = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x034f, 0x034f, 1}, // combining grapheme joiner
		{0x115f, 0x1160, 1}, // Hangul fillers
		{0x17b4, 0x17b5, 1}, // Khmer inherent vowels
		{0x180b, 0x180f, 1}, // Mongolian selectors
		{0x2028, 0x2029, 1}, // line and paragraph separators
		{0x2800, 0x2800, 1}, // Braille blank
		{0x3164, 0x3164, 1}, // Hangul filler
		{0xffa0, 0xffa0, 1}, // Hangul filler, half width
	},
	R32: []unicode.Range32{{0xe0000, 0xe0fff, 1}}, // tags, selectors, and what is kept for more of them
}

// Invisible reports whether r shows nothing by itself or turns the direction of writing: controls, formats
// and all of Default_Ignorable_Code_Point. Spaces are not among them.
func Invisible(r rune) bool {
	return r >= 0x7f && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector,
		unicode.Other_Default_Ignorable_Code_Point, fillers) || r < ' ' || r == 0x7f
}

// HasInvisible reports whether there is such a character in text.
func HasInvisible(text string) bool { return strings.ContainsFunc(text, Invisible) }

// HasHidden reports whether there is such a character in text that has no part in how its neighbors show.
func HasHidden(text string) bool {
	before := rune(-1)
	for i, r := range text {
		if Invisible(r) && !Joins(before, r, text[i+utf8.RuneLen(r):]) {
			return true
		}
		before = r
	}
	return false
}

const joiner, nonJoiner = '\u200d', '\u200c'

// Joins reports whether r, one of these characters, has a part in how its neighbors show: a joiner or
// a selector where a script or an emoji needs it. The text goes on after r with after; before is -1
// at the beginning.
func Joins(before, r rune, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	switch {
	case r == joiner && pictorial(before):
		return symbol(next)
	case r == joiner, r == nonJoiner:
		return joining(before) && joining(next)
	case r >= 0xfe00 && r <= 0xfe0f:
		return selectable(before, r)
	case r >= 0x180b && r <= 0x180f:
		return unicode.Is(unicode.Mongolian, before) && !Invisible(before) && r != 0x180e
	case r >= 0xe0100 && r <= 0xe01ef:
		return unicode.Is(unicode.Han, before)
	}
	return false
}

// selectable reports whether the variation selector r changes the look of the character before it:
// the form of an ideograph, or text and picture of a symbol.
func selectable(before, r rune) bool {
	switch {
	case unicode.Is(unicode.Han, before), symbol(before):
		return true
	case r < 0xfe0e:
		return false
	}
	return emojiBase(before)
}

// emojiBase reports whether before has a picture beside its text although it is no symbol by class.
func emojiBase(before rune) bool {
	return strings.ContainsRune("#*0123456789‼⁉↔〰〽", before) || unicode.Is(unicode.Sm, before) && before >= 0x2000
}

// symbol reports whether r is a symbol that shows; what stands for broken UTF-8 is none.
func symbol(r rune) bool { return unicode.Is(unicode.So, r) && !Invisible(r) && r != utf8.RuneError }

// pictorial reports whether r can end the first half of a joined emoji.
func pictorial(r rune) bool {
	return symbol(r) || r == 0xfe0f || r >= 0x1f3fb && r <= 0x1f3ff
}

// joining reports whether r is of a script that writes with joiners.
func joining(r rune) bool {
	return !Invisible(r) && unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko, unicode.Devanagari, unicode.Bengali,
		unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam,
		unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Thaana)
}
