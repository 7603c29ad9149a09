package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/theme"
)

// Code is text as a program reads it: letters of one width and every space kept. What is too long for
// a line goes on below.
type Code struct {
	widget.BaseWidget
	text    string
	diff    bool
	measure *Measure
	inset   float32
	lines   []*canvas.Text
	set     float32 // the width at which the lines were broken
}

// NewCode shows a text, narrower than the measure by inset.
func NewCode(text string, m *Measure, inset float32) *Code {
	c := &Code{text: strings.TrimRight(text, "\n"), measure: m, inset: inset}
	c.ExtendBaseWidget(c)
	return c
}

// NewDiff shows a change: lines that come in one colour, lines that go in another.
func NewDiff(text string, m *Measure, inset float32) *Code {
	c := NewCode(text, m, inset)
	c.diff = true
	return c
}

// Set changes the text; an empty one hides it.
func (c *Code) Set(text string) {
	if text = strings.TrimRight(text, "\n"); c.text != text {
		c.text = text
		c.Refresh()
	}
	setVisible(c, text != "")
}

// AccessibilityLabel implements fyne.Accessible.
func (c *Code) AccessibilityLabel() string { return c.text }

// AccessibilityRole implements fyne.Accessible.
func (c *Code) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (c *Code) width() float32 { return max(0, c.measure.now-c.inset) }

func (c *Code) lineHeight() float32 {
	return float32(int(sizeOf(c, theme.SizeCaption)*leading + 0.5))
}

// ink is the colour of a line.
func (c *Code) ink(line string) fyne.ThemeColorName {
	switch {
	case !c.diff:
	case strings.HasPrefix(line, "+"):
		return theme.ColorGood
	case strings.HasPrefix(line, "-"):
		return theme.ColorBad
	case strings.HasPrefix(line, "@@"):
		return theme.ColorSecondary
	}
	return fynetheme.ColorNameForeground
}

// CreateRenderer implements fyne.Widget.
func (c *Code) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{}
	r.min = func() fyne.Size {
		if c.set != c.width() {
			r.objects = c.setLines()
			r.layout(c.Size())
		}
		return fyne.NewSize(c.width(), float32(len(c.lines))*c.lineHeight())
	}
	r.layout = func(s fyne.Size) {
		for i, line := range c.lines {
			line.Resize(fyne.NewSize(s.Width, c.lineHeight()))
			line.Move(fyne.NewPos(0, float32(i)*c.lineHeight()))
		}
	}
	r.refresh = func() {
		r.objects = c.setLines()
		r.layout(c.Size())
		canvas.Refresh(c)
	}
	r.objects = c.setLines()
	return r
}

// setLines breaks the text into lines.
func (c *Code) setLines() []fyne.CanvasObject {
	c.lines, c.set = c.lines[:0], c.width()
	style, size := fyne.TextStyle{Monospace: true}, sizeOf(c, theme.SizeCaption)
	letters := int(c.set / max(1, fyne.MeasureText("0", size, style).Width))
	var objects []fyne.CanvasObject
	for line := range strings.SplitSeq(c.text, "\n") {
		ink := colorOf(c, c.ink(line))
		for _, part := range broken(strings.ReplaceAll(line, "\t", strings.Repeat(" ", tabWidth)), letters) {
			text := canvas.NewText(part, ink)
			text.TextSize, text.TextStyle = size, style
			c.lines = append(c.lines, text)
			objects = append(objects, text)
		}
	}
	return objects
}

// broken is a line in parts of at most so many letters.
func broken(line string, letters int) []string {
	runes := []rune(line)
	var parts []string
	for letters > 0 && len(runes) > letters {
		parts, runes = append(parts, string(runes[:letters])), runes[letters:]
	}
	return append(parts, string(runes))
}
