package view

import "testing"

// The pane has the width that it was pulled to, as far as there is room for that and for the listing.
func TestDetailsWidth(t *testing.T) {
	for _, c := range []struct{ pulled, room, want float32 }{
		{0, 640, sideLeast},
		{0, 900, 378},
		{0, 4000, sideMost},
		{500, 1200, 500},
		{100, 1200, sideLeast},
		{3000, 1200, 1200 - listLeast},
		{500, 400, sideLeast},
	} {
		d := &details{width: c.pulled}
		if got := d.widthIn(c.room); got != c.want {
			t.Errorf("pulled to %v in %v: %v, want %v", c.pulled, c.room, got, c.want)
		}
	}
}
