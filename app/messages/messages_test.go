package messages

import (
	"strings"
	"testing"

	"golang.org/x/text/language"
)

func TestPrinter_text(t *testing.T) {
	for tag, want := range map[string][]string{
		"en":     {"Cancel", "1 item", "1,234 items"},
		"de":     {"Abbrechen", "1 Objekt", "1.234 Objekte"},
		"fr":     {"Annuler", "1 élément", "1\u202f234 éléments"},
		"es":     {"Cancelar", "1 elemento", "1.234 elementos"},
		"ja":     {"キャンセル", "1項目", "1,234項目"},
		"zh-CN":  {"取消", "1 个项目", "1,234 个项目"},
		"sw":     {"Cancel", "1 item", "1,234 items"},
		"art-en": {"Cancel", "1 item", "1,234 items"},
	} {
		p := In(language.Make(tag))
		got := []string{p.Text("common.cancel"), p.Plural("common.items", 1), p.Plural("common.items", 1234)}
		if strings.Join(got, "|") != strings.Join(want, "|") || p.Text("common.cancel") != want[0] {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

func TestPrinter_missingText(t *testing.T) {
	if got := In(language.German).Text("common.no-such-text"); got != "common.no-such-text" {
		t.Errorf("%q", got)
	}
	if Has("common.no-such-text") || !Has("common.cancel") || !Has("common.items") {
		t.Error("Has is wrong")
	}
}

func TestPrinter_say(t *testing.T) {
	p := In(language.English)
	if got := p.Say(Message{}); got != "" {
		t.Errorf("%q", got)
	}
	if got := p.Say(Message{ID: "common.sentence", Args: map[string]string{"Title": "A", "Detail": "{{.B}} <c>"}}); got != "A. {{.B}} <c>" {
		t.Errorf("%q", got)
	}
	if got := p.Text("common.sentence", Args{"Title": "A", "Detail": Message{ID: "common.cancel"}}); got != "A. Cancel" {
		t.Errorf("%q", got)
	}
}

func TestPseudo_texts(t *testing.T) {
	p := In(Pseudo)
	if got := p.Text("common.cancel"); !strings.HasPrefix(got, PseudoOpen+"Cancel ") || !strings.HasSuffix(got, PseudoClose) {
		t.Errorf("%q", got)
	}
	if got := p.Plural("common.items", 1); !strings.HasPrefix(got, PseudoOpen+"1 item ") {
		t.Errorf("%q", got)
	}
}

// What stands in the place of a parameter is not from the catalogue, but part of a text that is.
func TestWithoutPseudo_texts(t *testing.T) {
	p := In(Pseudo)
	text := p.Text("common.sentence", Args{"Title": p.Text("common.cancel"), "Detail": "Lake"}) + " Cancel"
	if got := strings.Fields(WithoutPseudo(text)); len(got) != 1 || got[0] != "Cancel" {
		t.Errorf("%q leaves %q", text, got)
	}
}

func TestUse_changesTheProcess(t *testing.T) {
	defer Use(language.English)
	Use(language.MustParse("de-AT"))
	if got := Text("common.cancel") + " " + Plural("common.items", 2); got != "Abbrechen 2 Objekte" {
		t.Errorf("%q", got)
	}
}

// The language is not looked for before there is a text to write.
func TestUseWhenNeeded_firstText(t *testing.T) {
	defer Use(language.English)
	calls := 0
	UseWhenNeeded(func() language.Tag { calls++; return language.German })
	if calls != 0 {
		t.Error("it was called at once")
	}
	if got := Text("common.cancel") + Text("common.cancel"); got != "AbbrechenAbbrechen" || calls != 1 {
		t.Errorf("%q, %d calls", got, calls)
	}
}

// The first text costs a program the reading of its language.
func BenchmarkFirstText(b *testing.B) {
	for b.Loop() {
		bundlesMu.Lock()
		clear(bundles)
		bundlesMu.Unlock()
		_ = In(language.German).Text("common.cancel")
	}
}

func BenchmarkText(b *testing.B) {
	p := In(language.German)
	for b.Loop() {
		_ = p.Plural("common.items", 12345)
	}
}

// The names of languages are those of POSIX systems.
func TestLocale_ofLanguages(t *testing.T) {
	for tag, want := range map[string]string{"de": "de", "zh-Hans": "zh_CN", "zh-Hant": "zh_TW", "pt-BR": "pt_BR", "sr-Latn": "sr_RS"} {
		if got := (Language{Tag: language.MustParse(tag)}).Locale(); got != want {
			t.Errorf("%s is %s, want %s", tag, got, want)
		}
	}
}
