package buckets

import (
	"strings"
	"testing"
)

func TestParsePath(t *testing.T) {
	for _, c := range []struct{ typed, bucket, prefix string }{
		{"", "", ""},
		{"  ", "", ""},
		{"/", "", ""},
		{"s3://", "", ""},
		{"S3://", "", ""},
		{"s3://lake", "lake", ""},
		{"s3://lake/", "lake", ""},
		{"  s3://lake/2026/january/  ", "lake", "2026/january/"},
		{"s3://lake/2026/january", "lake", "2026/january/"},
		{"/lake/2026", "lake", "2026/"},
		{"lake/2026/", "lake", "2026/"},
		{"lake", "lake", ""},
		{"lake//double", "lake", "/double/"},
		{"lake/with space/", "lake", "with space/"},
		{"lake/a://b", "lake", "a://b/"},
		{"Old_Bucket", "Old_Bucket", ""},
	} {
		bucket, prefix, err := ParsePath(c.typed)
		if err != nil || bucket != c.bucket || prefix != c.prefix {
			t.Errorf("ParsePath(%q) = %q, %q, %v; want %q, %q", c.typed, bucket, prefix, err, c.bucket, c.prefix)
		}
	}
}

func TestParsePathRefusesInASentence(t *testing.T) {
	for _, typed := range []string{
		"https://s3.example.com/lake", "s3:///folder/", "//folder", "ab", strings.Repeat("a", 64), "two words", "la\u202eke", "a..b", "läke",
	} {
		bucket, prefix, err := ParsePath(typed)
		if err == nil {
			t.Errorf("ParsePath(%q) = %q, %q", typed, bucket, prefix)
			continue
		}
		if text := err.Error(); !strings.HasSuffix(text, ".") || strings.Contains(text, "\u202e") {
			t.Errorf("ParsePath(%q): %q is no sentence to show", typed, text)
		}
	}
}
