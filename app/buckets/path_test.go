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
		{"s3a://lake/2026", "lake", "2026/"},
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

func TestParseAddress(t *testing.T) {
	const own, amazon = "https://s3.example.com:9000", "https://s3.eu-west-1.amazonaws.com"
	for _, c := range []struct{ typed, endpoint, bucket, key string }{
		{"s3://lake/2026/readings.csv", own, "lake", "2026/readings.csv"},
		{"s3://lake/2026/", own, "lake", "2026/"},
		{"s3://lake/50%25?x#y", own, "lake", "50%25?x#y"},
		{" lake/a b.csv ", own, "lake", "a b.csv"},
		{"https://s3.example.com:9000/lake/2026/a%20b%2Bc.csv", own, "lake", "2026/a b+c.csv"},
		{"HTTPS://S3.example.com:9000/lake", own, "lake", ""},
		{"https://s3.example.com:9000/", own, "", ""},
		{"https://s3.example.com:9000/lake/x.csv?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00", own, "lake", "x.csv"},
		{"https://lake.s3.example.com:9000/2026/x.csv", own, "lake", "2026/x.csv"},
		{"https://s3.example.com/lake/x", "https://s3.example.com", "lake", "x"},
		{"https://s3.example.com:443/lake/x", "https://s3.example.com", "lake", "x"},
		{"https://lake.s3.amazonaws.com/x", amazon, "lake", "x"},
		{"https://my.lake.s3.us-east-1.amazonaws.com/x", amazon, "my.lake", "x"},
		{"https://s3-us-west-2.amazonaws.com/lake/x", amazon, "lake", "x"},
		{"https://lake.s3.dualstack.eu-west-1.amazonaws.com/x", amazon, "lake", "x"},
	} {
		bucket, key, err := ParseAddress(c.typed, c.endpoint)
		if err != nil || bucket != c.bucket || key != c.key {
			t.Errorf("%q: %q, %q, %v", c.typed, bucket, key, err)
		}
	}
	for _, typed := range []string{
		"https://elsewhere.example.com/lake/x", "https://s3.example.com:9001/lake/x", "https://s3.example.com/lake/x", "https://lake.s3.amazonaws.com/x",
		"https://s3.example.com:9000/a..b/x", "https://%zz/", "ftp://s3.example.com:9000/lake/x", "https:///lake/x",
	} {
		if bucket, key, err := ParseAddress(typed, own); err == nil || !strings.HasSuffix(err.Error(), ".") {
			t.Errorf("%q: %q, %q, %v", typed, bucket, key, err)
		}
	}
}

func TestIntoItself(t *testing.T) {
	for _, tt := range []struct {
		key, target string
		want        bool
	}{
		{"p/a", "p/a", true},
		{"p/a", "p/a/b", false},
		{"p/a", "q/a", false},
		{"p/d/", "p/d/", true},
		{"p/d/", "p/d/x/", true},
		{"p/d/", "p/d2/", false},
		{"p/d/", "p/", false},
		{"", "", true},
		{"", "x/", true},
	} {
		if got := IntoItself(tt.key, tt.target); got != tt.want {
			t.Errorf("%q to %q: %t", tt.key, tt.target, got)
		}
	}
}

func TestSameServer(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"https://S3.example.com", "https://s3.example.com.:443", true},
		{"https://s3.example.com", "http://s3.example.com", false},
		{"https://s3.example.com", "https://s3.example.com:9000", false},
		{"", "", false},
		{"%", "%", false},
	} {
		if got := SameServer(tt.a, tt.b); got != tt.want {
			t.Errorf("%s and %s: %t", tt.a, tt.b, got)
		}
	}
}
