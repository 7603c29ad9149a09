package kit

import "testing"

// The pane has the width that it was pulled to, as far as there is room for that and for the content.
func TestSide_width(t *testing.T) {
	for _, c := range []struct{ pulled, room, want float32 }{
		{0, 640, minSide},
		{0, 900, 378},
		{0, 4000, maxSide},
		{500, 1200, 500},
		{100, 1200, minSide},
		{3000, 1200, 1200 - minBeside},
		{500, 400, minSide},
	} {
		s := &Side{width: c.pulled}
		if got := s.widthIn(c.room); got != c.want {
			t.Errorf("pulled to %v in %v: %v, want %v", c.pulled, c.room, got, c.want)
		}
	}
}
