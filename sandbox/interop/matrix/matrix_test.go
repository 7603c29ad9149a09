package matrix

import (
	"os"
	"path/filepath"
	"testing"
)

const page = "# Page\n\n## One\n\n| a | b | step |\n| --- | --- | --- |\n| x | 1 | old |\n| y | 1 | kept |\n\n## Two\n\nA sentence.\n\n"

// Rows of this run take the places of older ones, and all else stays.
func TestWrite_mergesRows(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	one := Table{File: file, Heading: "One", Columns: []string{"a", "b", "step"}}
	two := Table{File: file, Heading: "Two", Columns: []string{"a", "b", "step"}}
	t.Run("rows", func(t *testing.T) {
		one.NewRow(t, "x", "1", nil).Step(t, "step", func(*testing.T) string { return "" })
		two.NewRow(t, "z", "2", map[string]string{"step": "not"}).Step(t, "step", func(*testing.T) string { return "not | here" })
	})
	for range 2 { // the second time nothing changes
		for _, table := range []*Table{&one, &two} {
			if err := table.Write(); err != nil {
				t.Fatal(err)
			}
		}
	}
	const want = "# Page\n\n## One\n\n| a | b | step |\n| --- | --- | --- |\n| x | 1 | ✓ |\n| y | 1 | kept |\n\n## Two\n\nA sentence.\n\n| a | b | step |\n| --- | --- | --- |\n| z | 2 | not / here |\n"
	if got, err := os.ReadFile(file); err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
}
