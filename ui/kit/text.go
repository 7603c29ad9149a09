package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/glyphs"
	"daypass/ui/theme"
)

// Text is one line, cut with an ellipsis where it does not fit.
type Text struct {
	widget.BaseWidget
	text   string
	look   Look
	line   *canvas.Text
	fitted fitted
	// shorter say less, the longest first.
	shorter []string
}

// fitted remembers what was cut to what, so that a layout that changes nothing measures nothing.
type fitted struct {
	text  string
	width float32
	shown string
}

// Look is how a text looks.
type Look struct {
	Size  fyne.ThemeSizeName
	Color fyne.ThemeColorName
	Bold  bool
	Align fyne.TextAlign
	// Reserve is a text whose width is kept free, so that nothing moves when the text changes.
	Reserve string
	// Cut lets the text be narrower than it is long.
	Cut bool
	// Middle cuts it in the middle, so that the end of a name stays.
	Middle bool
}

// The looks in use.
var (
	Title     = Look{Size: theme.SizeTitle, Color: fynetheme.ColorNameForeground, Bold: true, Cut: true}
	Strong    = Look{Size: theme.SizeBody, Color: fynetheme.ColorNameForeground, Bold: true, Cut: true}
	Body      = Look{Size: theme.SizeBody, Color: fynetheme.ColorNameForeground, Cut: true}
	Secondary = Look{Size: theme.SizeBody, Color: theme.ColorSecondary, Cut: true}
	Caption   = Look{Size: theme.SizeCaption, Color: theme.ColorSecondary, Cut: true}
)

// Right returns the look aligned to the right.
func (l Look) Right() Look {
	l.Align = fyne.TextAlignTrailing
	return l
}

// Center returns the look centered.
func (l Look) Center() Look {
	l.Align = fyne.TextAlignCenter
	return l
}

// InMiddle returns the look that is cut in the middle, for names.
func (l Look) InMiddle() Look {
	l.Middle = true
	return l
}

// Whole returns the look that is never cut.
func (l Look) Whole() Look {
	l.Cut = false
	return l
}

// Keeping returns the look that always keeps room for sample.
func (l Look) Keeping(sample string) Look {
	l.Reserve, l.Cut = sample, false
	return l
}

// NewText makes a text.
func NewText(text string, look Look) *Text {
	t := &Text{text: text, look: look, line: &canvas.Text{}}
	t.ExtendBaseWidget(t)
	return t
}

// Text is what it says.
func (t *Text) Text() string { return t.text }

// IsCut reports whether it is shown in part, which names may be and other words should not.
func (t *Text) IsCut() bool {
	low := t.text != "" && t.Size().Height+1 < t.MinSize().Height
	return low || !t.look.Middle && strings.Contains(t.fitted.shown, "…") && !strings.Contains(t.text, "…")
}

// Set changes what it says. Nothing is drawn where that is nothing new.
func (t *Text) Set(text string) {
	if t.text != text {
		t.text = text
		t.Refresh()
	}
}

// SetShorter sets texts that say less, the longest first. The first that fits is shown where the whole text does not.
func (t *Text) SetShorter(texts ...string) {
	if !slices.Equal(t.shorter, texts) {
		t.shorter, t.fitted = texts, fitted{}
		t.Refresh()
	}
}

// SetSize changes the size.
func (t *Text) SetSize(size fyne.ThemeSizeName) {
	if t.look.Size != size {
		t.look.Size = size
		t.Refresh()
	}
}

// SetColor changes the color.
func (t *Text) SetColor(c fyne.ThemeColorName) {
	if t.look.Color != c {
		t.look.Color = c
		t.Refresh()
	}
}

// AccessibilityLabel implements fyne.Accessible.
func (t *Text) AccessibilityLabel() string { return t.text }

// AccessibilityRole implements fyne.Accessible.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{objects: []fyne.CanvasObject{t.line}, layout: t.fit, min: t.least}
	r.refresh = func() {
		t.style()
		t.fitted = fitted{}
		t.fit(t.Size())
		t.line.Refresh()
	}
	t.style()
	return r
}

func (t *Text) style() {
	t.line.Color = colorOf(t, t.look.Color)
	t.line.TextSize = sizeOf(t, t.look.Size)
	t.line.TextStyle = fyne.TextStyle{Bold: t.look.Bold}
	t.line.Alignment = t.look.Align
	t.line.FontSource = fontOf(t.text, t.line.TextStyle)
}

// width returns the width of a part of the text.
func (t *Text) width(text string) float32 {
	style := fyne.TextStyle{Bold: t.look.Bold}
	return measuredIn(fontOf(t.text, style), text, sizeOf(t, t.look.Size), style).Width
}

func (t *Text) least() fyne.Size {
	size := measured(t, t.text, t.look.Size, t.look.Bold)
	size.Width = max(size.Width, t.width(t.look.Reserve))
	if t.look.Cut {
		size.Width = 0
	}
	return size
}

func (t *Text) fit(s fyne.Size) {
	if t.fitted.text != t.text || t.fitted.width != s.Width {
		t.fitted = fitted{t.text, s.Width, glyphs.Ordered(t.cut(s.Width))}
	}
	t.line.Text = t.fitted.shown
	t.line.Resize(s)
}

// cut returns the text as it is drawn: a shorter one where that is too long, and the shortest with an ellipsis for what
// does not fit, at its end or in its middle.
func (t *Text) cut(width float32) (text string) {
	for _, candidate := range append([]string{t.text}, t.shorter...) {
		text = drawable(candidate, fyne.TextStyle{Bold: t.look.Bold})
		if width <= 0 || t.width(text) <= width+rounding {
			return text
		}
	}
	return t.cutText(text, width)
}

func (t *Text) cutText(text string, width float32) string {
	letters := glyphs.Clusters(text)
	tail := 0
	if t.look.Middle {
		tail = tailOf(letters)
	}
	for tail > 0 && t.width("…"+strings.Join(letters[len(letters)-tail:], "")) > width/2 {
		tail--
	}
	end := strings.Join(letters[len(letters)-tail:], "")
	low, high := 0, len(letters)-tail
	for low < high {
		mid := (low + high + 1) / 2
		if t.width(strings.Join(letters[:mid], "")+"…"+end) <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return strings.TrimRight(strings.Join(letters[:low], ""), " ") + "…" + end
}

// What stays of the end of a name: its extension, or two where the first is short, and some letters before.
const (
	tailLetters = 6
	maxTail     = 18
)

// tailOf is how many letters of the end of a name stay when it is cut.
func tailOf(name []string) int {
	dot := len(name)
	for i := len(name) - 1; i > 0 && len(name)-i <= maxTail-tailLetters; i-- {
		if name[i] == "." {
			dot = i
		}
	}
	return min(len(name)-dot+tailLetters, len(name)/2)
}

// NaturalWidth is how wide the text is uncut.
func (t *Text) NaturalWidth() float32 { return t.width(t.text) }

func setVisible(o fyne.CanvasObject, visible bool) {
	if o.Visible() == visible {
		return
	}
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// SetVisible shows or hides where that changes something.
func SetVisible(o fyne.CanvasObject, visible bool) { setVisible(o, visible) }
