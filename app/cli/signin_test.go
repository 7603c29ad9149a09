package cli

import (
	"testing"

	"daypass/assets/signin"
)

// The pages have the words of the catalogue also where none were set.
func TestPageWords_english(t *testing.T) {
	for _, page := range []signin.Page{signin.Done, signin.NotCompleted, signin.BadRequest} {
		if got := pageWords(page); got != page.English {
			t.Errorf("%s: %+v, want %+v", page.Kind, got, page.English)
		}
	}
}
