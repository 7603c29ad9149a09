package secret

import (
	"regexp"
	"strings"
	"sync"
)

// tokenLike is a JWT, the beginning of one too, and what is as long in one piece as only tokens and
// hashes are. It is compiled when a server first has something to say.
var tokenLike = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`eyJ[\w.+/=-]{8,}|[\w+=~-]{40,}`)
})

// Scrub makes the words of a server fit to be repeated: without the secrets that were sent to it, which
// it may quote, and without anything else that looks like one. Scrub before cutting to a length: a part
// of a secret is not recognized.
func Scrub(text string, sent ...Secret) string {
	for _, s := range sent {
		if !s.IsZero() {
			text = strings.ReplaceAll(text, s.Reveal(), Redacted)
		}
	}
	return tokenLike().ReplaceAllString(text, Redacted)
}
