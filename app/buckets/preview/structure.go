package preview

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"daypass/auth/safetext"
)

// indent writes JSON with a line for each thing; ok is false where text is none. What is not whole may
// end anywhere.
func indent(text string, whole bool) (pretty string, ok bool) {
	if !validSoFar(text, whole) {
		return "", false
	}
	w := indenter{}
	for i := 0; i < len(text); i++ {
		w.write(text[i])
	}
	return w.out.String(), true
}

// validSoFar reports whether text is one JSON value, or the beginning of one.
func validSoFar(text string, whole bool) bool {
	if whole {
		return json.Valid([]byte(text))
	}
	d := json.NewDecoder(strings.NewReader(text))
	for n := 0; ; n++ {
		if _, err := d.Token(); err != nil {
			return n > 1 && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF))
		}
		if !d.More() && d.InputOffset() == int64(len(text)) {
			return true
		}
	}
}

// deepest is how deep lines are indented; what lies deeper stays at that.
const deepest = 40

// indenter lays out JSON byte by byte.
type indenter struct {
	out            strings.Builder
	depth          int
	inText, escape bool
	opened         byte // the bracket that was just opened
}

func (w *indenter) write(c byte) {
	if w.inText {
		w.out.WriteByte(c)
		w.inText = w.escape || c != '"'
		w.escape = !w.escape && c == '\\'
		return
	}
	switch c {
	case ' ', '\t', '\r', '\n':
		return
	case '}', ']':
		w.depth--
		if w.opened == 0 {
			w.line()
		}
		w.opened = 0
		w.out.WriteByte(c)
		return
	}
	if w.opened != 0 {
		w.opened = 0
		w.line()
	}
	w.out.WriteByte(c)
	switch c {
	case '{', '[':
		w.depth++
		w.opened = c
	case ',':
		w.line()
	case ':':
		w.out.WriteByte(' ')
	case '"':
		w.inText = true
	}
}

func (w *indenter) line() {
	w.out.WriteByte('\n')
	for range min(max(w.depth, 0), deepest) {
		w.out.WriteString("  ")
	}
}

const (
	// maxRows, maxColumns and maxCell are how much of a table is shown.
	maxRows    = 201
	maxColumns = 50
	maxCell    = 200
)

// separators in the order in which they are tried, and the format of a table with them.
var separators = []struct {
	r    rune
	name string
}{{',', "CSV"}, {';', "CSV (;)"}, {'\t', "TSV"}, {'|', "CSV (|)"}}

// table reads the head of a table. ok is false where no separator makes one of the text.
func table(text, extension string, whole bool) (rows [][]string, name string, ok bool) {
	if !whole {
		text = text[:strings.LastIndexByte(text, '\n')+1] // the last line is cut off
	}
	best := 0
	for _, s := range separators {
		if s.r != '\t' && extension != ".csv" {
			continue
		}
		found := records(text, s.r)
		if columns := width(found); columns > best {
			best, rows, name = columns, found, s.name
		}
	}
	if best < 2 {
		return nil, "", false
	}
	return square(rows, min(best, maxColumns)), name, true
}

func records(text string, separator rune) (rows [][]string) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = separator, true, -1
	for len(rows) < maxRows {
		row, err := r.Read()
		if err != nil {
			return rows
		}
		rows = append(rows, row)
	}
	return rows
}

// width is how many columns most rows have; one where the rows do not agree.
func width(rows [][]string) int {
	count := map[int]int{}
	for _, row := range rows {
		count[len(row)]++
	}
	for n, rowsOfIt := range count {
		if rowsOfIt*10 >= len(rows)*8 {
			return n
		}
	}
	return 1
}

// square cuts and fills rows to a number of columns, and makes their cells fit to be shown.
func square(rows [][]string, columns int) [][]string {
	for i, row := range rows {
		row = append(row, make([]string, max(0, columns-len(row)))...)[:columns]
		for k, cell := range row {
			runes := []rune(strings.ReplaceAll(safetext.Text(cell), "\n", " "))
			if len(runes) > maxCell {
				runes = append(runes[:maxCell], '…')
			}
			row[k] = string(runes)
		}
		rows[i] = row
	}
	return rows
}
