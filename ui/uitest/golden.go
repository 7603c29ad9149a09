package uitest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// updateVariable is the environment variable that has Golden write its files again.
const updateVariable = "UPDATE_GOLDENS"

// Golden compares got with the file testdata/name, and says at which line they part.
func Golden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv(updateVariable) != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; %s=1 writes it", err, updateVariable)
	}
	if string(want) == got {
		return
	}
	wants, gots := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range max(len(wants), len(gots)) {
		if w, g := lineAt(wants, i), lineAt(gots, i); w != g {
			t.Errorf("%s:%d:\n got: %s\nwant: %s", path, i+1, g, w)
			return
		}
	}
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(the end)"
}
