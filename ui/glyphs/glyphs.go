// Package glyphs tells what the fonts of the window can draw, and divides text into characters as a user counts them.
//
// The toolkit draws a replacement for every code point that no font has, so that a flag, an emoji of several parts or a
// syllable of a foreign script falls apart into several of them, and it measures the last one twice. Text goes through
// Fonts.Drawable before it is measured, cut or drawn: then a character that cannot be drawn is one box.
package glyphs

import (
	"io"
	"log"
	"sync"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/go-text/typesetting/fontscan"
	"golang.org/x/image/font/sfnt"

	"daypass/auth/safetext"
)

// Box is what stands for a character that no font has. The fonts of Daypass draw it as a box of its own width.
const Box = "\ufffd"

// Fonts are fonts of which the first one that has a glyph draws it.
type Fonts struct {
	fonts func() []*sfnt.Font
	more  func(rune) bool
	known sync.Map // whether there is a glyph, by rune
}

// New returns the fonts of font files. more reports whether there is a font beyond these that has a glyph for r.
func New(more func(r rune) bool, files ...[]byte) *Fonts {
	return &Fonts{more: more, fonts: sync.OnceValue(func() []*sfnt.Font {
		var all []*sfnt.Font
		for _, file := range files {
			if f, err := sfnt.Parse(file); err == nil {
				all = append(all, f)
			}
		}
		return all
	})}
}

// Drawable returns text with a Box in place of each character that cannot be drawn in full.
func (f *Fonts) Drawable(text string) string {
	if f.draws(text) {
		return text
	}
	drawn := make([]byte, 0, len(text))
	for _, cluster := range Clusters(text) {
		if !f.draws(cluster) {
			cluster = Box
		}
		drawn = append(drawn, cluster...)
	}
	return string(drawn)
}

// draws reports whether there is a glyph for everything in text. What shows nothing by itself needs none.
func (f *Fonts) draws(text string) bool {
	for _, r := range text {
		if r >= utf8.RuneSelf && !safetext.Invisible(r) && !f.has(r) {
			return false
		}
	}
	return true
}

func (f *Fonts) has(r rune) bool {
	if known, ok := f.known.Load(r); ok {
		return known.(bool)
	}
	found := f.look(r)
	f.known.Store(r, found)
	return found
}

func (f *Fonts) look(r rune) bool {
	for _, font := range f.fonts() {
		if glyph, err := font.GlyphIndex(nil, r); err == nil && glyph != 0 {
			return true
		}
	}
	return f.more(r)
}

// System reports whether a font of this computer has a glyph for r.
func System(r rune) bool {
	for _, font := range systemFonts() {
		if font.Runes.Contains(r) {
			return true
		}
	}
	return false
}

// systemFonts are the fonts of this computer, by the index that the toolkit keeps of them.
var systemFonts = sync.OnceValue(func() []fontscan.Footprint {
	fonts, err := fontscan.SystemFonts(log.New(io.Discard, "", 0), "")
	if err != nil {
		return nil // the toolkit has none either
	}
	return fonts
})

// Clusters returns the characters of text as a user counts them: a letter with its marks, a syllable, an emoji with all
// of its parts.
func Clusters(text string) []string {
	clusters := make([]string, 0, len(text))
	if isASCII(text) {
		for i := range len(text) {
			clusters = append(clusters, text[i:i+1])
		}
		return clusters
	}
	for all := graphemes.FromString(text); all.Next(); {
		clusters = append(clusters, all.Value())
	}
	return clusters
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
