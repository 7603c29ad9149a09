package glyphs

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Letters stand for directions here: א, ב and ג for words from right to left. What is expected is the line as it stands
// on screen, from the left; see the examples of the Unicode Bidirectional Algorithm, UAX #9.
func TestOrdered_lines(t *testing.T) {
	for line, want := range map[string]string{
		"plain.txt":       "plain.txt",
		"naïve 日本 😀.txt":  "naïve 日本 😀.txt",
		"אב":              "אב",
		"אב.txt":          "אב.txt",
		"אב גד.txt":       "אב גד.txt",
		"אב 2026.txt":     "2026 אב.txt",
		"אב 2026":         "2026 אב",
		"אב 1,234.5 גד":   "גד 1,234.5 אב",
		"a אב b":          "a אב b",
		"2026 אב":         "2026 אב",
		"a/אב/12/b":       "a/אב/12/b",
		"אב-12-2026.csv":  "12-2026-אב.csv",
		"אב (1)":          "(1) אב",
		"אב (גד).txt":     "אב (גד).txt",
		"ملف عربي 12.txt": "12 ملف عربي.txt",
	} {
		got := Ordered(line)
		if got := strings.ReplaceAll(got, leftToRight, ""); got != want {
			t.Errorf("%q stands as %q, want %q", line, got, want)
		}
		if utf8.RuneCountInString(strings.ReplaceAll(got, leftToRight, "")) != utf8.RuneCountInString(line) {
			t.Errorf("%q became %q", line, got)
		}
	}
}

// Nothing is added or lost, whatever the text.
func FuzzOrdered(f *testing.F) {
	for _, line := range []string{"a אב 12.b", "אב", "\xff אב", "א\u202eב", "א\nב"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		count := func(s string) (letters map[rune]int) {
			letters = map[rune]int{}
			for _, r := range s {
				if other, ok := mirrors[r]; ok {
					r = max(r, other)
				}
				letters[r]++
			}
			delete(letters, '\u200e')
			return letters
		}
		before, after := count(line), count(Ordered(line))
		if len(before) != len(after) {
			t.Fatalf("%q became %q", line, Ordered(line))
		}
		for r, n := range before {
			if after[r] != n {
				t.Fatalf("%q became %q", line, Ordered(line))
			}
		}
	})
}
