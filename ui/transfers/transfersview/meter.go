package transfersview

import (
	"time"

	"fyne.io/fyne/v2"

	"daypass/app/status"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/theme"
	"daypass/ui/transfers"
)

// meter is a bar with its numbers, each at a position of its own.
type meter struct {
	object               fyne.CanvasObject
	bar                  *kit.Bar
	percent, speed, left *kit.Text
	barWidth             float32
	narrow               bool
}

// The widest numbers that room is kept for, so that nothing moves when they change.
const (
	widestSpeed = 888.8e6
	longestTime = 20*time.Hour + 50*time.Minute
)

func newMeter(width float32) *meter {
	m := &meter{bar: kit.NewBar(), barWidth: width}
	m.percent = kit.NewText("", kit.Caption.Right().Keeping(present.Percent(1)))
	m.speed = kit.NewText("", kit.Caption.Right().Keeping(present.Rate(widestSpeed)))
	m.left = kit.NewText("", kit.Caption.Right().Keeping(transfers.TimeLeft(longestTime)))
	m.object = kit.Line(theme.Medium, kit.Sized(m.bar, width, 0), m.percent, m.speed, m.left)
	return m
}

func (m *meter) render(p transfers.Meter) {
	kit.SetVisible(m.object, p.Shown)
	color := kit.SeverityColor(p.Severity)
	if p.Severity == status.Neutral {
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
