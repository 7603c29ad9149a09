package safetext

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestRules34And46_namesAreShownEscaped(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"readings.parquet", "readings.parquet"},
		{"", ""},
		{"Übersicht 2026 (neu).csv", "Übersicht 2026 (neu).csv"},
		{"отчёт.txt", "отчёт.txt"},
		{"資料　一覧.csv", "資料　一覧.csv"},
		{"葛\U000e0100.txt", "葛\U000e0100.txt"},
		{"می\u200cخواهم.txt", "می\u200cخواهم.txt"},
		{"क्\u200dष.txt", "क्\u200dष.txt"},
		{"தமிழ்.txt", "தமிழ்.txt"},
		{"👩‍🔬 lab ❤️.png", "👩‍🔬 lab ❤️.png"},
		{"e\u0301.txt", "e\u0301.txt"},
		{"a\nb", `a\nb`},
		{"a\\nb", `a\\nb`},
		{"a\\b", `a\b`},
		{"a\\\nb", `a\\\nb`},
		{"tab\tcr\r", `tab\tcr\r`},
		{"nul\x00", `nul\x00`},
		{"esc\x1b[31m", `esc\x1b[31m`},
		{"c1\u009b31m", `c1\u009b31m`},
		{"photo\u202egpj.exe", `photo\u202egpj.exe`},
		{"a\u2066b\u2069", `a\u2066b\u2069`},
		{"zero\u200bwidth", `zero\u200bwidth`},
		{"in\u200dvisible", `in\u200dvisible`},
		{"bom\ufeff", `bom\ufeff`},
		{"soft\u00adhyphen", `soft\u00adhyphen`},
		{"no\u00a0break", `no\u00a0break`},
		{"line\u2028end", `line\u2028end`},
		{"fill\u3164er", `fill\u3164er`},
		{"tag\U000e0041", `tag\U000e0041`},
		{"lake\ufe0f", `lake\ufe0f`},
		{"v1.\ufe0f", `v1.\ufe0f`},
		{"half\uffa0", `half\uffa0`},
		{"join\u034fer", `join\u034fer`},
		{"khmer\u17b4", `khmer\u17b4`},
		{"blank\u2800\ufe0f", `blank\u2800\ufe0f`},
		{"❤\U000e0041", `❤\U000e0041`},
		{"bad\xff\xfe", `bad\xff\xfe`},
		{"\xe2\x82", `\xe2\x82`},
		{" padded ", `\x20padded\x20`},
		{"private\ue000", `private\ue000`},
	} {
		if got := Name(c.name); got != c.want {
			t.Errorf("Name(%+q) = %s, want %s", c.name, got, c.want)
		}
	}
}

func TestText_escapes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"one\r\ntwo\rthree\u2028four\tfive\n", "one\ntwo\nthree\nfour\tfive\n"},
		{" 1\u00a0000,50 € \\n ", " 1\u00a0000,50 € \\n "},
		{"plain é 研究\nnext", "plain é 研究\nnext"},
		{"\x1b]0;title\a", `\x1b]0;title\x07`},
		{"esc\x1b[31m \u202eexe\xff", `esc\x1b[31m \u202eexe\xff`},
		{"👩‍🔬 می\u200cخواهم", "👩‍🔬 می\u200cخواهم"},
	} {
		if got := Text(c.text); got != c.want {
			t.Errorf("Text(%+q) = %+q, want %+q", c.text, got, c.want)
		}
	}
}

func TestLine_escapesAndCuts(t *testing.T) {
	for _, c := range []struct {
		text string
		max  int
		want string
	}{
		{"  access\n\tdenied\r\n", 0, "access denied"},
		{"esc\x1b[31m", 0, `esc\x1b[31m`},
		{"Größe", 5, "Größe"},
		{"Größen", 5, "Größ…"},
		{"\xff", 0, `\xff`},
	} {
		if got := Line(c.text, c.max); got != c.want {
			t.Errorf("Line(%+q, %d) = %+q, want %+q", c.text, c.max, got, c.want)
		}
	}
}

// Whatever comes, what is shown is valid text without a character that steers, turns or hides; and a name can be
// read back.
func FuzzSafeText(f *testing.F) {
	for _, s := range []string{"a", `a\nb`, "a\nb", "\\", "\\\\", "\xff", "\u202e", " a ", "\\ ", "a\tb\r\n", "\u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, foreign string) {
		name, text, line := Name(foreign), Text(foreign), Line(foreign, 20)
		harmless(t, foreign, name)
		harmless(t, foreign, line)
		harmless(t, foreign, strings.NewReplacer("\n", "", "\t", "").Replace(text))
		if n := utf8.RuneCountInString(line); n > 20 {
			t.Fatalf("%q is a line of %d characters", foreign, n)
		}
		if back := unescapeName(name); back != foreign {
			t.Fatalf("%q is shown as %q, which reads as %q", foreign, name, back)
		}
	})
}

func harmless(t *testing.T, foreign, shown string) {
	t.Helper()
	if !utf8.ValidString(shown) {
		t.Fatalf("%q is shown as invalid text %q", foreign, shown)
	}
	for _, r := range shown {
		if r < ' ' || r >= 0x7f && r < 0xa0 || strings.ContainsRune("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u2028\u2029", r) {
			t.Fatalf("%q is shown with %U in it", foreign, r)
		}
	}
}

// unescapeName reads what Name wrote.
func unescapeName(shown string) string {
	var out []byte
	for i := 0; i < len(shown); i++ {
		if shown[i] != '\\' || i+1 == len(shown) {
			out = append(out, shown[i])
			continue
		}
		width := map[byte]int{'x': 2, 'u': 4, 'U': 8}[shown[i+1]]
		switch c := shown[i+1]; {
		case c == '\\':
			out = append(out, '\\')
		case c == 'n':
			out = append(out, '\n')
		case c == 'r':
			out = append(out, '\r')
		case c == 't':
			out = append(out, '\t')
		case width > 0:
			n, _ := strconv.ParseUint(shown[i+2:i+2+width], 16, 32)
			r := rune(n)
			if c == 'x' {
				out = append(out, byte(r))
			} else {
				out = utf8.AppendRune(out, r)
			}
			i += width
		default:
			out = append(out, '\\')
			i--
		}
		i++
	}
	return string(out)
}
