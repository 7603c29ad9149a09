package tools

import (
	"strings"
	"testing"
)

func TestHandle_names(t *testing.T) {
	for _, id := range []string{"lake", "Lake-2", "a.b_c"} {
		if Handle(id) != id {
			t.Errorf("%q became %q", id, Handle(id))
		}
	}
	seen := map[string]string{}
	for _, id := range []string{"", "my lake", "my  lake", "-x", ".x", "北海道", "a$(b)", "mylake"} {
		h := Handle(id)
		if h == "" || strings.ContainsAny(h, " $()-.") && h[0] != 'c' && h != id || strings.Trim(h, handleAlphabet) != "" {
			t.Errorf("%q became %q", id, h)
		}
		if other, twice := seen[h]; twice {
			t.Errorf("%q and %q are both %q", id, other, h)
		}
		seen[h] = id
	}
}
