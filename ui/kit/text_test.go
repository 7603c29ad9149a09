package kit

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daypass/ui/glyphs"
	"daypass/ui/theme"
)

// A name that does not fit keeps its beginning and its extension.
func TestFileName_cutInTheMiddle(t *testing.T) {
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

// strange are names with characters that no font has, or that are made of several code points.
var strange = []string{"𓀀𓀁𓂀.txt", "👩\u200d🦽 on wheels.txt", "\U0001e8d0\u0301\u0301 b", "🇩🇪🇫🇷.csv", "👨\u200d👩\u200d👧\u200d👦 👍🏽 1\ufe0f\u20e3.md"}

// What is measured is what is drawn: a box for a character that no font has, with its own width, and nothing behind it.
func TestText_measuredAsDrawn(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	style := fyne.TextStyle{}
	box := fyne.MeasureText(glyphs.Box, 14, style).Width
	for name, boxes := range map[string]int{"\U0010f123\U0010f124\U0010f125": 3, "\U0010f123\u0301\u0301": 1} {
		if got := NewText(name, Body).NaturalWidth(); math.Abs(float64(got-float32(boxes)*box)) > 0.1 {
			t.Errorf("%q is %v wide, want %d boxes of %v", name, got, boxes, box)
		}
	}
	for _, name := range strange {
		x := NewText(name, Body)
		for width := float32(10); width < 300; width += 7 {
			x.Resize(fyne.NewSize(width, 20))
			test.WidgetRenderer(x).Layout(x.Size())
			if drawn := fyne.MeasureText(x.line.Text, 14, style).Width; drawn > max(width, x.width("…"))+0.5 {
				t.Errorf("%q at %v is drawn as %q, %v wide", name, width, x.line.Text, drawn)
			}
			if x.AccessibilityLabel() != name {
				t.Errorf("%q is read as %q", name, x.AccessibilityLabel())
			}
		}
	}
}

// No character is cut into its parts, in a line or between lines.
func TestText_keepsCharactersWhole(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	for _, name := range strange {
		whole := glyphs.Clusters(drawable(name, fyne.TextStyle{}))
		check := func(what, got string) {
			t.Helper()
			for _, letter := range glyphs.Clusters(strings.ReplaceAll(got, "…", "")) {
				if !slices.Contains(whole, letter) {
					t.Errorf("%s of %q: %q has %q", what, name, got, letter)
				}
			}
		}
		x := NewText(name, Body.InMiddle())
		for width := float32(10); width < 200; width += 3 {
			check("cut", x.cut(width))
			for _, line := range wrap(drawable(name, fyne.TextStyle{}), width, x.width) {
				check("line", line)
			}
			for _, part := range parts(drawable(name, fyne.TextStyle{}), int(width/10)+2, false) {
				check("part", part)
			}
		}
	}
}

// A line does not end at a space that holds together what is left and right of it.
func TestWrap_noBreakSpaces(t *testing.T) {
	letters := func(s string) float32 { return float32(len([]rune(s))) }
	for text, want := range map[string]string{
		"correspond à «\u202fnowhere\u202f».": "correspond à|«\u202fnowhere\u202f».",
		"en tout 1\u202f204 fichiers":         "en tout 1\u202f204|fichiers",
		"bien plus que 12\u00a0%":             "bien plus que|12\u00a0%",
	} {
		if got := strings.Join(wrap(text, 13, letters), "|"); got != want {
			t.Errorf("%q is broken into %q, want %q", text, got, want)
		}
	}
}

// A text gives way to shorter ones, and only the shortest is cut.
func TestText_shorter(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light))
	text := NewText("Signed in as ada at s3.example.com", Caption)
	text.SetShorter("ada at s3.example.com", "ada")
	for _, want := range []string{"Signed in as ada at s3.example.com", "ada at s3.example.com", "ada"} {
		if got := text.cut(text.width(want)); got != want {
			t.Errorf("in the width of %q it shows %q", want, got)
		}
	}
	if got := text.cut(text.width("a…")); got != "a…" {
		t.Errorf("where there is no room it shows %q", got)
	}
}

// A text that is drawn gives way to a shorter one that is set later.
func TestText_shorterLater(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light))
	text := NewText("14 items", Caption)
	room := fyne.NewSize(text.width("14"), text.least().Height)
	text.fit(room)
	text.SetShorter("14")
	if text.fit(room); text.line.Text != "14" {
		t.Errorf("it shows %q", text.line.Text)
	}
	text.SetShorter()
	if text.fit(room); text.line.Text == "14" {
		t.Error("it shows a text that was taken away")
	}
}
