package messages

import (
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"daypass/app/format"
	"daypass/app/messages/catalog"
)

// english is the language of the source.
const english = "en"

// Language is one that there are texts in.
type Language struct {
	// Tag is its BCP 47 tag, such as "zh-Hans".
	Tag language.Tag
	// Name is what its speakers call it.
	Name string
}

// languages are those of the catalogue, English first.
var languages = []Language{
	{language.English, "English"},
	{language.German, "Deutsch"},
	{language.French, "Français"},
	{language.Spanish, "Español"},
	{language.Japanese, "日本語"},
	{language.SimplifiedChinese, "简体中文"},
}

// Locale returns the name that POSIX systems have for the language, such as "zh_CN": of folders of manual pages, and of
// keys in desktop entries. A language that is told from others by its script has the region where that is written.
func (l Language) Locale() string {
	base, script, region := l.Tag.Raw()
	if script == (language.Script{}) && region == (language.Region{}) {
		return base.String()
	}
	likely, _ := l.Tag.Region()
	return base.String() + "_" + likely.String()
}

// Languages returns the languages that there are texts in, English first.
func Languages() []Language { return append([]Language(nil), languages...) }

var matcher = sync.OnceValue(func() language.Matcher {
	var tags []language.Tag
	for _, l := range languages {
		tags = append(tags, l.Tag)
	}
	return language.NewMatcher(tags)
})

// Match returns the language that suits a user best who reads these languages, the preferred one first: one of the
// catalogue's, with the region of the user's. It is English where none suits.
func Match(preferred ...language.Tag) language.Tag {
	_, i, confidence := matcher().Match(preferred...)
	if confidence == language.No {
		return language.English
	}
	tag := languages[i].Tag
	base, _ := tag.Base()
	for _, p := range preferred {
		if b, _ := p.Base(); b == base {
			if region, c := p.Region(); c == language.Exact {
				if with, err := language.Compose(tag, region); err == nil {
					return with
				}
			}
			break
		}
	}
	return tag
}

// In returns the printer for the language of the catalogue that suits tag best.
func In(tag language.Tag) *Printer {
	if tag == Pseudo {
		return &Printer{tag: tag, texts: pseudoBundle}
	}
	tag = Match(tag)
	_, i, _ := matcher().Match(tag)
	source := languages[i].Tag
	return &Printer{tag: tag, formatter: format.For(tag), texts: func(area string) *i18n.Localizer { return bundle(source, area) }}
}

// part is what is read at once of the catalogue: a program shows few areas at its start.
type part struct {
	tag  language.Tag
	area string
}

var (
	bundlesMu sync.Mutex
	bundles   = map[part]*i18n.Localizer{}
)

// bundle returns the texts of an area in a language of the catalogue, and the English ones for those that it lacks.
func bundle(tag language.Tag, area string) *i18n.Localizer {
	bundlesMu.Lock()
	defer bundlesMu.Unlock()
	key := part{tag, area}
	if l := bundles[key]; l != nil {
		return l
	}
	b := i18n.NewBundle(language.English)
	for _, lang := range []string{english, tag.String()} {
		for _, file := range files(lang) {
			if areaOfFile(file) == area {
				b.MustParseMessageFileBytes(read(file), file)
			}
		}
	}
	bundles[key] = i18n.NewLocalizer(b, tag.String())
	return bundles[key]
}

// files are the paths of a language's files.
func files(lang string) []string {
	all, err := fs.Glob(catalog.Files, "*."+lang+".json")
	if err != nil {
		panic(err) // a pattern that is wrong
	}
	return all
}

func read(file string) []byte {
	data, err := catalog.Files.ReadFile(file)
	if err != nil {
		panic(err) // it is in the program
	}
	return data
}

// areaOfFile returns the part of the program that a file of the catalogue is for.
func areaOfFile(file string) string { return areaOf(path.Base(file)) }

// areaOf returns the part of the program that the text with an ID is for.
func areaOf(id string) string {
	area, _, _ := strings.Cut(id, ".")
	return area
}
