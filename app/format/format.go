// Package format writes numbers, sizes, durations and times as users read them. All that a user sees of these comes from
// here. It is pure.
package format

import (
	"fmt"
	"strconv"
	"strings"
)

// Formatter writes for one language. The zero Formatter writes English.
type Formatter struct {
	// conventions is nil for English.
	conventions *conventions
}

func (f Formatter) lang() *conventions {
	if f.conventions == nil {
		return &english
	}
	return f.conventions
}

// Number returns a whole number, its digits in groups of three.
func (f Formatter) Number(n int) string {
	s := strconv.Itoa(n)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(s) - 3; i > first; i -= 3 {
		s = s[:i] + f.lang().thousands + s[i:]
	}
	return s
}

// Counted returns a number with its noun.
func (f Formatter) Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return f.Number(n) + " " + many
}

// Bytes returns a size, given in bytes, in the units of storage, a thousand each.
func (f Formatter) Bytes(n int64) string {
	if n < 1000 {
		return fmt.Sprintf("%d %s", n, f.lang().byteUnit)
	}
	value, unit := float64(n), 0
	for value >= 999.95 && unit < 6 {
		value, unit = value/1000, unit+1
	}
	digits := strings.Replace(strconv.FormatFloat(value, 'f', 1, 64), ".", f.lang().decimal, 1)
	return fmt.Sprintf("%s %c%s", digits, " kMGTPE"[unit], f.lang().byteUnit)
}

// Rate returns a speed, given in bytes a second.
func (f Formatter) Rate(speed float64) string { return f.Bytes(int64(speed)) + "/s" }

// Percent returns a share of one, rounded down.
func (f Formatter) Percent(share float64) string {
	return strconv.Itoa(int(100*share)) + f.lang().percent
}

// Names returns texts one after the other, as a language separates them, such as the values of an option.
func (f Formatter) Names(names []string) string { return strings.Join(names, f.lang().comma) }

// List returns names as a sentence lists them.
func (f Formatter) List(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], f.lang().comma) + f.lang().and + names[n-1]
	}
	return strings.Join(names, "")
}
