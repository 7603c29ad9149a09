package ui

import (
	"slices"
	"testing"
)

func TestFresh(t *testing.T) {
	var f fresh[string, int]
	f.begin(1)
	if !f.add(1, []string{"a"}, 10) || f.add(1, []string{"b"}, 20) {
		t.Error("the screen is sent for once")
	}
	if found, n := f.take(); !slices.Equal(found, []string{"a", "b"}) || n != 20 {
		t.Errorf("%q, %d", found, n)
	}
	if !f.add(1, []string{"c"}, 30) {
		t.Error("the screen is not sent for again")
	}
	f.begin(2)
	if f.add(1, []string{"late"}, 40) {
		t.Error("a look of before sends for the screen")
	}
	if found, n := f.take(); found != nil || n != 0 {
		t.Errorf("a look of before has left %q, %d", found, n)
	}
	if !f.add(2, []string{"d"}, 1) {
		t.Error("a look of before keeps the screen from being sent for")
	}
}
