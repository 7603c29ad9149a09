package browser_test

import (
	"testing"

	"daypass/app/buckets"
	"daypass/ui/browser"
)

// New names hold no invisible characters.
func TestRule46_newNamesHoldNothingInvisible(t *testing.T) {
	questions := map[string]browser.TextQuestion{
		"folder": browser.AskNewFolder("s3://lake/"),
		"bucket": browser.AskNewBucket(),
		"rename": browser.AskRename(buckets.Entry{Key: "a.csv"}, "a.csv"),
	}
	for what, q := range questions {
		if invalid := q.Check("research"); invalid != "" {
			t.Errorf("%s: %s", what, invalid)
		}
		for _, r := range []rune{0x3164, 0x115f, 0xffa0, 0xfe0f, 0xad, 0x200b, 0x202e, 0xe0041} {
			if q.Check("research"+string(r)) == "" {
				t.Errorf("%s: %U is taken", what, r)
			}
		}
	}
}

// The name of the folder that a new one goes into cannot deceive the reader (rule 34).
func TestRule34AskNewFolder_showsHiddenCharacters(t *testing.T) {
	if title := browser.AskNewFolder("s3://lake/a\u202eb/").Title; title != `New folder in s3://lake/a\u202eb/` {
		t.Errorf("%q", title)
	}
}
