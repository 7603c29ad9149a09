package oidctest

import (
	"io"
	"net/http"
	"testing"
	"time"
)

// Page is what a Browser shows at the end of its way.
type Page struct {
	URL    string
	Status int
	Header http.Header
	Body   string
	Err    error
}

// Browser is a user with a browser: it opens a link and follows where it leads, which at an Issuer
// means to sign in at once.
type Browser struct {
	client *http.Client
	pages  chan Page
}

// Browser returns a browser that reaches the provider.
func (i *Issuer) Browser() *Browser {
	b := &Browser{client: &http.Client{Timeout: 30 * time.Second}, pages: make(chan Page, 100)}
	b.client.Transport = &http.Transport{DisableKeepAlives: true}
	if i.inMemory {
		b.client.Transport = i.Transport()
	}
	return b
}

// Open visits a link in the background, as the system's browser does. It fits auth.SignInRequest.
func (b *Browser) Open(link string) error {
	go func() { b.pages <- b.Visit(link) }()
	return nil
}

// Page waits for the page that an Open ended at.
func (b *Browser) Page(t testing.TB) Page {
	t.Helper()
	page := <-b.pages
	if page.Err != nil {
		t.Fatalf("the browser: %v", page.Err)
	}
	return page
}

// Visit opens a link and returns the page at the end of its redirects.
func (b *Browser) Visit(link string) Page {
	resp, err := b.client.Get(link)
	if err != nil {
		return Page{Err: err}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return Page{URL: resp.Request.URL.String(), Status: resp.StatusCode, Header: resp.Header, Body: string(body), Err: err}
}

// Callback is the address, with the answer in it, to which the provider sends the browser that opens
// link: for tests that come back late, twice or changed.
func (b *Browser) Callback(link string) (string, error) {
	stay := *b.client
	stay.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := stay.Get(link)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	location, err := resp.Location()
	if err != nil {
		return "", err
	}
	return location.String(), nil
}
