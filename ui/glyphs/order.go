package glyphs

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// leftToRight is the mark that makes what is around it be written from left to right. It is not seen.
const leftToRight = "\u200e"

// firstRightToLeft is the first character that is written from right to left.
const firstRightToLeft = '\u0590'

// Ordered returns a line of text for the toolkit, which draws the parts of one direction in the order in which they are
// read: in the order in which they stand on screen, from the left, by the Unicode Bidirectional Algorithm. The line as
// a whole goes from left to right, as lists do, and so do the folders of a path. Letters within a part stay as they
// are read.
func Ordered(line string) string {
	if !hasRightToLeft(line) || !utf8.ValidString(line) {
		return line
	}
	folders := strings.Split(line, "/")
	for i, name := range folders {
		folders[i] = orderedName(name)
	}
	return strings.Join(folders, "/")
}

// orderedName is Ordered without paths.
func orderedName(name string) string {
	if !hasRightToLeft(name) {
		return name
	}
	parts := partsOf(name)
	var b strings.Builder
	b.WriteString(leftToRight)
	for i := 0; i < len(parts); {
		if !parts[i].inside {
			b.WriteString(parts[i].text)
			i++
			continue
		}
		end := i
		for end < len(parts) && parts[end].inside {
			end++
		}
		for j := end - 1; j >= i; j-- {
			b.WriteString(parts[j].drawn())
			b.WriteString(leftToRight)
		}
		i = end
	}
	return b.String()
}

func hasRightToLeft(line string) bool {
	for _, r := range line {
		if r >= firstRightToLeft {
			if p, _ := bidi.LookupRune(r); p.Class() == bidi.R || p.Class() == bidi.AL {
				return true
			}
		}
	}
	return false
}

// part is a piece of a line of one direction.
type part struct {
	text string
	// inside is true for what belongs to text from right to left: such text, and the numbers in it.
	inside, rightToLeft bool
}

// drawn returns the part with the spaces and punctuation at its ends on the side where they stand on screen.
func (p part) drawn() string {
	if !p.rightToLeft {
		return p.text
	}
	inner := strings.TrimFunc(p.text, func(r rune) bool { return !isRightToLeft(r) })
	before, after, _ := strings.Cut(p.text, inner)
	return mirrored(after) + leftToRight + inner + leftToRight + mirrored(before)
}

// isRightToLeft reports whether r is written from right to left, or belongs to the letter before it.
func isRightToLeft(r rune) bool {
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL || p.Class() == bidi.NSM
}

// mirrors are the brackets that stand the other way round in text from right to left.
var mirrors = map[rune]rune{'(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{', '<': '>', '>': '<', '«': '»', '»': '«'}

// mirrored returns spaces and punctuation in text from right to left as they stand from the left.
func mirrored(text string) string {
	runes := []rune(text)
	slices.Reverse(runes)
	for i, r := range runes {
		if m, ok := mirrors[r]; ok {
			runes[i] = m
		}
	}
	return string(runes)
}

// partsOf divides a line that goes from left to right.
func partsOf(line string) (parts []part) {
	var p bidi.Paragraph
	if _, err := p.SetString(leftToRight + line); err != nil {
		return []part{{text: line}}
	}
	order, err := p.Order()
	if err != nil {
		return []part{{text: line}}
	}
	after := false // text from right to left
	for i := range order.NumRuns() {
		run := order.Run(i)
		text := strings.TrimPrefix(run.String(), leftToRight)
		if run.Direction() == bidi.RightToLeft {
			parts = append(parts, part{text, true, true})
			after = true
			continue
		}
		number := 0
		if after {
			number = numberAtStart(text)
		}
		if number > 0 {
			closing := closedAt(text[number:], parts[len(parts)-1].text)
			parts = append(parts, part{text[:number], true, false})
			if closing > 0 {
				parts = append(parts, part{text[number : number+closing], true, true})
			}
			number += closing
		}
		if number < len(text) {
			parts = append(parts, part{text: text[number:]})
		}
		after = false
	}
	return parts
}

// numberAtStart returns how many bytes at the beginning of text are a number, with separators between its digits.
func numberAtStart(text string) (end int) {
	for i, r := range text {
		switch {
		case unicode.IsDigit(r):
			end = i + utf8.RuneLen(r)
		case i != end || !strings.ContainsRune(".,:/+-", r):
			return end
		}
	}
	return end
}

// closedAt returns how many bytes at the beginning of text close a bracket that before ends with: the brackets around a
// number belong to the text before them.
func closedAt(text, before string) int {
	opened, _ := utf8.DecodeLastRuneInString(before)
	closed, size := utf8.DecodeRuneInString(text)
	if m, ok := mirrors[opened]; ok && m == closed {
		return size
	}
	return 0
}
