package glyphs

import (
	"unicode"

	"github.com/go-text/typesetting/segmenter"
)

// withoutSpaces are the scripts that are written without spaces between words.
var withoutSpaces = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// Pieces returns the parts of a word between which a line may end, by the Unicode Line Breaking Algorithm, UAX #14. A
// word of a language that is written with spaces is one piece.
func Pieces(word string) []string {
	runes := []rune(word)
	if !writtenWithoutSpaces(runes) {
		return []string{word}
	}
	var s segmenter.Segmenter
	s.Init(runes)
	var pieces []string
	for lines := s.LineIterator(); lines.Next(); {
		pieces = append(pieces, string(lines.Line().Text))
	}
	return pieces
}

func writtenWithoutSpaces(runes []rune) bool {
	for _, r := range runes {
		if unicode.In(r, withoutSpaces...) {
			return true
		}
	}
	return false
}
