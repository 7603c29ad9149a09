// Package matrix writes docs/interop.md: what worked with which provider and which server when the tests last ran.
package matrix

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Works is the cell of a step that worked.
const Works = "✓"

// Table is one of the tables in the document, under a heading of its own.
type Table struct {
	// File is the document.
	File string
	// Heading stands above the table, without the hashes.
	Heading string
	// Columns are the headings of the columns. The first two tell rows apart.
	Columns []string

	mu   sync.Mutex
	rows [][]string
}

// Row is a line of the table while its test runs.
type Row struct {
	table *Table
	cells []string
	// wants are the reasons for which steps are known not to work.
	wants map[string]string
}

// NewRow begins a line, which gets into the table when the test ends. wants says of steps that do not work how the reason
// for it begins; all others must work.
func (t *Table) NewRow(tb testing.TB, first, second string, wants map[string]string) *Row {
	r := &Row{t, make([]string, len(t.Columns)), wants}
	r.cells[0], r.cells[1] = first, second
	tb.Cleanup(func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.rows = append(t.rows, r.cells)
	})
	return r
}

// Step runs one step as a subtest. do returns why the step cannot work here, empty where it works, and fails the test for
// all that is wrong.
func (r *Row) Step(t *testing.T, name string, do func(*testing.T) (reason string)) bool {
	t.Helper()
	column := slices.Index(r.table.Columns, name)
	if column < 2 {
		t.Fatalf("no column %q", name)
	}
	r.cells[column] = "failed"
	return t.Run(name, func(t *testing.T) {
		reason := do(t)
		if t.Failed() {
			return
		}
		if r.cells[column] = cell(reason); reason == "" {
			r.cells[column] = Works
		}
		if want := r.wants[name]; (want == "") != (reason == "") || !strings.HasPrefix(reason, want) {
			t.Errorf("%s: %q, want %q", name, reason, want)
		}
	})
}

// cell makes a text fit between two bars.
func cell(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "|", "/")), " ")
}

// Write puts the rows of this run into the document, each in the place of the row that begins as it does.
func (t *Table) Write() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.rows) == 0 {
		return nil
	}
	data, err := os.ReadFile(t.File)
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(data), "## "+t.Heading+"\n")
	if !found {
		return fmt.Errorf("%s has no heading %q", t.File, t.Heading)
	}
	section, after := rest, ""
	if at := strings.Index(rest, "\n## "); at >= 0 {
		section, after = rest[:at+1], rest[at+1:]
	}
	text, table, _ := strings.Cut(section, "\n| ")
	merged := merge(parse("| "+table), t.rows)
	if after != "" {
		after = "\n" + after
	}
	if text = strings.Trim(text, "\n"); text != "" {
		text = "\n" + text + "\n"
	}
	return os.WriteFile(t.File, []byte(before+"## "+t.Heading+"\n"+text+"\n"+t.format(merged)+after), 0o644)
}

// parse returns the cells of a table's rows, without its head.
func parse(table string) (rows [][]string) {
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	return rows[min(2, len(rows)):]
}

func merge(old, rows [][]string) [][]string {
	same := func(a, b []string) bool { return a[0] == b[0] && a[1] == b[1] }
	kept := slices.DeleteFunc(old, func(o []string) bool {
		return len(o) < 2 || slices.ContainsFunc(rows, func(r []string) bool { return same(o, r) })
	})
	all := append(kept, rows...)
	slices.SortFunc(all, func(a, b []string) int { return slices.Compare(a[:2], b[:2]) })
	return all
}

func (t *Table) format(rows [][]string) string {
	var b strings.Builder
	line := func(cells []string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	line(t.Columns)
	line(slices.Repeat([]string{"---"}, len(t.Columns)))
	for _, r := range rows {
		for len(r) < len(t.Columns) {
			r = append(r, "")
		}
		line(r)
	}
	return b.String()
}
