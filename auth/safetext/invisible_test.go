package safetext

import (
	"testing"
	"unicode"
)

func TestRule46_invisibleCharacters(t *testing.T) {
	for _, r := range []rune{
		0, '\n', 0x7f, 0x85, 0xad, 0x034f, 0x061c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x180f, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f,
		0x2028, 0x202e, 0x2060, 0x2065, 0x2066, 0x206f, 0x2800, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff0, 0x1bca0, 0x1d173,
		0xe0000, 0xe0001, 0xe0041, 0xe007f, 0xe0100, 0xe01ef, 0xe0fff,
	} {
		if !Invisible(r) || !HasInvisible("lake"+string(r)) {
			t.Errorf("%U passes for visible", r)
		}
	}
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		if unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) && !Invisible(r) {
			t.Errorf("%U passes for visible", r)
		}
	}
	if HasInvisible("Übersicht (neu) отчёт 資料　一覧 தமிழ் e\u0301 ❤ 👩") {
		t.Error("text as people write it is refused")
	}
}

// A joiner is accepted only where it joins characters.
func TestRule46_joiners(t *testing.T) {
	for _, c := range []struct {
		before, r rune
		after     string
		want      bool
	}{
		{'👩', 0x200d, "🔬", true},
		{0xfe0f, 0x200d, "🔥", true},
		{'❤', 0xfe0f, "", true},
		{'1', 0xfe0f, "\u20e3", true},
		{'葛', 0xe0100, "", true},
		{'ی', 0x200c, "خ", true},
		{'a', 0x200d, "b", false},
		{'👩', 0x200d, "\xff", false},
		{'\ufffd', 0xfe0f, "", false},
		{'👩', 0x200d, "", false},
		{'a', 0xfe0f, "", false},
		{'-', 0xfe0f, "", false},
		{'.', 0xfe0f, "", false},
		{-1, 0xfe0f, "", false},
		{0x2800, 0xfe0f, "", false},
		{'❤', 0x200b, "", false},
		{'❤', 0xe0041, "", false},
	} {
		if got := Joins(c.before, c.r, c.after); got != c.want {
			t.Errorf("Joins(%U, %U, %q) = %t", c.before, c.r, c.after, got)
		}
	}
}

// Names may contain joiners where the script needs them.
func TestRule46_joinersInNames(t *testing.T) {
	for text, want := range map[string]bool{
		"👩\u200d🔬 notes": false, "❤\ufe0f": false, "می\u200cخواهم": false, "plain": false, "\xff": false,
		"zero\u200bwidth": true, "a\u200db": true, "\u202eexe.txt": true, "lake\u3164": true, "soft\u00adhyphen": true,
	} {
		if got := HasHidden(text); got != want {
			t.Errorf("HasHidden(%q) = %t", text, got)
		}
	}
}
