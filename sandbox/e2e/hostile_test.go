package e2e

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"daypass/sandbox/desktop"
	"daypass/sandbox/servers"
)

// A page elsewhere in the browser knows the port and guesses at the rest: none of it ends the
// sign-in, and the right answer still succeeds (security rules 10, 14, 15).
func TestRule15_hostilePageDoesNotEndSignIn(t *testing.T) {
	s := &scene{Desk: newDesk(t, world.ClaimConnection), t: t, ctx: t.Context()}
	login := s.login("sandbox")
	callback := redirectOf(t, login.link)

	for _, attack := range []string{
		"?code=stolen&state=guessed", "?error=access_denied", "?error=access_denied&state=guessed", "?state=guessed", "",
		"?code=a&code=b&state=guessed",
	} {
		if status, body := get(t, callback+attack); status != http.StatusBadRequest || strings.Contains(body, "guessed") {
			t.Errorf("%q: status %d, body %q", attack, status, body)
		}
	}
	if status, _ := get(t, strings.TrimSuffix(callback, "/callback")+"/"); status != http.StatusNotFound {
		t.Errorf("another path: status %d", status)
	}
	if got, err := s.Status(s.ctx, "sandbox"); err != nil || got.Phase != "signing-in" {
		t.Fatalf("after the attacks: %+v, %v", got, err)
	}

	browser, err := s.Browser(s.ctx, "/dex/")
	s.must(err)
	defer browser.Close()
	s.must(browser.SignIn(servers.Ada.Email, servers.Ada.Password))
	answer, err := browser.Address()
	s.must(err)
	if strings.Contains(answer, "?") {
		t.Errorf("the browser stands at %s", answer) // rule 40
	}
	page, err := browser.Text()
	s.must(err)
	if !strings.Contains(page, "You are signed in") {
		t.Errorf("the browser ends on %q", page)
	}
	s.picture("browser")
	s.until("sandbox", "active")
	if out, err := login.wait(); err != nil {
		t.Fatalf("login: %v: %s", err, out)
	}
	second(t, answer)
	if got := s.until("sandbox", "active"); got.Identity != servers.Ada.Email {
		t.Errorf("after a second answer: %+v", got)
	}
}

// second repeats the answer: whatever still listens must not take it.
func second(t *testing.T, answer string) {
	t.Helper()
	res, err := http.Get(answer)
	if err != nil {
		return // nothing listens any more, as it should be
	}
	defer res.Body.Close()
	if body, _ := io.ReadAll(res.Body); strings.Contains(string(body), "code=") {
		t.Errorf("the second answer is echoed: %s", body)
	}
}

// login is a `daypass login` that waits for the browser.
type login struct {
	link string
	wait func() (string, error)
}

func (s *scene) login(id string) login {
	s.t.Helper()
	cmd := s.Command(s.Bin+"/daypass", "login", id)
	out, err := cmd.StdoutPipe()
	s.must(err)
	var words bytes.Buffer
	cmd.Stderr = &words
	s.must(cmd.Start())
	link, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		s.t.Fatalf("login printed no link: %v", err)
	}
	return login{strings.TrimSpace(link), func() (string, error) {
		err := cmd.Wait()
		return words.String(), err
	}}
}

func redirectOf(t *testing.T, link string) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query().Get("redirect_uri")
}

func get(t *testing.T, address string) (int, string) {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// renewed waits until a session has renewed itself once more.
func (s *scene) renewed(before int) {
	s.t.Helper()
	s.must(desktop.Until(s.ctx, "a renewal", func() bool {
		now, err := s.Status(s.ctx, "sandbox")
		return err == nil && now.Phase == "active" && now.Renewals > before
	}))
}
