// Package locale returns which languages the user has chosen on this computer.
package locale

import (
	"cmp"
	"os"
	"strings"

	"github.com/jeandeaual/go-locale"
	"golang.org/x/text/language"
)

// Order returns the language by which the user expects names to be ordered; language.Und, whose order is that of most,
// where it is not known.
func Order() language.Tag {
	return parse(cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_COLLATE"), os.Getenv("LANG"), systemLocale()))
}

// Messages returns the languages that the user reads, the preferred one first; none where that is not known. The
// variables are those of POSIX, and LANGUAGE of gettext, which counts only where a locale is set.
func Messages() []language.Tag {
	name := cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG"))
	if isPOSIX(name) {
		return []language.Tag{language.English}
	}
	var names []string
	if name != "" {
		names = append(strings.Split(os.Getenv("LANGUAGE"), ":"), name)
	} else if all, err := locale.GetLocales(); err == nil {
		names = all
	}
	var tags []language.Tag
	for _, n := range names {
		if tag := parse(n); tag != language.Und {
			tags = append(tags, tag)
		}
	}
	return tags
}

// isPOSIX reports whether a locale is the one without a language, whose messages are in English.
func isPOSIX(name string) bool {
	name, _, _ = strings.Cut(name, ".")
	return name == "C" || name == "POSIX"
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
	if name == "" || isPOSIX(name) {
		return language.Und
	}
	name, _, _ = strings.Cut(name, ".")
	name, _, _ = strings.Cut(name, "@")
	tag, err := language.Parse(strings.ReplaceAll(name, "_", "-"))
	if err != nil {
		return language.Und
	}
	return tag
}
