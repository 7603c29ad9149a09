package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/glyphs"
)

// Measure is the width that running text is set to: as much as there is room for, up to the most.
type Measure struct{ most, now float32 }

// NewMeasure makes a measure of at most the given width: that of theme.ForText, as a line has as many words in text of any
// size.
func NewMeasure(most float32) *Measure { return &Measure{most, most} }

// Fit sets the measure to what there is room for, and gives it. A layout calls it before it asks
// the paragraphs for their size.
func (m *Measure) Fit(room float32) float32 {
	m.now = max(0, min(m.most, room))
	return m.now
}

// Width is what the measure is set to.
func (m *Measure) Width() float32 { return m.now }

// Paragraph is text broken into lines.
type Paragraph struct {
	widget.BaseWidget
	text    string
	look    Look
	measure *Measure
	inset   float32
	// tight lines stand as close as those of a Text.
	tight bool
}

// NewParagraph makes a paragraph that is narrower than the measure by inset.
func NewParagraph(text string, look Look, m *Measure, inset float32) *Paragraph {
	p := &Paragraph{text: text, look: look, measure: m, inset: inset}
	p.ExtendBaseWidget(p)
	return p
}

// NewLabel makes a paragraph of what is mostly one line, such as the name of a field: its lines are as high as a Text.
func NewLabel(text string, look Look, m *Measure, inset float32) *Paragraph {
	p := NewParagraph(text, look, m, inset)
	p.tight = true
	return p
}

// rounding is by how much a line that has room is measured too wide, at most.
const rounding = 0.5

// Lines returns how many lines a text would have.
func (p *Paragraph) Lines(text string) int { return len(p.wrapped(text)) }

// LineHeight returns the height of one of its lines.
func (p *Paragraph) LineHeight() float32 { return p.lineHeight() }

func (p *Paragraph) wrapped(text string) []string {
	width := p.width()
	if p.tight {
		width += rounding
	}
	style := fyne.TextStyle{Bold: p.look.Bold}
	font, size := fontOf(text, style), sizeOf(p, p.look.Size)
	return wrap(text, width, func(s string) float32 { return measuredIn(font, s, size, style).Width })
}

func (p *Paragraph) width() float32 { return max(0, p.measure.now-p.inset) }

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
	if p.tight {
		return measured(p, p.text, p.look.Size, p.look.Bold).Height
	}
	return float32(int(sizeOf(p, p.look.Size)*leading + 0.5))
}

// CreateRenderer implements fyne.Widget.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer { return newLines(p) }

func (p *Paragraph) broken() []fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for _, s := range p.wrapped(p.text) {
		style := fyne.TextStyle{Bold: p.look.Bold}
		line := canvas.NewText(glyphs.Ordered(drawable(s, style)), colorOf(p, p.look.Color))
		line.FontSource = fontOf(p.text, style)
		line.TextSize, line.TextStyle, line.Alignment = sizeOf(p, p.look.Size), style, p.look.Align
		lines = append(lines, line)
	}
	return lines
}

// lined is a text that breaks itself into lines of one height.
type lined interface {
	fyne.CanvasObject
	width() float32
	lineHeight() float32
	// broken is the text in lines that fit the width.
	broken() []fyne.CanvasObject
}

// newLines renders a text in lines, which are broken again when the width is another one.
func newLines(t lined) fyne.WidgetRenderer {
	r := &renderer{objects: t.broken()}
	set := t.width()
	again := func() {
		set, r.objects = t.width(), t.broken()
		r.layout(t.Size())
	}
	r.min = func() fyne.Size {
		if set != t.width() {
			again()
		}
		return fyne.NewSize(t.width(), float32(len(r.objects))*t.lineHeight())
	}
	r.layout = func(s fyne.Size) {
		for i, line := range r.objects {
			line.Resize(fyne.NewSize(s.Width, t.lineHeight()))
			line.Move(fyne.NewPos(0, float32(i)*t.lineHeight()))
		}
	}
	r.refresh = func() {
		again()
		canvas.Refresh(t)
	}
	return r
}

// wrap breaks text at spaces, where a language is written without any, and inside words that are longer than a line.
func wrap(text string, width float32, measure func(string) float32) []string {
	if text == "" {
		return nil
	}
	var lines []string
	for block := range strings.SplitSeq(text, "\n") {
		line := ""
		for _, word := range strings.FieldsFunc(block, breaks) {
			gap := " "
			for _, piece := range glyphs.Pieces(word) {
				joined := strings.TrimSpace(line + gap + piece)
				gap = ""
				if measure(joined) <= width {
					line = joined
					continue
				}
				if line != "" {
					lines = append(lines, line)
				}
				whole, rest := breakWord(piece, width, measure)
				lines, line = append(lines, whole...), rest
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// breaks reports whether a line may end at r, which a space holds together where it is one that does not break: French has
// them within quotation marks and before a colon, and between the digits of large numbers.
func breaks(r rune) bool { return unicode.IsSpace(r) && !strings.ContainsRune("\u00a0\u2007\u202f", r) }

func breakWord(word string, width float32, measure func(string) float32) (full []string, rest string) {
	for _, letter := range glyphs.Clusters(word) {
		if rest != "" && measure(rest+letter) > width {
			full, rest = append(full, rest), ""
		}
		rest += letter
	}
	return full, rest
}
