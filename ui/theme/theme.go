// Package theme is the look of the window: colors, type, spacing and icons.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"daypass/assets/fonts"
)

// Appearance says which of the two looks to show.
type Appearance int

// The appearances.
const (
	// System follows the desktop.
	System Appearance = iota
	Light
	Dark
)

// Theme is the fyne.Theme of Daypass.
type Theme struct {
	appearance   Appearance
	highContrast bool
	// textSize is a share of the ordinary size.
	textSize float32
}

// New returns the theme with text of the ordinary size and contrast.
func New(a Appearance) *Theme { return &Theme{appearance: a, textSize: 1} }

// The bounds of the size of text, as shares of the ordinary size.
const (
	MinTextSize = float32(0.8)
	MaxTextSize = float32(2)
)

// WithTextSize returns the theme with text of another size, a share of the ordinary one within its bounds.
func (t *Theme) WithTextSize(share float32) *Theme {
	other := *t
	other.textSize = max(MinTextSize, min(MaxTextSize, share))
	return &other
}

// WithHighContrast returns the theme with the colors for those who need more contrast.
func (t *Theme) WithHighContrast(on bool) *Theme {
	other := *t
	other.highContrast = on
	return &other
}

var (
	regular  = fyne.NewStaticResource("DaypassSans-Regular.otf", fonts.Regular)
	semiBold = fyne.NewStaticResource("DaypassSans-SemiBold.otf", fonts.SemiBold)
)

// Color implements fyne.Theme.
func (t *Theme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if c, ok := t.palette(v)[n]; ok {
		if c.A == 0 {
			return color.Transparent // the one value that the painter leaves out
		}
		return c
	}
	return fynetheme.DefaultTheme().Color(n, v)
}

func (t *Theme) palette(v fyne.ThemeVariant) palette {
	isDark := t.appearance == Dark || t.appearance == System && v == fynetheme.VariantDark
	switch {
	case isDark && t.highContrast:
		return darkHighContrast
	case isDark:
		return dark
	case t.highContrast:
		return lightHighContrast
	}
	return light
}

// Font implements fyne.Theme.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Monospace, s.Symbol:
		return fynetheme.DefaultTheme().Font(s)
	case s.Bold:
		return semiBold
	}
	return regular
}

// Icon implements fyne.Theme.
func (t *Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return fynetheme.DefaultTheme().Icon(n) }

// The type scale. The names are Fyne's, so that Fyne's own widgets follow it.
const (
	SizeCaption = fynetheme.SizeNameCaptionText
	SizeBody    = fynetheme.SizeNameText
	SizeTitle   = fynetheme.SizeNameHeadingText
)

// The spacing grid.
const (
	Grid   = float32(4)
	Small  = 2 * Grid
	Medium = 3 * Grid
	Large  = 4 * Grid
	Huge   = 6 * Grid
	Radius = float32(6)
)

var sizes = map[fyne.ThemeSizeName]float32{
	SizeCaption:                          12,
	SizeBody:                             14,
	fynetheme.SizeNameSubHeadingText:     14,
	SizeTitle:                            20,
	fynetheme.SizeNamePadding:            Grid,
	fynetheme.SizeNameInnerPadding:       Small,
	fynetheme.SizeNameInputRadius:        Radius,
	fynetheme.SizeNameInputBorder:        1,
	fynetheme.SizeNameButtonRadius:       Radius,
	fynetheme.SizeNameSelectionRadius:    Radius,
	fynetheme.SizeNamePopupRadius:        8,
	fynetheme.SizeNameMenuRadius:         Radius,
	fynetheme.SizeNameDialogRadius:       12,
	fynetheme.SizeNameScrollBar:          8,
	fynetheme.SizeNameScrollBarSmall:     4,
	fynetheme.SizeNameScrollBarRadius:    4,
	fynetheme.SizeNameInlineIcon:         18,
	fynetheme.SizeNameLineSpacing:        4,
	fynetheme.SizeNameModalBlurRadius:    0,
	fynetheme.SizeNameSeparatorThickness: 1,
}

// withText are the sizes that follow the size of text.
var withText = map[fyne.ThemeSizeName]bool{
	SizeCaption: true, SizeBody: true, fynetheme.SizeNameSubHeadingText: true, SizeTitle: true,
	fynetheme.SizeNameInlineIcon: true, fynetheme.SizeNameLineSpacing: true, fynetheme.SizeNameInnerPadding: true,
}

// Size implements fyne.Theme.
func (t *Theme) Size(n fyne.ThemeSizeName) float32 {
	s, ok := sizes[n]
	switch {
	case !ok:
		return fynetheme.DefaultTheme().Size(n)
	case withText[n]:
		return s * t.textSize
	}
	return s
}

// ForText returns the length of something that must have room for text, by its length for text of the ordinary size,
// in the theme that the window has.
func ForText(length float32) float32 { return length * fynetheme.Size(SizeBody) / sizes[SizeBody] }
