package locale

import (
	"fmt"
	"testing"

	"golang.org/x/text/language"
)

func TestParse_names(t *testing.T) {
	for name, want := range map[string]language.Tag{
		"de_DE.UTF-8": language.MustParse("de-DE"), "sv": language.Swedish, "C": language.Und, "C.UTF-8": language.Und, "": language.Und,
		"POSIX": language.Und, "ca_ES@valencia": language.MustParse("ca-ES"), "pt-BR": language.BrazilianPortuguese, "???": language.Und,
	} {
		if got := parse(name); got != want {
			t.Errorf("%q is %v", name, got)
		}
	}
}

func TestMessages_variables(t *testing.T) {
	type env = map[string]string
	for _, tt := range []struct {
		env  env
		want string
	}{
		{env{"LANG": "de_DE.UTF-8"}, "[de-DE]"},
		{env{"LANG": "de_DE.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, "[fr-FR]"},
		{env{"LANG": "de_DE.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, "[ja-JP]"},
		{env{"LANG": "de_AT.UTF-8", "LANGUAGE": "es:fr"}, "[es fr de-AT]"},
		{env{"LANG": "C.UTF-8", "LANGUAGE": "es"}, "[en]"},
		{env{"LANG": "POSIX"}, "[en]"},
		{env{"LANG": "??", "LANGUAGE": "??:zh_CN"}, "[zh-CN]"},
	} {
		for _, name := range []string{"LANG", "LANGUAGE", "LC_MESSAGES", "LC_ALL"} {
			t.Setenv(name, tt.env[name])
		}
		if got := fmt.Sprint(Messages()); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.env, got, tt.want)
		}
	}
}
