package signin

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
)

var pages = map[string]Page{"Done": Done, "NotCompleted": NotCompleted, "BadRequest": BadRequest}

// The pages load and run nothing.
func TestRule16_pagesLoadNothing(t *testing.T) {
	loads := regexp.MustCompile(`(?i)<(script|img|link|iframe|object|embed|form|base|a|meta http-equiv)\b|\b(src|href|on\w+|style)=|url\(|@import|https?:|\{\{`)
	for name, page := range pages {
		if found := loads.Find(page.HTML()); found != nil {
			t.Errorf("%s holds %q", name, found)
		}
		if len(page.HTML()) > 8<<10 {
			t.Errorf("%s is %d bytes", name, len(page.HTML()))
		}
	}
}

// The content security policy allows their one style sheet.
func TestRule16_policyAllowsStyleSheet(t *testing.T) {
	for name, page := range pages {
		_, rest, _ := bytes.Cut(page.HTML(), []byte("<style>"))
		css, _, ok := bytes.Cut(rest, []byte("</style>"))
		if !ok || bytes.Contains(rest, []byte("<style")) || !strings.Contains(ContentSecurityPolicy(), "'"+hash(string(css))+"'") {
			t.Errorf("the policy does not allow the style of %s", name)
		}
	}
	sum, err := base64.StdEncoding.DecodeString(regexp.MustCompile(`sha256-([^']+)'`).FindStringSubmatch(ContentSecurityPolicy())[1])
	if err != nil || len(sum) != 32 || !strings.HasPrefix(ContentSecurityPolicy(), "default-src 'none'; ") {
		t.Errorf("policy %q", ContentSecurityPolicy())
	}
}

func TestPages_texts(t *testing.T) {
	for name, want := range map[string]struct {
		status int
		text   string
	}{
		"Done":         {200, "You are signed in"},
		"NotCompleted": {200, "Sign-in was not completed"},
		"BadRequest":   {400, "Nothing to show here"},
	} {
		page := pages[name]
		if page.Status != want.status || !bytes.Contains(page.HTML(), []byte("<h1>"+want.text+"</h1>")) {
			t.Errorf("%s: %d %s", name, page.Status, page.HTML())
		}
	}
}

func TestTranslate_escapesWords(t *testing.T) {
	defer words.Store(nil)
	Translate(func(p Page) Words { return Words{"fr", "T", p.Kind + " <b>", "l’été & l'hiver"} })
	html := string(Done.HTML())
	for _, want := range []string{`<html lang="fr">`, "<h1>done &lt;b&gt;</h1>", "<p>l’été &amp; l&#39;hiver</p>"} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in %s", want, html)
		}
	}
}

// The tags are closed and nested as they should be.
func TestPages_wellFormed(t *testing.T) {
	for name, page := range pages {
		d := xml.NewDecoder(bytes.NewReader(page.HTML()))
		d.Strict, d.AutoClose = false, []string{"meta", "!doctype"}
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
}
