package kit

import (
	"sync"

	"fyne.io/fyne/v2"
	"golang.org/x/text/language"

	"daypass/app/messages"
	"daypass/ui/glyphs"
)

// fontOf returns the font of this computer in which all of a text is drawn that has Chinese, Japanese or Korean in it;
// nil for the fonts of the theme. The toolkit would take the missing characters alone from any font that has them: not
// from a bold one, not from one for the user's language, and lower than the rest of the line.
func fontOf(text string, style fyne.TextStyle) fyne.Resource {
	if style.Monospace || !glyphs.IsCJK(text) {
		return nil
	}
	key := cjkKey{messages.Current().Tag(), style.Bold}
	font, ok := cjkFonts.Load(key)
	if !ok {
		font, _ = cjkFonts.LoadOrStore(key, newSystemFont(key))
	}
	return font.(foundFont).Resource
}

// cjkFonts holds a foundFont for each cjkKey.
var cjkFonts sync.Map

type cjkKey struct {
	lang language.Tag
	bold bool
}

// foundFont is a font, or nil where there is none.
type foundFont struct{ fyne.Resource }

func newSystemFont(key cjkKey) foundFont {
	if face, ok := glyphs.CJKFace(key.lang, key.bold); ok {
		return foundFont{systemFont{face}}
	}
	return foundFont{}
}

// systemFont is a font of this computer. The toolkit reads it once.
type systemFont struct{ glyphs.Face }

// Content implements fyne.Resource.
func (f systemFont) Content() []byte {
	data, err := f.Data()
	if err != nil {
		return nil // the toolkit takes the theme's font
	}
	return data
}
