package theme

import (
	"image/color"
	"maps"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// The colors that Fyne has no name for.
const (
	ColorSidebar     fyne.ThemeColorName = "daypass.sidebar"
	ColorSecondary   fyne.ThemeColorName = "daypass.secondary"
	ColorFill        fyne.ThemeColorName = "daypass.fill"
	ColorFillHover   fyne.ThemeColorName = "daypass.fillHover"
	ColorAccentText  fyne.ThemeColorName = "daypass.accentText"
	ColorSelected    fyne.ThemeColorName = "daypass.selected"
	ColorTrack       fyne.ThemeColorName = "daypass.track"
	ColorOK          fyne.ThemeColorName = "daypass.ok"
	ColorWarning     fyne.ThemeColorName = "daypass.warning"
	ColorError       fyne.ThemeColorName = "daypass.error"
	ColorWarningFill fyne.ThemeColorName = "daypass.warningFill"
	ColorErrorFill   fyne.ThemeColorName = "daypass.errorFill"
	ColorInfoFill    fyne.ThemeColorName = "daypass.infoFill"
	ColorTip         fyne.ThemeColorName = "daypass.tip"
	ColorTipText     fyne.ThemeColorName = "daypass.tipText"
	ColorClear       fyne.ThemeColorName = "daypass.clear"
)

type palette map[fyne.ThemeColorName]color.NRGBA

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func alpha(hex uint32, a uint8) color.NRGBA {
	c := rgb(hex)
	c.A = a
	return c
}

var light = palette{
	fynetheme.ColorNameBackground:          rgb(0xffffff),
	fynetheme.ColorNameForeground:          rgb(0x171a21),
	fynetheme.ColorNamePrimary:             rgb(0x3b4fd8),
	fynetheme.ColorNameForegroundOnPrimary: rgb(0xffffff),
	fynetheme.ColorNameHyperlink:           rgb(0x3b4fd8),
	fynetheme.ColorNameFocus:               rgb(0x3b4fd8),
	fynetheme.ColorNameSelection:           rgb(0xd5dbfb),
	fynetheme.ColorNameDisabled:            rgb(0x9aa2af),
	fynetheme.ColorNamePlaceHolder:         rgb(0x656d7a),
	fynetheme.ColorNameInputBackground:     rgb(0xf3f4f7),
	fynetheme.ColorNameInputBorder:         alpha(0xf3f4f7, 0x00),
	fynetheme.ColorNameSeparator:           rgb(0xe8eaef),
	fynetheme.ColorNameHover:               alpha(0x1c2440, 0x0d),
	fynetheme.ColorNamePressed:             alpha(0x1c2440, 0x1a),
	fynetheme.ColorNameScrollBar:           alpha(0x1c2440, 0x48),
	fynetheme.ColorNameScrollBarBackground: alpha(0x1c2440, 0x00),
	fynetheme.ColorNameShadow:              alpha(0x0a1020, 0x2a),
	fynetheme.ColorNameMenuBackground:      rgb(0xffffff),
	fynetheme.ColorNameOverlayBackground:   rgb(0xffffff),
	fynetheme.ColorNameHeaderBackground:    rgb(0xffffff),
	fynetheme.ColorNameError:               rgb(0xc62a2f),
	fynetheme.ColorNameSuccess:             rgb(0x15803d),
	fynetheme.ColorNameWarning:             rgb(0xa15c00),
	fynetheme.ColorNameButton:              rgb(0xeff1f4),
	ColorSidebar:                           rgb(0xf5f6f8),
	ColorSecondary:                         rgb(0x5b6370),
	ColorFill:                              rgb(0xeff1f4),
	ColorFillHover:                         rgb(0xe4e7ec),
	ColorAccentText:                        rgb(0x3b4fd8),
	ColorSelected:                          rgb(0xe4e8f8),
	ColorTrack:                             rgb(0xe2e5eb),
	ColorOK:                                rgb(0x15803d),
	ColorWarning:                           rgb(0xa15c00),
	ColorError:                             rgb(0xc62a2f),
	ColorWarningFill:                       rgb(0xfdf3df),
	ColorErrorFill:                         rgb(0xfdecec),
	ColorInfoFill:                          rgb(0xf3f4f7),
	ColorTip:                               rgb(0x262b36),
	ColorTipText:                           rgb(0xf5f6f8),
}

var dark = palette{
	fynetheme.ColorNameBackground:          rgb(0x16181d),
	fynetheme.ColorNameForeground:          rgb(0xe9ecf1),
	fynetheme.ColorNamePrimary:             rgb(0x4f63e7),
	fynetheme.ColorNameForegroundOnPrimary: rgb(0xffffff),
	fynetheme.ColorNameHyperlink:           rgb(0x95a4ff),
	fynetheme.ColorNameFocus:               rgb(0x7f90ff),
	fynetheme.ColorNameSelection:           rgb(0x333e7e),
	fynetheme.ColorNameDisabled:            rgb(0x646c7a),
	fynetheme.ColorNamePlaceHolder:         rgb(0x8b94a3),
	fynetheme.ColorNameInputBackground:     rgb(0x20242b),
	fynetheme.ColorNameInputBorder:         alpha(0x20242b, 0x00),
	fynetheme.ColorNameSeparator:           rgb(0x272b33),
	fynetheme.ColorNameHover:               alpha(0xdfe6ff, 0x0f),
	fynetheme.ColorNamePressed:             alpha(0xdfe6ff, 0x1e),
	fynetheme.ColorNameScrollBar:           alpha(0xdfe6ff, 0x40),
	fynetheme.ColorNameScrollBarBackground: alpha(0xdfe6ff, 0x00),
	fynetheme.ColorNameShadow:              alpha(0x000000, 0x66),
	fynetheme.ColorNameMenuBackground:      rgb(0x23272f),
	fynetheme.ColorNameOverlayBackground:   rgb(0x1f232a),
	fynetheme.ColorNameHeaderBackground:    rgb(0x16181d),
	fynetheme.ColorNameError:               rgb(0xff8589),
	fynetheme.ColorNameSuccess:             rgb(0x4cc38a),
	fynetheme.ColorNameWarning:             rgb(0xf0b429),
	fynetheme.ColorNameButton:              rgb(0x282c35),
	ColorSidebar:                           rgb(0x1c1f25),
	ColorSecondary:                         rgb(0xa0a8b5),
	ColorFill:                              rgb(0x282c35),
	ColorFillHover:                         rgb(0x323742),
	ColorAccentText:                        rgb(0x95a4ff),
	ColorSelected:                          rgb(0x2b3150),
	ColorTrack:                             rgb(0x30353f),
	ColorOK:                                rgb(0x4cc38a),
	ColorWarning:                           rgb(0xf0b429),
	ColorError:                             rgb(0xff8589),
	ColorWarningFill:                       rgb(0x33290f),
	ColorErrorFill:                         rgb(0x3a1d20),
	ColorInfoFill:                          rgb(0x20242b),
	ColorTip:                               rgb(0xe4e7ee),
	ColorTipText:                           rgb(0x1b1f27),
}

// highContrast returns a palette with other values for the colors of text, of what surrounds fields, and of what tells
// one state from another.
func highContrast(base, changes palette) palette {
	p := maps.Clone(base)
	maps.Copy(p, changes)
	return p
}

var lightHighContrast = highContrast(light, palette{
	fynetheme.ColorNameForeground:  rgb(0x000000),
	fynetheme.ColorNamePrimary:     rgb(0x1f2f9e),
	fynetheme.ColorNameHyperlink:   rgb(0x1f2f9e),
	fynetheme.ColorNameFocus:       rgb(0x1f2f9e),
	fynetheme.ColorNameDisabled:    rgb(0x656d7a),
	fynetheme.ColorNamePlaceHolder: rgb(0x3b424d),
	fynetheme.ColorNameInputBorder: rgb(0x3b424d),
	fynetheme.ColorNameSeparator:   rgb(0x656d7a),
	fynetheme.ColorNameScrollBar:   rgb(0x3b424d),
	fynetheme.ColorNameError:       rgb(0x8f1216),
	fynetheme.ColorNameSuccess:     rgb(0x0b5226),
	fynetheme.ColorNameWarning:     rgb(0x6b3c00),
	ColorSecondary:                 rgb(0x333a45),
	ColorAccentText:                rgb(0x1f2f9e),
	ColorTrack:                     rgb(0x8b94a3),
	ColorOK:                        rgb(0x0b5226),
	ColorWarning:                   rgb(0x6b3c00),
	ColorError:                     rgb(0x8f1216),
	ColorTip:                       rgb(0x000000),
	ColorTipText:                   rgb(0xffffff),
})

var darkHighContrast = highContrast(dark, palette{
	fynetheme.ColorNameBackground:       rgb(0x000000),
	fynetheme.ColorNameHeaderBackground: rgb(0x000000),
	fynetheme.ColorNameForeground:       rgb(0xffffff),
	fynetheme.ColorNamePrimary:          rgb(0x3346c9),
	fynetheme.ColorNameHyperlink:        rgb(0xc2cbff),
	fynetheme.ColorNameFocus:            rgb(0xc2cbff),
	fynetheme.ColorNameDisabled:         rgb(0x8b94a3),
	fynetheme.ColorNamePlaceHolder:      rgb(0xcfd5de),
	fynetheme.ColorNameInputBorder:      rgb(0xcfd5de),
	fynetheme.ColorNameSeparator:        rgb(0x8b94a3),
	fynetheme.ColorNameScrollBar:        rgb(0xcfd5de),
	fynetheme.ColorNameError:            rgb(0xffb3b5),
	fynetheme.ColorNameSuccess:          rgb(0x86e0b4),
	fynetheme.ColorNameWarning:          rgb(0xffd166),
	ColorSecondary:                      rgb(0xd5dbe4),
	ColorAccentText:                     rgb(0xc2cbff),
	ColorTrack:                          rgb(0x646c7a),
	ColorOK:                             rgb(0x86e0b4),
	ColorWarning:                        rgb(0xffd166),
	ColorError:                          rgb(0xffb3b5),
	ColorTip:                            rgb(0xffffff),
	ColorTipText:                        rgb(0x000000),
})
