package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"daypass/app/status"
	"daypass/ui/theme"
)

// severities are the shape and the color of each severity.
var severities = map[status.Severity]struct {
	icon  theme.IconName
	color fyne.ThemeColorName
}{
	status.OK:      {"state-ok", theme.ColorOK},
	status.Busy:    {"state-busy", theme.ColorAccentText},
	status.Warning: {"state-warning", theme.ColorWarning},
	status.Neutral: {"state-neutral", theme.ColorSecondary},
	status.Error:   {"state-error", theme.ColorError},
}

// SeverityColor returns the color of a severity.
func SeverityColor(s status.Severity) fyne.ThemeColorName { return severities[s].color }

// NewSeverityIcon returns an icon that shows nothing until SetSeverity.
func NewSeverityIcon(size float32) *Icon { return NewIcon("", theme.ColorClear, size) }

// SetSeverity shows a severity as shape and color. Words stand beside it.
func (i *Icon) SetSeverity(s status.Severity) { i.Set(severities[s].icon, severities[s].color) }

// SeverityInset returns where the words beside a severity begin.
func SeverityInset() float32 { return severityMark() + theme.Small }

// severityMark returns the width of a severity beside words.
func severityMark() float32 { return theme.ForText(16) }

// WithSeverity returns words with a severity before them.
func WithSeverity(s status.Severity, words fyne.CanvasObject) fyne.CanvasObject {
	icon := NewSeverityIcon(16)
	icon.SetSeverity(s)
	return Beside(severityMark(), theme.Small, Sized(icon, severityMark(), theme.ForText(5*theme.Grid)), words)
}

// ProblemBox returns a problem: its title, its cause, and, unless empty, the next step.
func ProblemBox(title, cause, next string, m *Measure) fyne.CanvasObject {
	inset := SeverityInset() + theme.Large + theme.Medium
	words := Column(theme.Grid, NewParagraph(title, Strong, m, inset), NewParagraph(cause, Body, m, inset))
	if next != "" {
		words.Add(NewParagraph(next, Body, m, inset))
	}
	box := NewBox(theme.ColorErrorFill, theme.Radius)
	return container.NewStack(box, Inset(WithSeverity(status.Error, words), theme.Small, theme.Medium, theme.Small, theme.Large))
}
