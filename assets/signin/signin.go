// Package signin holds the pages that the browser shows when it comes back from the identity provider. They are
// static: nothing of a request is ever in them, they load nothing and run nothing.
package signin

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html"
	"net/http"
	"strings"
	"sync/atomic"
)

// Page is one page and the status it is sent with.
type Page struct {
	Status int
	// Kind names the page, such as "done".
	Kind string
	// English are its words where no others were set.
	English Words
}

// Words are the texts of a page in a language.
type Words struct {
	// Language is the BCP 47 tag of the language.
	Language string
	// Title is that of the browser's tab.
	Title, Heading, Text string
}

//go:embed page.html
var layout string

//go:embed style.css
var style string

// The pages.
var (
	// Done is for a sign-in that succeeded.
	Done = Page{http.StatusOK, "done", Words{"en", "Signed in", "You are signed in", "You can close this tab and return to Daypass."}}
	// NotCompleted is for a sign-in that was denied or failed.
	NotCompleted = Page{http.StatusOK, "failed", Words{
		"en", "Sign-in failed", "Sign-in was not completed", "Return to Daypass to see the reason and try again. You can close this tab.",
	}}
	// BadRequest is for anything that is not the answer Daypass waits for.
	BadRequest = Page{http.StatusBadRequest, "plain", Words{"en", "Nothing to show", "Nothing to show here", "To sign in, start from Daypass."}}
)

// words returns the words of a page in the language of the process; nil until it is set.
var words atomic.Pointer[func(Page) Words]

// Translate has translate return the words of each page that is written from now on.
func Translate(translate func(Page) Words) { words.Store(&translate) }

// ContentSecurityPolicy allows the pages their style sheet and nothing else.
func ContentSecurityPolicy() string {
	return "default-src 'none'; style-src '" + hash(style) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// HTML returns the text of the page; nothing for the zero Page.
func (p Page) HTML() []byte {
	if p.Status == 0 {
		return nil
	}
	w := p.English
	if translate := words.Load(); translate != nil {
		w = (*translate)(p)
	}
	page := strings.NewReplacer("{{style}}", style, "{{kind}}", p.Kind, "{{lang}}", html.EscapeString(w.Language),
		"{{title}}", html.EscapeString(w.Title), "{{heading}}", html.EscapeString(w.Heading), "{{text}}", html.EscapeString(w.Text)).Replace(layout)
	return []byte(page)
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
