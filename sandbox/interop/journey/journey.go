// Package journey is a user of Daypass from sign-in to sign-out, with the built programs, a real keyring and a real
// browser, with any provider and any storage server.
package journey

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"daypass/sandbox/faults"
	"daypass/sandbox/headless"
	"daypass/sandbox/interop/browser"
	"daypass/sandbox/interop/idp"
	"daypass/sandbox/interop/store"
)

// ID is the connection's.
const ID = "interop"

// timeout bounds each wait. Providers in Java answer slowly on a busy machine.
const timeout = 2 * time.Minute

// User is somebody with a computer of their own and one connection. No agent runs yet.
type User struct {
	*headless.Rig
	Provider *idp.Provider
	Server   store.Server
}

// New makes a user of a provider and a server.
func New(tb testing.TB, p *idp.Provider, s store.Server) *User {
	tb.Helper()
	rig, err := headless.New(tb.Context(), headless.Options{Program: filepath.Join("..", "..", "..", "build", "bin", "daypass")})
	must(tb, err)
	u := &User{rig, p, s}
	tb.Cleanup(func() {
		if tb.Failed() {
			tb.Log(u.lastWords())
		}
		if err := rig.Close(); err != nil {
			tb.Error(err)
		}
	})
	must(tb, rig.AddConnection(ID, u.connection()))
	return u
}

// connection is the user's connection file.
func (u *User) connection() []byte {
	return fmt.Appendf(nil, "version = 1\nname = \"Interop\"\nendpoint = %q\n\n[login]\nissuer = %q\nclient_id = %q\nscopes = [\"%s\"]\n%s\n[keys]\n%s",
		u.Server.Endpoint, u.Provider.Issuer, u.Provider.ClientID, strings.Join(u.Provider.Scopes, `", "`), u.Provider.Login, u.Server.Keys)
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// Run runs a program, which must succeed, and returns its output.
func (u *User) Run(tb testing.TB, name string, args ...string) string {
	tb.Helper()
	out, words, err := u.Try(tb, name, args...)
	if err != nil {
		tb.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out, words)
	}
	return out
}

// Try runs a program; the name "daypass" is the built one's.
func (u *User) Try(tb testing.TB, name string, args ...string) (out, words string, err error) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), timeout)
	defer cancel()
	if name == "daypass" {
		name = u.Program
	}
	cmd := u.Command(ctx, name, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	return stdout.String(), stderr.String(), err
}

// Session is how the connection stands.
func (u *User) Session(tb testing.TB) headless.Session {
	tb.Helper()
	s, err := u.Rig.Session(tb.Context(), ID)
	must(tb, err)
	return s
}

// Until waits until the connection stands as ok wants it.
func (u *User) Until(tb testing.TB, what string, ok func(headless.Session) bool) headless.Session {
	tb.Helper()
	var last headless.Session
	for deadline := time.Now().Add(timeout); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if last = u.Session(tb); ok(last) {
			return last
		}
	}
	tb.Fatalf("no %s; last %+v %+v", what, last, last.Problem)
	return last
}

// SignIn signs in with `daypass login`, whose link leads the browser through the provider's pages. It returns what was
// said on the way, and how the command ended.
func (u *User) SignIn(tb testing.TB, flags ...string) (words string, err error) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), timeout)
	defer cancel()
	cmd := u.Command(ctx, u.Program, append([]string{"login", ID, "--yes"}, flags...)...)
	out, err := cmd.StdoutPipe()
	must(tb, err)
	said, err := cmd.StderrPipe()
	must(tb, err)
	must(tb, cmd.Start())
	told := listen(said)
	link, err := bufio.NewReader(out).ReadString('\n')
	if err != nil { // refused before there was anything to open
		return told.all(), cmd.Wait()
	}
	page, err := browser.Open(ctx, strings.TrimSpace(link))
	must(tb, err)
	defer page.Close()
	u.through(tb, page, told)
	return told.all(), cmd.Wait()
}

// codePattern is how `daypass login --device` says the code.
var codePattern = regexp.MustCompile(`Your code: (\S+)`)

// through fills in the provider's pages until the command has ended.
func (u *User) through(tb testing.TB, page *browser.Page, told *transcript) {
	tb.Helper()
	forms := u.Provider.Forms
	for deadline := time.Now().Add(timeout * 3 / 4); ; {
		if code := codePattern.FindStringSubmatch(told.text()); code != nil {
			forms.Code = code[1]
		}
		_ = page.Advance(forms) // a page that is just going away
		select {
		case <-told.ended:
			return
		case <-time.After(200 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			tb.Fatalf("the sign-in does not come to an end; the browser shows %s\nand daypass says %s", page.Shown(), told.text())
		}
	}
}

// Buckets lists the buckets with the credentials that the agent issues, as a program would that knows nothing of Daypass.
func (u *User) Buckets(tb testing.TB) ([]minio.BucketInfo, error) {
	tb.Helper()
	k, err := u.Keys(tb.Context(), ID)
	if err != nil {
		return nil, err
	}
	return u.BucketsWith(tb, k)
}

// BucketsWith lists the buckets with given credentials.
func (u *User) BucketsWith(tb testing.TB, k headless.Keys) ([]minio.BucketInfo, error) {
	tb.Helper()
	server, err := url.Parse(u.Server.Endpoint)
	must(tb, err)
	c, err := minio.New(server.Host, &minio.Options{
		Creds:  credentials.NewStaticV4(k.AccessKeyID, k.SecretAccessKey, k.SessionToken),
		Secure: server.Scheme == "https", MaxRetries: 1,
	})
	must(tb, err)
	return c.ListBuckets(tb.Context())
}

// Browsed reports how often Daypass opened the browser by itself.
func (u *User) Browsed() int { return u.lines("browsed") }

// RefreshToken is the last one that the provider issued.
func (u *User) RefreshToken(tb testing.TB) string {
	tb.Helper()
	last := ""
	for _, r := range u.Provider.Front.Requests(u.Provider.Endpoint(tb, "token_endpoint")) {
		if token := stringIn(r.Answer, "refresh_token"); token != "" {
			last = token
		}
	}
	return last
}

// Revoked reports whether Daypass asked the provider to revoke a refresh token.
func (u *User) Revoked(tb testing.TB, token string) bool {
	tb.Helper()
	requests := u.Provider.Front.Requests(u.Provider.Endpoint(tb, "revocation_endpoint"))
	return slices.ContainsFunc(requests, func(r faults.Request) bool { return r.Answered && r.Form.Get("token") == token })
}

// Refreshable reports whether the provider still takes a refresh token.
func (u *User) Refreshable(tb testing.TB, token string) bool {
	tb.Helper()
	answer, err := http.PostForm(u.Provider.Front.URL+u.Provider.Endpoint(tb, "token_endpoint"), url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {token}, "client_id": {u.Provider.ClientID},
	})
	must(tb, err)
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	must(tb, err)
	return answer.StatusCode == http.StatusOK
}
