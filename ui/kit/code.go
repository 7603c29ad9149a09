package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/text/width"

	"daypass/ui/glyphs"
	"daypass/ui/theme"
)

// Code is text as a program reads it: letters of one width and every space kept. What is too long for
// a line goes on below.
type Code struct {
	widget.BaseWidget
	text    string
	diff    bool
	prose   bool
	measure *Measure
	inset   float32
}

// NewCode shows a text, narrower than the measure by inset.
func NewCode(text string, m *Measure, inset float32) *Code {
	c := &Code{text: strings.TrimRight(text, "\n"), measure: m, inset: inset}
	c.ExtendBaseWidget(c)
	return c
}

// NewDiff shows a change: lines that come in one color, lines that go in another.
func NewDiff(text string, m *Measure, inset float32) *Code {
	c := NewCode(text, m, inset)
	c.diff = true
	return c
}

// NewProse shows a text whose lines are broken at blanks, where there are some.
func NewProse(text string, m *Measure, inset float32) *Code {
	c := NewCode(text, m, inset)
	c.prose = true
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

// AccessibilityLabel implements fyne.Accessible: the text, or of prose, which is long, the first line.
func (c *Code) AccessibilityLabel() string {
	if first, _, more := strings.Cut(c.text, "\n"); c.prose && more {
		return first
	}
	return c.text
}

// AccessibilityRole implements fyne.Accessible.
func (c *Code) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (c *Code) width() float32 { return max(0, c.measure.now-c.inset) }

func (c *Code) lineHeight() float32 {
	return float32(int(sizeOf(c, theme.SizeCaption)*leading + 0.5))
}

// ink is the color of a line.
func (c *Code) ink(line string) fyne.ThemeColorName {
	switch {
	case !c.diff:
	case strings.HasPrefix(line, "+"):
		return theme.ColorOK
	case strings.HasPrefix(line, "-"):
		return theme.ColorError
	case strings.HasPrefix(line, "@@"):
		return theme.ColorSecondary
	}
	return fynetheme.ColorNameForeground
}

// CreateRenderer implements fyne.Widget.
func (c *Code) CreateRenderer() fyne.WidgetRenderer { return newLines(c) }

func (c *Code) broken() []fyne.CanvasObject {
	style, size := fyne.TextStyle{Monospace: true}, sizeOf(c, theme.SizeCaption)
	letters := int(c.width() / max(1, fyne.MeasureText("0", size, style).Width))
	var lines []fyne.CanvasObject
	for line := range strings.SplitSeq(c.text, "\n") {
		ink := colorOf(c, c.ink(line))
		line = drawable(strings.ReplaceAll(line, "\t", strings.Repeat(" ", tabWidth)), style)
		for _, part := range parts(line, letters, c.prose) {
			text := canvas.NewText(part, ink)
			text.TextSize, text.TextStyle = size, style
			lines = append(lines, text)
		}
	}
	return lines
}

// parts returns a line in parts of at most so many cells, divided at blanks where atBlanks is set and that leaves no
// part nearly empty. A wide character takes two cells.
func parts(line string, cells int, atBlanks bool) []string {
	letters := glyphs.Clusters(line)
	var out []string
	for cells > 1 {
		n := fitting(letters, cells)
		if n == len(letters) {
			break
		}
		if atBlanks {
			n = lastBlank(letters, n)
		}
		out, letters = append(out, strings.Join(letters[:n], "")), letters[n:]
	}
	return append(out, strings.Join(letters, ""))
}

// fitting returns how many of the characters fit into so many cells; one at least.
func fitting(letters []string, cells int) int {
	used := 0
	for i, letter := range letters {
		p, _ := width.LookupString(letter)
		switch p.Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			used += 2
		default:
			used++
		}
		if used > cells {
			return max(1, i)
		}
	}
	return len(letters)
}

// lastBlank returns the end of the last word that ends within the first n characters, with the blanks behind it; n
// where that is less than half of them.
func lastBlank(letters []string, n int) int {
	for i := n; i > n/2; i-- {
		if letters[i-1] == " " {
			return i
		}
	}
	return n
}

// CodePadding is the room around the code in a CodeBox; a code for one is made with an inset of twice as much.
const CodePadding = theme.Medium

// CodeBox puts a ground below code.
func CodeBox(code *Code) fyne.CanvasObject {
	return container.NewStack(NewBox(theme.ColorSidebar, theme.Radius), Inset(code, CodePadding, CodePadding, CodePadding, CodePadding))
}
