package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/theme"
)

// Text is one line, cut with an ellipsis where it does not fit.
type Text struct {
	widget.BaseWidget
	text   string
	look   Look
	line   *canvas.Text
	fitted fitted
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
}

// The looks in use.
var (
	Title     = Look{Size: theme.SizeTitle, Color: fynetheme.ColorNameForeground, Bold: true, Cut: true}
	Strong    = Look{Size: theme.SizeBody, Color: fynetheme.ColorNameForeground, Bold: true, Cut: true}
	Body      = Look{Size: theme.SizeBody, Color: fynetheme.ColorNameForeground, Cut: true}
	Secondary = Look{Size: theme.SizeBody, Color: theme.ColorSecondary, Cut: true}
	Caption   = Look{Size: theme.SizeCaption, Color: theme.ColorSecondary, Cut: true}
)

// Right gives the look aligned to the right.
func (l Look) Right() Look {
	l.Align = fyne.TextAlignTrailing
	return l
}

// Centre gives the look centred.
func (l Look) Centre() Look {
	l.Align = fyne.TextAlignCenter
	return l
}

// Whole gives the look that is never cut.
func (l Look) Whole() Look {
	l.Cut = false
	return l
}

// Keeping gives the look that always keeps room for sample.
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

// Set changes what it says. Nothing is drawn where that is nothing new.
func (t *Text) Set(text string) {
	if t.text != text {
		t.text = text
		t.Refresh()
	}
}

// SetColor changes the colour.
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
}

func (t *Text) width(text string) float32 { return measured(t, text, t.look.Size, t.look.Bold).Width }

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
		t.fitted = fitted{t.text, s.Width, t.cut(s.Width)}
	}
	t.line.Text = t.fitted.shown
	t.line.Resize(s)
}

// cut gives the longest beginning that fits, with an ellipsis.
func (t *Text) cut(width float32) string {
	if width <= 0 || t.width(t.text) <= width+0.5 {
		return t.text
	}
	runes := []rune(t.text)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if t.width(string(runes[:mid])+"…") <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return strings.TrimRight(string(runes[:low]), " ") + "…"
}

// NaturalWidth is how wide the text is uncut.
func (t *Text) NaturalWidth() float32 { return t.width(t.text) }

// Paragraph is text broken into lines at a fixed width.
type Paragraph struct {
	widget.BaseWidget
	text  string
	look  Look
	width float32
	lines []*canvas.Text
}

// NewParagraph makes a paragraph of the given width.
func NewParagraph(text string, look Look, width float32) *Paragraph {
	p := &Paragraph{text: text, look: look, width: width}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes what it says; an empty text hides the paragraph.
func (p *Paragraph) Set(text string) {
	if p.text != text {
		p.text = text
		p.Refresh()
	}
	setVisible(p, text != "")
}

// AccessibilityLabel implements fyne.Accessible.
func (p *Paragraph) AccessibilityLabel() string { return p.text }

// AccessibilityRole implements fyne.Accessible.
func (p *Paragraph) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// leading is the height of a line of running text by its size.
const leading = 1.45

func (p *Paragraph) lineHeight() float32 {
	return float32(int(sizeOf(p, p.look.Size)*leading + 0.5))
}

// CreateRenderer implements fyne.Widget.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{}
	r.min = func() fyne.Size { return fyne.NewSize(p.width, float32(len(p.lines))*p.lineHeight()) }
	r.layout = func(s fyne.Size) {
		for i, line := range p.lines {
			line.Resize(fyne.NewSize(s.Width, p.lineHeight()))
			line.Move(fyne.NewPos(0, float32(i)*p.lineHeight()))
		}
	}
	r.refresh = func() {
		r.objects = p.set()
		r.layout(p.Size())
		canvas.Refresh(p)
	}
	r.objects = p.set()
	return r
}

// set breaks the text into lines.
func (p *Paragraph) set() []fyne.CanvasObject {
	p.lines = p.lines[:0]
	var objects []fyne.CanvasObject
	for _, s := range wrap(p.text, p.width, func(s string) float32 { return measured(p, s, p.look.Size, p.look.Bold).Width }) {
		line := canvas.NewText(s, colorOf(p, p.look.Color))
		line.TextSize, line.TextStyle, line.Alignment = sizeOf(p, p.look.Size), fyne.TextStyle{Bold: p.look.Bold}, p.look.Align
		p.lines = append(p.lines, line)
		objects = append(objects, line)
	}
	return objects
}

// wrap breaks text at spaces, and inside words that are longer than a line.
func wrap(text string, width float32, measure func(string) float32) []string {
	if text == "" {
		return nil
	}
	var lines []string
	for block := range strings.SplitSeq(text, "\n") {
		line := ""
		for _, word := range strings.Fields(block) {
			joined := strings.TrimSpace(line + " " + word)
			if measure(joined) <= width {
				line = joined
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			whole, rest := breakWord(word, width, measure)
			lines, line = append(lines, whole...), rest
		}
		lines = append(lines, line)
	}
	return lines
}

func breakWord(word string, width float32, measure func(string) float32) (full []string, rest string) {
	for _, r := range word {
		if rest != "" && measure(rest+string(r)) > width {
			full, rest = append(full, rest), ""
		}
		rest += string(r)
	}
	return full, rest
}

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
