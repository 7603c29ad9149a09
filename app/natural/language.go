package natural

import (
	"cmp"
	"os"
	"strings"

	"github.com/jeandeaual/go-locale"
	"golang.org/x/text/language"
)

// userLanguage is the language whose order the user expects; language.Und, whose order is that of most, where
// that is not known.
func userLanguage() language.Tag {
	return parse(cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_COLLATE"), os.Getenv("LANG"), systemLocale()))
}

// systemLocale asks the systems that have no such variables.
func systemLocale() string {
	name, err := locale.GetLocale()
	if err != nil {
		return ""
	}
	return name
}

// parse reads the name of a locale, like de_DE.UTF-8 or de-DE.
func parse(name string) language.Tag {
	name, _, _ = strings.Cut(name, ".")
	name, _, _ = strings.Cut(name, "@")
	tag, err := language.Parse(strings.ReplaceAll(name, "_", "-"))
	if err != nil || name == "C" {
		return language.Und
	}
	return tag
}
