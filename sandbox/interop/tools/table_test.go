//go:build linux && interop

package tools

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
)

// result is what a tool did.
type result struct {
	// tool is its name, version the one that ran, and way how it got the credentials.
	tool, version string
	way           way
	// steps are those that it did.
	steps []string
}

// The steps, in the order of the table's columns.
const (
	listed  = "listed"
	read    = "read"
	wrote   = "wrote"
	renewed = "renewed"
)

var allSteps = []string{listed, read, wrote, renewed}

// table is what all tools did. It may be used by several goroutines.
type table struct {
	mu   sync.Mutex
	rows []result
}

func (t *table) add(r result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows = append(t.rows, r)
}

// The lines between which the table stands in the document.
const (
	tableBegin = "<!-- make interop writes this table -->\n"
	tableEnd   = "<!-- end of the table -->\n"
)

// write puts the table into a document. It leaves it as it is where not all tools ran.
func (t *table) write(file string) error {
	if len(t.rows) < len(commands)+len(scripts)+len(minioGoWays) {
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, begun := strings.Cut(string(text), tableBegin)
	_, after, ended := strings.Cut(rest, tableEnd)
	if !begun || !ended {
		return fmt.Errorf("%s has no place for the table", file)
	}
	return os.WriteFile(file, []byte(before+tableBegin+t.text()+tableEnd+after), 0o644)
}

func (t *table) text() string {
	slices.SortFunc(t.rows, func(a, b result) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.tool), strings.ToLower(b.tool)), cmp.Compare(a.version, b.version), cmp.Compare(a.way, b.way))
	})
	var b strings.Builder
	b.WriteString("| tool | version | by | listed | read | wrote | went on through a renewal |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	for _, r := range t.rows {
		fmt.Fprintf(&b, "| %s | %s | %s |", r.tool, r.version, r.way)
		for _, step := range allSteps {
			cell := "–"
			if slices.Contains(r.steps, step) {
				cell = "yes"
			}
			fmt.Fprintf(&b, " %s |", cell)
		}
		b.WriteString("\n")
	}
	return b.String()
}
