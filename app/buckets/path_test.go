package buckets

import "testing"

func TestIntoItself_keys(t *testing.T) {
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

func TestSameServer_endpoints(t *testing.T) {
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
