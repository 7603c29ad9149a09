package browser_test

import (
	"testing"

	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/ui/browser"
)

func TestRule46NewNamesHoldNothingInvisible(t *testing.T) {
	questions := map[string]browser.TextQuestion{
		"folder": browser.AskNewFolder(location.Location{Bucket: "lake"}),
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
