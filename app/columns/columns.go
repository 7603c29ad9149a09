// Package columns lines up texts on a terminal, on which a letter takes one or two columns.
package columns

import (
	"io"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
)

// Width returns how many columns a text takes.
func Width(text string) int { return runewidth.StringWidth(text) }

// Write writes rows of cells. Each column but the last is as wide as its widest cell, and gap columns follow it. indent
// stands before each row.
func Write(out io.Writer, indent string, gap int, rows [][]string) error {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], Width(cell))
		}
	}
	var text strings.Builder
	for _, row := range rows {
		text.WriteString(indent)
		for i, cell := range row {
			text.WriteString(cell)
			if i < len(row)-1 {
				text.WriteString(strings.Repeat(" ", widths[i]-Width(cell)+gap))
			}
		}
		text.WriteString("\n")
	}
	_, err := io.WriteString(out, text.String())
	return err
}

// Wrap breaks a line where a space is, and beside letters of languages that have no spaces, so that no line is wider than
// it must be.
func Wrap(line string, width int) []string {
	var lines []string
	current, spaces := "", ""
	for _, p := range pieces(line) {
		switch {
		case p == " ":
			spaces += p
			continue
		case current != "" && Width(current+spaces+p) > width:
			lines, current = append(lines, current), ""
		default:
			current += spaces
		}
		current, spaces = current+p, ""
	}
	return append(lines, current)
}

// pieces are the parts of a line between which it may be broken: words, single wide letters, and spaces.
func pieces(line string) (all []string) {
	word := ""
	end := func() {
		if word != "" {
			all, word = append(all, word), ""
		}
	}
	for _, r := range line {
		wide := runewidth.RuneWidth(r) == 2
		switch {
		case r == ' ':
			end()
			all = append(all, " ")
		case wide && staysBehind(r) && word == "" && len(all) > 0 && all[len(all)-1] != " ":
			all[len(all)-1] += string(r)
		case wide && !staysBehind(r):
			end()
			all = append(all, string(r))
		default:
			word += string(r)
		}
	}
	end()
	return all
}

// staysBehind reports whether no line begins with a wide character.
func staysBehind(r rune) bool {
	return unicode.In(r, unicode.Pe, unicode.Pf, unicode.Po) || r == 'ー'
}
