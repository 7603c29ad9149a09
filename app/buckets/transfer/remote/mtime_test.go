package remote

import (
	"testing"
	"time"
)

// Times of modification are written as rclone writes them.
func TestMtime_likeRclone(t *testing.T) {
	for text, want := range map[string]time.Time{
		"1577836800":           time.Unix(1577836800, 0),
		"1577836800.123456789": time.Unix(1577836800, 123456789),
		"1577836800.5":         time.Unix(1577836800, 500000000),
		"-1.5":                 time.Unix(-2, 500000000),
		"0.000000001":          time.Unix(0, 1),
	} {
		if got := parseMtime(text); !got.Equal(want) {
			t.Errorf("%s is %v", text, got)
		}
		if got := formatMtime(want); got != text {
			t.Errorf("%v is written %s, want %s", want, got, text)
		}
	}
	for _, text := range []string{"", "now", "1e9", "99999999999", "1.0000000001", "1.-5", "--1", "1,5", "-", "2020-01-01"} {
		if got := parseMtime(text); !got.IsZero() {
			t.Errorf("%q is %v", text, got)
		}
	}
}
