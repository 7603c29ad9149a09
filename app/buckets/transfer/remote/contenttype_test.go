package remote

import (
	"strings"
	"testing"
)

// Content types are the same on every system.
func TestContentType_sameOnAllSystems(t *testing.T) {
	for name, want := range map[string]string{
		"a.csv": "text/csv", "a.parquet": "application/vnd.apache.parquet", "a.json": "application/json", "A.MD": "text/markdown",
		"a.js": "text/javascript", "a.html": "text/html", "a": "application/octet-stream", "a.xyz": "application/octet-stream",
		".csv": "text/csv", "dir.csv/a": "application/octet-stream",
	} {
		if got := ContentType(name, false); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	for ending, kind := range contentTypes {
		if strings.Contains(kind, "charset") || ending != strings.ToLower(ending) || !strings.Contains(kind, "/") {
			t.Errorf("%s: %s", ending, kind)
		}
	}
}
