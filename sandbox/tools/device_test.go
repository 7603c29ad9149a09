package tools

import (
	"bufio"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"daypass/sandbox/servers"
)

// Signing in by a code, at the real provider, with a browser that might be on any device.
func TestRule26_signInByCode(t *testing.T) {
	p := arrive(t)
	login := p.command("daypass", "login", sandboxID, "--device")
	words, err := login.StderrPipe()
	p.must(err)
	out, err := login.StdoutPipe()
	p.must(err)
	p.must(login.Start())
	output := readUntil(t, words, "Open this address")
	code := regexp.MustCompile(`Your code: (\S+)`).FindStringSubmatch(output)
	if code == nil || !strings.Contains(output, "fraud") {
		t.Fatalf("no code, or no warning: %s", output)
	}
	address, err := bufio.NewReader(out).ReadString('\n')
	p.must(err)
	jar, err := cookiejar.New(nil)
	p.must(err)
	browser := &http.Client{Jar: jar}
	page := fetch(t, browser, strings.TrimSpace(address), nil)
	page = fetch(t, browser, page.form(t), url.Values{"user_code": {code[1]}})
	page = fetch(t, browser, page.form(t), url.Values{"login": {servers.Ada.Email}, "password": {servers.Ada.Password}})
	if !strings.Contains(page.body, "Success") {
		t.Errorf("%s", page.body)
	}
	rest, err := io.ReadAll(words)
	p.must(err)
	if err := login.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, rest)
	}
	if s := p.status(); s.Phase != "active" {
		t.Errorf("%+v", s)
	}
	if got := p.do("daypass", "creds", sandboxID); !strings.Contains(got, "AccessKeyId") {
		t.Errorf("%s", got)
	}
	if got := p.do("daypass", "whoami", sandboxID); !strings.Contains(got, servers.Ada.Email) || !strings.Contains(got, "Groups") {
		t.Errorf("%s", got) // in which this server finds the names of policies
	}
}

// readUntil reads r to the line that holds word and returns what it read.
func readUntil(t *testing.T, r io.Reader, word string) string {
	t.Helper()
	var all strings.Builder
	for lines := bufio.NewReader(r); ; {
		line, err := lines.ReadString('\n')
		all.WriteString(line)
		if strings.Contains(line, word) {
			return all.String()
		}
		if err != nil {
			t.Fatalf("%q was not said: %v\n%s", word, err, all.String())
		}
	}
}

// webPage is what a browser shows.
type webPage struct {
	at   *url.URL
	body string
}

func fetch(t *testing.T, browser *http.Client, address string, form url.Values) webPage {
	t.Helper()
	var answer *http.Response
	var err error
	if form == nil {
		answer, err = browser.Get(address)
	} else {
		answer, err = browser.PostForm(address, form)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v\n%s", address, answer.Status, err, body)
	}
	return webPage{answer.Request.URL, string(body)}
}

var formAction = regexp.MustCompile(`<form[^>]* action="([^"]*)"`)

// form is where the page's form leads.
func (w webPage) form(t *testing.T) string {
	t.Helper()
	found := formAction.FindStringSubmatch(w.body)
	if found == nil {
		t.Fatalf("no form at %s:\n%s", w.at, w.body)
	}
	u, err := w.at.Parse(html.UnescapeString(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return u.String()
}
