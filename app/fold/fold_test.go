package fold_test

import (
	"testing"

	"daypass/app/fold"
)

// The forms of one text are equal.
func TestString_formsOfOneTextAreEqual(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"Readings.CSV", "readings.csv"},
		{"MÜLLER.csv", "m\u00fcller.csv"},
		{"Mu\u0308ller.csv", "m\u00fcller.csv"},
		{"MU\u0308LLER.csv", "m\u00fcller.csv"},
		{"\u1112\u1161\u11ab", "\ud55c"},
		{"Й\u0418\u0306", "йй"},
		{"\xffA", "\xffa"},
	} {
		given := []byte(c.text)
		// Lower case replaces broken UTF-8 in strings and in bytes alike.
		if s, b := fold.String(c.text), string(fold.Bytes(given)); s != b || s != c.want && c.text[0] != '\xff' {
			t.Errorf("%+q is %+q and %+q, want %+q", c.text, s, b, c.want)
		}
		if string(given) != c.text {
			t.Errorf("%+q was changed", c.text)
		}
	}
}
