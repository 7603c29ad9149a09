package messages

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Pseudo is a language for tests: each text is the English one in brackets and 40 % longer. What is shown without
// brackets did not come from the catalogue, and what is cut has no room for the longer languages.
var Pseudo = language.MustParse("art-x-pseudo")

// The brackets of a text in the pseudo-language.
const (
	PseudoOpen  = "⟦"
	PseudoClose = "⟧"
)

// inPseudo matches a text of the pseudo-language that has no other in it.
var inPseudo = regexp.MustCompile(PseudoOpen + `[^` + PseudoOpen + PseudoClose + `]*` + PseudoClose)

// WithoutPseudo returns what is left of a text without what came from the catalogue, with what stands in the place of its
// parameters.
func WithoutPseudo(text string) string {
	for inPseudo.MatchString(text) {
		text = inPseudo.ReplaceAllString(text, " ")
	}
	return text
}

// pseudoBundle returns the texts of an area in the pseudo-language.
func pseudoBundle(area string) *i18n.Localizer {
	bundlesMu.Lock()
	defer bundlesMu.Unlock()
	key := part{Pseudo, area}
	if l := bundles[key]; l != nil {
		return l
	}
	b := i18n.NewBundle(Pseudo)
	for _, file := range files(english) {
		if areaOfFile(file) != area {
			continue
		}
		parsed, err := i18n.ParseMessageFileBytes(read(file), file, nil)
		if err != nil {
			panic(err) // the tests read each file
		}
		for _, m := range parsed.Messages {
			m.One, m.Other = stretch(m.One), stretch(m.Other)
		}
		b.MustAddMessages(Pseudo, parsed.Messages...)
	}
	bundles[key] = i18n.NewLocalizer(b, Pseudo.String())
	return bundles[key]
}

// stretch puts brackets around a text and makes it longer, by words that can be wrapped.
func stretch(text string) string {
	if text == "" {
		return ""
	}
	more := strings.Repeat(" ẋẋẋẋ", (utf8.RuneCountInString(text)*2/5+4)/5)
	return PseudoOpen + text + more + PseudoClose
}
