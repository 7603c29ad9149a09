package location

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestLocation_texts(t *testing.T) {
	for _, c := range []struct {
		l          Location
		text, path string
		parent     Location
		json       string
	}{
		{Location{}, "s3://", "", Location{}, `{"bucket":""}`},
		{Location{Bucket: "lake"}, "s3://lake/", "lake", Location{}, `{"bucket":"lake"}`},
		{Location{"lake", "2026/"}, "s3://lake/2026/", "lake/2026/", Location{Bucket: "lake"}, `{"bucket":"lake","prefix":"2026/"}`},
		{Location{"lake", "a/b"}, "s3://lake/a/b", "lake/a/b", Location{"lake", "a/"}, `{"bucket":"lake","prefix":"a/b"}`},
		{Location{"lake", "/"}, "s3://lake//", "lake//", Location{Bucket: "lake"}, `{"bucket":"lake","prefix":"/"}`},
	} {
		if c.l.URL() != c.text || c.l.Path() != c.path || c.l.Parent() != c.parent || c.l.Root() != (c.path == "") {
			t.Errorf("%q, %q, in %q", c.l.URL(), c.l.Path(), c.l.Parent())
		}
		for _, text := range []string{c.l.URL(), c.l.Path()} {
			if got, err := Parse(text); err != nil || got != c.l {
				t.Errorf("%q is read as %q: %v", text, got, err)
			}
		}
		if got, err := json.Marshal(c.l); err != nil || string(got) != c.json {
			t.Errorf("%s %v", got, err)
		}
	}
}

// Where only the name is wrong, the caller learns which location was meant.
func TestParse_bucketName(t *testing.T) {
	if l, err := Parse("s3://Payroll*/x"); err == nil || (l != Location{"Payroll*", "x"}) {
		t.Errorf("%q %v", l, err)
	}
	if l, err := Parse("ftp://payroll/x"); err == nil || !l.Root() {
		t.Errorf("%q %v", l, err)
	}
}

func TestParseFolder_typedTexts(t *testing.T) {
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
		got, err := ParseFolder(c.typed)
		if want := (Location{c.bucket, c.prefix}); err != nil || got != want {
			t.Errorf("ParseFolder(%q) = %q, %v; want %q", c.typed, got, err, want)
		}
	}
}

func TestParseFolder_refusesInASentence(t *testing.T) {
	for _, typed := range []string{
		"https://s3.example.com/lake", "s3:///folder/", "//folder", "ab", strings.Repeat("a", 64), "two words", "la\u202eke", "a..b", "läke",
	} {
		got, err := ParseFolder(typed)
		if err == nil {
			t.Errorf("ParseFolder(%q) = %q", typed, got)
			continue
		}
		if text := err.Error(); !strings.HasSuffix(text, ".") || strings.Contains(text, "\u202e") {
			t.Errorf("ParseFolder(%q): %q is no sentence to show", typed, text)
		}
	}
}

func TestParseURL_typedTexts(t *testing.T) {
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
		got, err := ParseURL(c.typed, c.endpoint)
		if want := (Location{c.bucket, c.key}); err != nil || got != want {
			t.Errorf("%q: %q, %v", c.typed, got, err)
		}
	}
	for _, typed := range []string{
		"https://elsewhere.example.com/lake/x", "https://s3.example.com:9001/lake/x", "https://s3.example.com/lake/x", "https://lake.s3.amazonaws.com/x",
		"https://s3.example.com:9000/a..b/x", "https://%zz/", "ftp://s3.example.com:9000/lake/x", "https:///lake/x",
	} {
		if got, err := ParseURL(typed, own); err == nil || !strings.HasSuffix(err.Error(), ".") {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
}
