package kit

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"daypass/ui/glyphs"
	"daypass/ui/theme"
)

func (b *Button) place(s fyne.Size) {
	b.back.Resize(s)
	b.ring.Resize(s)
	label := b.shownLabel()
	text := measured(b, label, theme.SizeBody, b.kind.bold())
	content := text.Width
	if showsIcon(b) {
		content = buttonIcon()
		if label != "" {
			content += theme.Grid + text.Width
		}
	}
	x := (s.Width - content) / 2
	if b.leading {
		x = theme.Small
	}
	if showsIcon(b) {
		b.picture.raster.Resize(fyne.NewSquareSize(buttonIcon()))
		b.picture.raster.Move(fyne.NewPos(x, (s.Height-buttonIcon())/2))
		x += buttonIcon() + theme.Grid
	}
	b.text.Resize(text)
	b.text.Move(fyne.NewPos(x, (s.Height-text.Height)/2))
}

func (b *Button) paint() {
	fill, ink := b.colors()
	b.back.FillColor = colorOf(b, fill)
	b.ring.StrokeWidth = 0
	if b.state.focused {
		b.ring.StrokeWidth, b.ring.StrokeColor = 2, colorOf(b, focusInk(b.kind))
	}
	b.text.TextSize, b.text.TextStyle = sizeOf(b, theme.SizeBody), fyne.TextStyle{Bold: b.kind.bold()}
	b.text.Text, b.text.Color = glyphs.Ordered(drawable(b.shownLabel(), b.text.TextStyle)), colorOf(b, ink)
	b.text.FontSource = fontOf(b.shownLabel(), b.text.TextStyle)
	icon := b.icon
	if !showsIcon(b) {
		icon = ""
	}
	b.picture.set(icon, colorOf(b, ink))
}

func focusInk(k Kind) fyne.ThemeColorName {
	if k == Primary {
		return fynetheme.ColorNameForeground
	}
	return fynetheme.ColorNameFocus
}

func (b *Button) colors() (fill, ink fyne.ThemeColorName) {
	fill, ink = theme.ColorClear, fynetheme.ColorNameForeground
	switch b.kind {
	case Plain:
		fill = theme.ColorFill
	case Primary:
		fill, ink = fynetheme.ColorNamePrimary, fynetheme.ColorNameForegroundOnPrimary
	case Quiet:
		ink = theme.ColorSecondary
	case Link:
		ink = theme.ColorAccentText
	case Danger:
		fill, ink = theme.ColorErrorFill, theme.ColorError
	case Raised:
		fill = fynetheme.ColorNameBackground
	}
	switch {
	case b.state.selected:
		return theme.ColorSelected, fynetheme.ColorNameForeground
	case b.state.disabled && b.kind == Primary:
		return theme.ColorFill, fynetheme.ColorNameDisabled
	case b.state.disabled:
		return fill, fynetheme.ColorNameDisabled
	case b.state.hovered && (b.kind == Plain || b.kind == Raised):
		return theme.ColorFillHover, ink
	case b.state.hovered && (b.kind == Quiet || b.kind == Link):
		return theme.ColorFill, fynetheme.ColorNameForeground
	}
	return fill, ink
}
