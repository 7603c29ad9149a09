package notify

import (
	"regexp"
	"testing"

	"golang.org/x/text/language"

	"daypass/app"
	"daypass/app/messages"
)

var (
	// fromOutside are the words of a notification that are not from the catalogue: names of the tests.
	fromOutside = regexp.MustCompile(`Lake|login\.example|rclone`)
	letter      = regexp.MustCompile(`\pL`)
)

// Every word of a notification came from the catalogue, or is the user's.
func TestDescribe_pseudoLanguage(t *testing.T) {
	defer messages.Use(language.English)
	messages.Use(messages.Pseudo)
	shown := 0
	for _, s := range []app.Session{good, once, twice, trying, thrice, expired, refused, lost, browsing, out, failed} {
		if s.Problem != nil {
			s.Problem = &app.Problem{
				Code: "login-unreachable", Params: map[string]string{"Provider": "login.example"},
				Reasons: []messages.Message{{ID: "problem.reason.provider.no-answer", Args: map[string]string{"Host": "login.example"}}},
			}
		}
		s.Waiting = []string{"rclone"}
		for _, n := range []notice{describe(s, conditionOf(s, noon), noon), describeWaiting(s)} {
			for _, text := range []string{n.title, n.body} {
				if rest := fromOutside.ReplaceAllString(messages.WithoutPseudo(text), ""); letter.MatchString(rest) {
					t.Errorf("%q has words that are not from the catalogue", text)
				}
				if text != "" {
					shown++
				}
			}
		}
	}
	if shown == 0 {
		t.Error("nothing was shown")
	}
}
