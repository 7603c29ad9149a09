package columns

import (
	"slices"
	"strings"
	"testing"
)

func TestWrite_wideLetters(t *testing.T) {
	var out strings.Builder
	if err := Write(&out, "  ", 3, [][]string{{"名前", "状態", "x"}, {"lake", "ok"}, {"a", "サインイン済み", "y"}}); err != nil {
		t.Fatal(err)
	}
	const want = "  名前   状態             x\n  lake   ok\n  a      サインイン済み   y\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

func TestWrap_lines(t *testing.T) {
	for line, want := range map[string][]string{
		"":                       {""},
		"one two three":          {"one two", "three"},
		"averylongword is whole": {"averylongword", "is whole"},
		"接続の名前です。":               {"接続の名前", "です。"},
		"「名前」は ID です":            {"「名前」は", "ID です"},
	} {
		if got := Wrap(line, 10); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}
