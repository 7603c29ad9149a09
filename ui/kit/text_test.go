package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
)

// A name that does not fit keeps its beginning and its extension.
func TestNamesAreCutInTheMiddle(t *testing.T) {
	test.NewTempApp(t)
	for name, end := range map[string]string{
		"weekly-summary-with-a-very-long-name-that-does-not-fit.pdf": "ot-fit.pdf",
		"simulation-output-of-the-north-station-2026-03.tar.zst":     "026-03.tar.zst",
		"a-name-without-any-extension-that-is-far-too-long-to-fit":   "to-fit",
		".hidden-file-with-a-long-name-and-no-extension-whatsoever":  "soever",
		"Ein sehr langer Name mit Umläuten am Ende äöü.csv":          "de äöü.csv",
	} {
		x := NewText(name, Body.InMiddle())
		got := x.cut(220)
		begin, rest, cut := strings.Cut(got, "…")
		if !cut || rest != end || begin == "" || !strings.HasPrefix(name, begin) || x.width(got) > 220 {
			t.Errorf("%s is cut to %s, which is %v wide", name, got, x.width(got))
		}
		if got := x.cut(2000); got != name {
			t.Errorf("%s is cut where it fits", got)
		}
		if got := x.cut(30); x.width(got) > 30 {
			t.Errorf("%s does not fit into 30", got)
		}
	}
	if got := NewText("a sentence that is cut at its end, as running text is", Body).cut(120); !strings.HasSuffix(got, "…") {
		t.Errorf("running text is cut to %s", got)
	}
}
