package tray

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"daypass/app"
	"daypass/app/messages"
	"daypass/app/session"
)

// fromOutside are the words of the menu that are not from the catalogue: names of the tests, and the program's.
var fromOutside = regexp.MustCompile(`Daypass|Lake|ada@example\.com`)

// Every word of the menu came from the catalogue, or is the user's.
func TestDescribe_pseudoLanguage(t *testing.T) {
	defer messages.Use(language.English)
	messages.Use(messages.Pseudo)
	for _, phase := range []session.Phase{
		session.SignedOut, session.SigningIn, session.Exchanging, session.Active, session.Renewing, session.NeedsSignIn, session.Expired, session.SignInFailed,
	} {
		for _, left := range []time.Duration{0, 10 * time.Second, 5 * time.Minute, 7 * time.Hour} {
			m := show(app.Snapshot{Sessions: []app.Session{lasting(phase, left)}}, true, noon)
			e := m.entries[0]
			for _, text := range []string{m.tooltip, m.quit(), e.title, e.who, e.signIn} {
				if rest := fromOutside.ReplaceAllString(messages.WithoutPseudo(text), ""); strings.ContainsFunc(rest, isLetter) {
					t.Errorf("%s: %q has words that are not from the catalogue", phase, text)
				}
			}
		}
	}
}

func isLetter(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }
