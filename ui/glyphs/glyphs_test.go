package glyphs

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/font/gofont/goregular"
)

func TestClusters_split(t *testing.T) {
	for _, want := range [][]string{
		nil,
		{"a", ".", "b"},
		{"e\u0301", "x"},
		{"a", "👩\u200d💻", "b"},
		{"👨\u200d👩\u200d👧\u200d👦", "👩🏽\u200d🚀"},
		{"🇩🇪", "🇫🇷", "x"},
		{"👍🏽", "1\ufe0f\u20e3", "#\ufe0f\u20e3", "❤\ufe0f", "❤"},
		{"🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "!"},
		{"हि", "न्दी"},
		{"漢", "字"},
	} {
		if got := Clusters(strings.Join(want, "")); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A character that the fonts lack a part of is one box, whatever it is made of; the others stay as they are.
func TestDrawable_missingGlyphs(t *testing.T) {
	emoji := func(r rune) bool { return strings.ContainsRune("👩💻👍🏽🇩🇪1❤\u20e3", r) }
	fonts := New(emoji, []byte("no font"), goregular.TTF)
	for text, want := range map[string]string{
		"":                           "",
		"plain (1).txt":              "plain (1).txt",
		"Übergröße.txt":              "Übergröße.txt",
		"tab\there":                  "tab\there",
		"a👩\u200d💻b":                 "a👩\u200d💻b",
		"a👩\u200d🦽b":                 "a" + Box + "b",
		"👍🏽👍🏿":                       "👍🏽" + Box,
		"🇩🇪🇫🇷":                       "🇩🇪" + Box,
		"1\ufe0f\u20e3#\ufe0f\u20e3": "1\ufe0f\u20e3#\ufe0f\u20e3",
		"❤\ufe0f☃\ufe0f":             "❤\ufe0f" + Box,
		"हिन्दी.txt":                 Box + Box + ".txt",
		"𓀀𓀁𓂀.txt":                    Box + Box + Box + ".txt",
		"e\u0301\U0001e8d0!":         Box + "!",
	} {
		got := fonts.Drawable(text)
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if again := fonts.Drawable(got); again != got && !strings.Contains(got, Box) {
			t.Errorf("%q becomes %q", got, again)
		}
	}
}

// Fonts are asked once for a rune.
func TestDrawable_remembers(t *testing.T) {
	lookups := 0
	fonts := New(func(rune) bool { lookups++; return true })
	for range 3 {
		fonts.Drawable("漢字漢字")
	}
	if lookups != 2 {
		t.Errorf("asked %d times", lookups)
	}
}
