package view

import (
	"fyne.io/fyne/v2"

	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
)

// meter is a bar with its numbers, each at a place of its own.
type meter struct {
	object               fyne.CanvasObject
	bar                  *kit.Bar
	percent, speed, left *kit.Text
	barWidth             float32
	narrow               bool
}

// The places kept for numbers, so that nothing moves when they change.
const (
	percentPlace = "100 %"
	speedPlace   = "000.0 MB/s"
	leftPlace    = "00 h 00 min left"
)

func newMeter(width float32) *meter {
	m := &meter{bar: kit.NewBar(), barWidth: width}
	m.percent = kit.NewText("", kit.Caption.Right().Keeping(percentPlace))
	m.speed = kit.NewText("", kit.Caption.Right().Keeping(speedPlace))
	m.left = kit.NewText("", kit.Caption.Right().Keeping(leftPlace))
	m.object = kit.Line(theme.Medium, kit.Sized(m.bar, width, 0), m.percent, m.speed, m.left)
	return m
}

func (m *meter) render(p present.Meter) {
	kit.SetVisible(m.object, p.Shown)
	color := kit.SeverityColor(p.Mark)
	if p.Mark == present.Off {
		color = theme.ColorSecondary
	}
	m.bar.Set(p.Share, color)
	m.percent.Set(p.Percent)
	m.speed.Set(p.Speed)
	m.left.Set(p.Left)
}

// setNarrow leaves out the speed and the time left.
func (m *meter) setNarrow(narrow bool) {
	if m.narrow != narrow {
		m.narrow = narrow
		kit.SetVisible(m.speed, !narrow)
		kit.SetVisible(m.left, !narrow)
	}
}

// width is how wide the meter is, narrow or not.
func (m *meter) width(narrow bool) float32 {
	width := m.barWidth + theme.Medium + m.percent.MinSize().Width
	if !narrow {
		width += 2*theme.Medium + m.speed.MinSize().Width + m.left.MinSize().Width
	}
	return width
}
