package present

import "testing"

func TestKeys_names(t *testing.T) {
	for keys, want := range map[string]string{"": "", "F2": "F2", "Ctrl+Shift+N": "Ctrl+Shift+N", "PageUp  PageDown": "Page Up  Page Down", "Ctrl+,": "Ctrl+,"} {
		if got := Keys(keys); got != want {
			t.Errorf("%q: %q, want %q", keys, got, want)
		}
	}
	if Hint("Back", "Alt+←") != "Back (Alt+←)" || Hint("Columns…", "") != "Columns…" {
		t.Errorf("%q, %q", Hint("Back", "Alt+←"), Hint("Columns…", ""))
	}
}

func TestFacts_skipsEmptyOnes(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Facts(), ""}, {Facts("a"), "a"}, {Facts("", "a", "", "b", "c"), "a, b, c"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
