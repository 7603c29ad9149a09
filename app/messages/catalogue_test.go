package messages

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// parameter is one in a text.
var parameter = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

// texts reads all messages of a language, by their IDs.
func texts(t *testing.T, lang string) map[string]*i18n.Message {
	t.Helper()
	all := map[string]*i18n.Message{}
	for _, file := range files(lang) {
		parsed, err := i18n.ParseMessageFileBytes(read(file), file, nil)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, m := range parsed.Messages {
			if all[m.ID] != nil {
				t.Errorf("%s: %s is there twice", file, m.ID)
			}
			if !strings.HasPrefix(m.ID, areaOfFile(file)+".") {
				t.Errorf("%s: %s does not begin with the area of its file", file, m.ID)
			}
			all[m.ID] = m
		}
	}
	return all
}

// forms are the plural forms of a message that are there.
func forms(m *i18n.Message) []string {
	return slices.DeleteFunc([]string{m.One, m.Many, m.Other}, func(s string) bool { return s == "" })
}

// parameters are the names in all forms of a message, in order.
func parameters(m *i18n.Message) (names []string) {
	for _, form := range forms(m) {
		for _, found := range parameter.FindAllStringSubmatch(form, -1) {
			names = append(names, found[1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestCatalogue_english(t *testing.T) {
	for id, m := range texts(t, english) {
		if m.Other == "" {
			t.Errorf("%s has no text", id)
		}
		for _, form := range forms(m) {
			rest := parameter.ReplaceAllString(form, "")
			if strings.ContainsAny(rest, "{}") || strings.TrimSpace(form) != form {
				t.Errorf("%s is not well written: %q", id, form)
			}
		}
	}
}

// A translation has the texts of the source, each with the same parameters.
func TestCatalogue_translations(t *testing.T) {
	source := texts(t, english)
	for _, l := range languages[1:] {
		translated := texts(t, l.Tag.String())
		for id, m := range translated {
			switch {
			case source[id] == nil:
				t.Errorf("%s: %s is not in the source", l.Tag, id)
			case m.Other == "":
				t.Errorf("%s: %s has no text", l.Tag, id)
			case !slices.Equal(parameters(m), parameters(source[id])):
				t.Errorf("%s: %s has the parameters %v, and the source %v", l.Tag, id, parameters(m), parameters(source[id]))
			}
		}
	}
}

func TestMatch_languages(t *testing.T) {
	for preferred, want := range map[string]string{
		"de": "de", "de-CH": "de-CH", "en-US": "en-US", "en-GB": "en-GB", "zh-CN": "zh-Hans-CN", "zh-Hans": "zh-Hans", "sw": "en", "nl,fr-CA": "fr-CA", "ja-JP": "ja-JP", "und": "en",
	} {
		tags, _, err := language.ParseAcceptLanguage(preferred)
		if err != nil {
			t.Fatal(err)
		}
		if got := Match(tags...); got.String() != want {
			t.Errorf("%s: %s, want %s", preferred, got, want)
		}
	}
}

func TestLanguages_eachHasAFormatter(t *testing.T) {
	for _, l := range Languages() {
		p := In(l.Tag)
		if base, _ := l.Tag.Base(); p.Tag() != l.Tag || l.Name == "" || base.String() != "en" && p.Format().List([]string{"a", "b"}) == In(language.English).Format().List([]string{"a", "b"}) {
			t.Errorf("%s %+v", l.Tag, p)
		}
	}
}
