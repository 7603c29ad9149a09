package theme

import (
	"fmt"
	"image/color"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

var looks = map[string]palette{"light": light, "dark": dark, "light, high contrast": lightHighContrast, "dark, high contrast": darkHighContrast}

// luminance and contrast are those of WCAG 2.2.
func luminance(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// The pairs that meet on screen: 4.5 for text (success criterion 1.4.3), 3 for marks, focus and what
// tells one state from another (1.4.11).
func TestColors_contrast(t *testing.T) {
	const text, shape = 4.5, 3.0
	grounds := []fyne.ThemeColorName{fynetheme.ColorNameBackground, ColorSidebar, ColorSelected, ColorFill, ColorInfoFill, fynetheme.ColorNameOverlayBackground}
	pairs := map[[2]fyne.ThemeColorName]float64{
		{fynetheme.ColorNameForegroundOnPrimary, fynetheme.ColorNamePrimary}: text,
		{ColorTipText, ColorTip}:                                             text,
		{fynetheme.ColorNameForeground, ColorWarningFill}:                    text,
		{fynetheme.ColorNameForeground, ColorErrorFill}:                      text,
		{ColorError, ColorErrorFill}:                                         text,
		{fynetheme.ColorNamePlaceHolder, fynetheme.ColorNameInputBackground}: text,
		{fynetheme.ColorNameForeground, fynetheme.ColorNameInputBackground}:  text,
		{fynetheme.ColorNameForeground, fynetheme.ColorNameSelection}:        text,
		{fynetheme.ColorNameForeground, ColorFillHover}:                      text,
		{ColorError, fynetheme.ColorNameBackground}:                          text,
		{ColorAccentText, fynetheme.ColorNameInputBackground}:                text,
		{ColorWarning, ColorWarningFill}:                                     shape,
		{fynetheme.ColorNameFocus, fynetheme.ColorNameInputBackground}:       shape,
	}
	for _, ground := range grounds {
		pairs[[2]fyne.ThemeColorName{fynetheme.ColorNameForeground, ground}] = text
		pairs[[2]fyne.ThemeColorName{ColorSecondary, ground}] = text
		pairs[[2]fyne.ThemeColorName{fynetheme.ColorNameFocus, ground}] = shape
		for _, mark := range []fyne.ThemeColorName{ColorOK, ColorWarning, ColorError, ColorAccentText, ColorSecondary} {
			if key := [2]fyne.ThemeColorName{mark, ground}; pairs[key] == 0 {
				pairs[key] = shape
			}
		}
	}
	for name, p := range looks {
		high := strings.HasSuffix(name, "high contrast")
		for pair, least := range pairs {
			if high { // success criterion 1.4.6
				least = map[float64]float64{text: 7, shape: 4.5}[least]
			}
			if got := contrast(p[pair[0]], p[pair[1]]); got < least {
				t.Errorf("%s: %s on %s has %.2f, needs %.1f", name, pair[0], pair[1], got, least)
			}
		}
	}
}

// Both variants have every color.
func TestColors_lightAndDark(t *testing.T) {
	for name := range light {
		if _, ok := dark[name]; !ok {
			t.Errorf("%s has no dark", name)
		}
	}
	if len(light) != len(dark) {
		t.Errorf("light has %d colours, dark %d", len(light), len(dark))
	}
}

func TestTheme_appearance(t *testing.T) {
	for _, tt := range []struct {
		appearance Appearance
		variant    fyne.ThemeVariant
		want       palette
	}{
		{System, fynetheme.VariantDark, dark},
		{System, fynetheme.VariantLight, light},
		{Light, fynetheme.VariantDark, light},
		{Dark, fynetheme.VariantLight, dark},
	} {
		if got := New(tt.appearance).Color(ColorSidebar, tt.variant); got != tt.want[ColorSidebar] {
			t.Errorf("appearance %d on variant %d: %v", tt.appearance, tt.variant, got)
		}
	}
}

// Type has three sizes, and what is spaced is on the grid.
func TestTheme_sizesAndSpacing(t *testing.T) {
	found := map[float32]bool{}
	th := New(System)
	for _, n := range []fyne.ThemeSizeName{fynetheme.SizeNameCaptionText, fynetheme.SizeNameText, fynetheme.SizeNameSubHeadingText, fynetheme.SizeNameHeadingText} {
		found[th.Size(n)] = true
	}
	if len(found) != 3 {
		t.Errorf("sizes of type: %v", found)
	}
	for _, s := range []float32{Small, Medium, Large, Huge} {
		if math.Mod(float64(s), float64(Grid)) != 0 {
			t.Errorf("%v is off the grid of %v", s, Grid)
		}
	}
}

// Digits have one width, so that no countdown moves what stands beside it.
func TestFonts_digitWidth(t *testing.T) {
	for _, bold := range []bool{false, true} {
		resource := New(System).Font(fyne.TextStyle{Bold: bold})
		widths := map[string]bool{}
		for _, digit := range "0123456789" {
			widths[fmt.Sprint(advance(t, resource, digit))] = true
		}
		if len(widths) != 1 {
			t.Errorf("bold %v: digits have widths %v", bold, widths)
		}
	}
}
