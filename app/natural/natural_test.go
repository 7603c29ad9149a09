package natural

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

func order(tag language.Tag, names ...string) string {
	k := New(tag).Keyer()
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(bytes.Compare(k.Key(nil, []byte(a)), k.Key(nil, []byte(b))), strings.Compare(a, b))
	})
	return strings.Join(names, " ")
}

func TestOrder_languages(t *testing.T) {
	for _, c := range []struct {
		tag  language.Tag
		want string
	}{
		{language.English, "0 1 2 10 100"},
		{language.English, "big.bin README.md"},
		{language.English, "0.csv 1.csv 9.csv 10.csv"},
		{language.English, "a1b2 a1b10 a02b1"},
		{language.English, "001 01 1 2"},
		{language.English, "2026-01-05 2026-01-10 2026-1-11 2026-02-01"},
		{language.English, "99999999999999999999999999 100000000000000000000000000"},
		{language.English, "_a -a .a a"},
		{language.English, "Bar bar BAR2 bar10"},
		{language.English, "Äpfel apple banana"},
		{language.English, "chalk cobalt"},
		{language.English, "Ångström2 Ångström10 Zebra"},
		{language.German, "Ofen öffnen Oktober"},
		{language.Swedish, "ål ängel öga"},
		{language.Swedish, "zebra ål2 ål10 ängel"},
		{language.Danish, "banan zebra aalborg"},
		{language.Czech, "cesta hora chata2 chata10 ikona"},
		{language.Und, "alpha данные 文件2 文件10"},
	} {
		names := strings.Fields(c.want)
		slices.Reverse(names)
		if got := order(c.tag, names...); got != c.want {
			t.Errorf("%v: %s, not %s", c.tag, got, c.want)
		}
	}
}

// An ASCII name has one key, whether the table or the collator makes it.
func TestKeyer_tableAgreesWithCollator(t *testing.T) {
	o := New(language.English)
	if !o.simple {
		t.Fatal("English is asked of the collator")
	}
	if New(language.Czech).simple {
		t.Error("ch is two letters in Czech")
	}
	k := o.Keyer()
	for _, name := range []string{"", "README.md", "a b", "Reading (copy) [final] ~v", "\x00\x01x", "C++ & C#", "100%"} {
		if text := []byte(name); !bytes.Equal(k.ascii(nil, text), k.primary(nil, text)) {
			t.Errorf("%q: %x, %x", name, k.ascii(nil, text), k.primary(nil, text))
		}
	}
}

// What is no UTF-8 has a key, and a place of its own.
func FuzzCompare(f *testing.F) {
	f.Add("a", "\xff\xfe")
	f.Add("10", "9")
	f.Fuzz(func(t *testing.T, a, b string) {
		if x, y := Compare(a, b), Compare(b, a); x != -y || (x == 0) != (a == b) {
			t.Errorf("%q and %q: %d, %d", a, b, x, y)
		}
	})
}

func BenchmarkKey(b *testing.B) {
	for name, text := range map[string]string{"ascii": "reading-0012345.csv", "other": "Übersicht-0012345.csv"} {
		b.Run(name, func(b *testing.B) {
			k, dst := New(language.English).Keyer(), []byte(nil)
			for b.Loop() {
				dst = k.Key(dst[:0], []byte(text))
			}
		})
	}
}
