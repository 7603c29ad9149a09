package kit

import (
	"sync"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"daypass/ui/glyphs"
)

// drawable is text as it is drawn in a style, and is to be measured and cut: see package glyphs.
func drawable(text string, style fyne.TextStyle) string {
	first := themeOf(nil).Font(style)
	fonts, ok := fontsOf.Load(first)
	if !ok {
		fonts, _ = fontsOf.LoadOrStore(first, newFonts(first, style))
	}
	return fonts.(*glyphs.Fonts).Drawable(text)
}

// fontsOf holds *glyphs.Fonts by the fyne.Resource of the first of them.
var fontsOf sync.Map

// newFonts returns the fonts that the toolkit goes through after the first one.
func newFonts(first fyne.Resource, style fyne.TextStyle) *glyphs.Fonts {
	second := fynetheme.DefaultTextFont()
	switch {
	case style.Monospace:
		second = fynetheme.DefaultTextMonospaceFont()
	case style.Bold:
		second = fynetheme.DefaultTextBoldFont()
	}
	var files [][]byte
	for _, r := range []fyne.Resource{first, second, fynetheme.DefaultEmojiFont(), fynetheme.DefaultSymbolFont()} {
		if r != nil {
			files = append(files, r.Content())
		}
	}
	return glyphs.New(glyphs.System, files...)
}
