package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daypass/ui/glyphs"
	"daypass/ui/theme"
)

// Lines shows text in letters of one width, line by line, unbroken. It shows the beginning of what is
// long.
type Lines struct {
	widget.BaseWidget
	lines []*canvas.Text
	cut   bool
}

// The most that is shown.
const (
	mostLines   = 600
	mostLetters = 400
	tabWidth    = 4
)

// NewLines shows a text.
func NewLines(text string) *Lines {
	l := &Lines{}
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		if len(l.lines) == mostLines {
			l.cut = true
			break
		}
		style := fyne.TextStyle{Monospace: true}
		l.lines = append(l.lines, &canvas.Text{Text: glyphs.Ordered(drawable(l.fit(line), style)), TextStyle: style})
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *Lines) fit(line string) string {
	line = strings.ReplaceAll(line, "\t", strings.Repeat(" ", tabWidth))
	if runes := []rune(line); len(runes) > mostLetters {
		l.cut = true
		return string(runes[:mostLetters]) + "…"
	}
	return line
}

// Cut reports whether not all of the text is shown.
func (l *Lines) Cut() bool { return l.cut }

func (l *Lines) lineHeight() float32 {
	return float32(int(sizeOf(l, theme.SizeCaption)*leading + 0.5))
}

// CreateRenderer implements fyne.Widget.
func (l *Lines) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{}
	for _, line := range l.lines {
		r.objects = append(r.objects, line)
	}
	r.refresh = func() {
		for _, line := range l.lines {
			line.TextSize, line.Color = sizeOf(l, theme.SizeCaption), colorOf(l, fynetheme.ColorNameForeground)
			line.Refresh()
		}
	}
	r.refresh()
	r.min = func() fyne.Size {
		width := float32(0)
		for _, line := range l.lines {
			width = max(width, line.MinSize().Width)
		}
		return fyne.NewSize(width, float32(len(l.lines))*l.lineHeight())
	}
	r.layout = func(s fyne.Size) {
		for i, line := range l.lines {
			line.Resize(fyne.NewSize(s.Width, l.lineHeight()))
			line.Move(fyne.NewPos(0, float32(i)*l.lineHeight()))
		}
	}
	return r
}

// AccessibilityLabel implements fyne.Accessible: the first line.
func (l *Lines) AccessibilityLabel() string {
	if len(l.lines) == 0 {
		return ""
	}
	return l.lines[0].Text
}

// AccessibilityRole implements fyne.Accessible.
func (l *Lines) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
