//go:build linux || freebsd || netbsd || openbsd || windows

package tray

import (
	"strings"
	"testing"

	"daypass/app/status"
)

// Names cannot disturb the menu.
func TestLabel_escapesNames(t *testing.T) {
	m := mnemonic
	tests := map[string]string{
		"my" + m + "lake":        "my" + m + m + "lake",
		"two\nlines\tand\u202eb": `two lines and\u202eb`,
		strings.Repeat("ä", 100): strings.Repeat("ä", maxLabel-1) + "…",
	}
	for text, want := range tests {
		if got := label(text); got != want {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// Every severity has an icon.
func TestIcon_everySeverityHasOne(t *testing.T) {
	for _, m := range []status.Severity{status.Neutral, status.OK, status.Busy, status.Warning, status.Error} {
		if len(icon(m)) == 0 {
			t.Errorf("%s has none", m)
		}
	}
}
