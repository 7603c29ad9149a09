// Package rawhttp signs people in to the sandbox by plain HTTP requests, without a browser and without
// Daypass: what tests compare with, and what benchmarks measure against.
package rawhttp

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Request is a sign-in that has been asked for at the provider.
type Request struct {
	Issuer, ClientID, RedirectURI string
	verifier                      string
}

// NewRequest begins a sign-in; the redirect URI need not lead anywhere.
func NewRequest(issuer, clientID string) Request {
	return Request{issuer, clientID, "http://127.0.0.1:1/callback", rand.Text() + rand.Text()}
}

// Link is the address to open in a browser.
func (r Request) Link() string {
	challenge := sha256.Sum256([]byte(r.verifier))
	return r.Issuer + "/auth?" + url.Values{
		"response_type": {"code"}, "client_id": {r.ClientID}, "redirect_uri": {r.RedirectURI},
		"scope": {"openid profile email groups offline_access"}, "state": {rand.Text()}, "nonce": {rand.Text()},
		"code_challenge_method": {"S256"}, "code_challenge": {base64.RawURLEncoding.EncodeToString(challenge[:])},
	}.Encode()
}

// SignIn is Visit that goes on to the callback, as the browser does.
func SignIn(ctx context.Context, link, email, password string) error {
	callback, err := Visit(ctx, link, email, password)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, callback, http.NoBody)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// Visit opens a link as a browser does, signs in with the provider's form and gives the address of
// the callback to which the provider then sends the browser, without going there.
func Visit(ctx context.Context, link, email, password string) (callback string, err error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	browser := &http.Client{Jar: jar, CheckRedirect: func(next *http.Request, _ []*http.Request) error {
		if next.URL.Path == "/callback" {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	page, form, err := read(browser.Do(newRequest(ctx, link, nil)))
	if err != nil {
		return "", err
	}
	action, err := formAction(page, form)
	if err != nil {
		return "", err
	}
	answer, _, err := read(browser.Do(newRequest(ctx, action, url.Values{"login": {email}, "password": {password}})))
	if err != nil {
		return "", err
	}
	if callback = answer.Header.Get("Location"); callback == "" {
		return "", fmt.Errorf("the provider does not let %s in", email)
	}
	return callback, nil
}

var action = regexp.MustCompile(`<form[^>]* action="([^"]*)"`)

func formAction(page *http.Response, body []byte) (string, error) {
	found := action.FindSubmatch(body)
	if found == nil {
		return "", fmt.Errorf("no form to sign in with, but %s", page.Status)
	}
	u, err := page.Request.URL.Parse(html.UnescapeString(string(found[1])))
	if err != nil {
		return "", err
	}
	return u.String(), nil
}

// Tokens exchanges the code in the callback for the ID token.
func (r Request) Tokens(ctx context.Context, client *http.Client, callback string) (idToken string, err error) {
	u, err := url.Parse(callback)
	if err != nil {
		return "", err
	}
	_, body, err := read(client.Do(newRequest(ctx, r.Issuer+"/token", url.Values{
		"grant_type": {"authorization_code"}, "code": {u.Query().Get("code")}, "client_id": {r.ClientID},
		"redirect_uri": {r.RedirectURI}, "code_verifier": {r.verifier},
	})))
	if err != nil {
		return "", err
	}
	var answer struct {
		IDToken string `json:"id_token"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || answer.IDToken == "" {
		return "", fmt.Errorf("the provider gives no ID token: %s", body)
	}
	return answer.IDToken, nil
}

// Keys is what STS gives.
type Keys struct {
	AccessKeyID     string `xml:"AccessKeyId"`
	SecretAccessKey string
	SessionToken    string
	Expiration      time.Time
}

// AssumeRole exchanges an ID token for keys; without a role ARN the token's claim decides.
func AssumeRole(ctx context.Context, client *http.Client, endpoint, idToken, roleARN string) (Keys, error) {
	form := url.Values{"Action": {"AssumeRoleWithWebIdentity"}, "Version": {"2011-06-15"}, "WebIdentityToken": {idToken}}
	if roleARN != "" {
		form.Set("RoleArn", roleARN)
	}
	_, body, err := read(client.Do(newRequest(ctx, endpoint+"/", form)))
	if err != nil {
		return Keys{}, err
	}
	var answer struct {
		Keys  Keys   `xml:"AssumeRoleWithWebIdentityResult>Credentials"`
		Error string `xml:"Error>Message"`
	}
	if err := xml.Unmarshal(body, &answer); err != nil {
		return Keys{}, err
	}
	if answer.Error != "" {
		return Keys{}, fmt.Errorf("STS refuses: %s", answer.Error)
	}
	return answer.Keys, nil
}

// newRequest makes a GET, or with a form a POST. The addresses here are all well formed.
func newRequest(ctx context.Context, address string, form url.Values) *http.Request {
	method, body := http.MethodGet, io.Reader(http.NoBody)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		panic(err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return req
}

func read(answer *http.Response, err error) (*http.Response, []byte, error) {
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	return answer, body, err
}
