// Package signin holds the pages that the browser shows when it comes back from the identity provider. They are
// static: nothing of a request is ever in them, they load nothing and run nothing.
package signin

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"net/http"
	"strings"
)

// Page is one page and the status it is sent with.
type Page struct {
	Status                     int
	kind, title, heading, text string
}

//go:embed page.html
var layout string

//go:embed style.css
var style string

// The pages.
var (
	// Done is for a sign-in that succeeded.
	Done = Page{
		http.StatusOK, "done", "Signed in", "You are signed in.",
		"You can close this tab and go back to Daypass.",
	}
	// NotCompleted is for a sign-in that was refused or failed.
	NotCompleted = Page{
		http.StatusOK, "failed", "Not signed in", "The sign-in was not completed.",
		"Go back to Daypass to see why and to try again. You can close this tab.",
	}
	// BadRequest is for anything that is not the answer Daypass waits for.
	BadRequest = Page{
		http.StatusBadRequest, "plain", "Nothing here", "This is not a page to open by itself.",
		"To sign in, start from Daypass.",
	}
)

// ContentSecurityPolicy allows the pages their style sheet and nothing else.
func ContentSecurityPolicy() string {
	return "default-src 'none'; style-src '" + hash(style) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// HTML is the page's text; nothing for the zero Page.
func (p Page) HTML() []byte {
	if p.Status == 0 {
		return nil
	}
	html := strings.NewReplacer("{{style}}", style, "{{kind}}", p.kind, "{{title}}", p.title,
		"{{heading}}", p.heading, "{{text}}", p.text).Replace(layout)
	return []byte(html)
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
