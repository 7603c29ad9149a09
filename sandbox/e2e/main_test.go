// Package e2e runs the built programs as their user would: the real window and the real agent on a
// display of their own, a real Chromium, a real Dex and a real MinIO.
package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daypass/sandbox/desktop"
	"daypass/sandbox/servers"
)

// bin is where `make e2e` leaves the programs; checked is the window with Fyne's thread checks on.
var (
	bin     = filepath.Join("..", "..", "build", "bin")
	checked = filepath.Join(bin, "checked")
	// pictures is where a look at every scenario is left.
	pictures = filepath.Join("..", "..", "build", "e2e")
)

// world is the sandbox that all tests share. Its ID tokens are short, so that renewals are seen.
var world *servers.Sandbox

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	var err error
	world, err = servers.Start(ctx, servers.Options{Bin: bin, IDTokenLife: time.Minute})
	if err != nil {
		fmt.Fprintln(os.Stderr, "the sandbox does not start (make sandbox-bin builds it):", err)
		return 1
	}
	defer world.Close()
	return m.Run()
}

// scene is one user at one desk with one window open.
type scene struct {
	*desktop.Desk
	t      *testing.T
	ctx    context.Context
	window *desktop.Window
}

// mode is one of the two ways in which the sandbox's MinIO finds a user's policy.
type mode struct{ name, id, file string }

func modes() []mode {
	return []mode{
		{"claim", "sandbox", world.ClaimConnection},
		{"role", "sandbox-role", world.RoleConnection},
	}
}

// newDesk is a desk that knows the connection in file; none where that is empty.
func newDesk(t *testing.T, file string) *desktop.Desk {
	t.Helper()
	d, err := desktop.New(t.Context(), bin)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	if file != "" {
		if err := d.AddConnection(file); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// open opens the checked window on a new desk.
func open(t *testing.T, file string) *scene { return openWith(t, file, "") }

// openWith is open with lines for the settings' file.
func openWith(t *testing.T, file, settings string) *scene {
	t.Helper()
	s := &scene{Desk: newDesk(t, file), t: t, ctx: t.Context()}
	if settings != "" {
		s.must(os.WriteFile(s.Path("config", "settings.toml"), []byte("version = 1\n"+settings), 0o600))
	}
	var err error
	if s.window, err = s.StartWindow(s.ctx, checked); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.window.Kill)
	t.Cleanup(s.lookBack)
	return s
}

// lookBack leaves a picture of where the test ended, and fails it for a thread error.
func (s *scene) lookBack() {
	s.picture("end")
	if strings.Contains(s.window.Output(), "Error in Fyne call thread") {
		s.t.Errorf("a widget was touched in the wrong thread:\n%s", s.window.Output())
	}
}

func (s *scene) picture(name string) {
	s.t.Helper()
	file := strings.NewReplacer("/", "-", " ", "-").Replace(strings.TrimPrefix(s.t.Name(), "Test")) + "-" + name + ".png"
	if err := s.Picture(context.WithoutCancel(s.ctx), filepath.Join(pictures, file)); err != nil {
		s.t.Log(err)
	}
}

func (s *scene) must(err error) {
	s.t.Helper()
	if err != nil {
		s.picture("failed")
		s.t.Fatal(err)
	}
}

func (s *scene) see(what ...string) {
	s.t.Helper()
	for _, w := range what {
		_, err := s.window.See(s.ctx, w)
		s.must(err)
	}
}

// click clicks the control with an ID, and clickText a row by its name, or what the toolkit shows by itself.
func (s *scene) click(id string) {
	s.t.Helper()
	s.must(s.window.Click(s.ctx, id))
}

func (s *scene) clickText(text string) {
	s.t.Helper()
	s.must(s.window.ClickText(s.ctx, text))
}

// openFolder opens a bucket, from the list of all. On a busy machine two clicks may come too far apart.
func (s *scene) openFolder(name string) {
	s.t.Helper()
	for range 3 {
		s.must(s.window.DoubleClickText(s.ctx, name))
		for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
			if r, err := s.window.Report(); err == nil && r.Has(func(w desktop.Widget) bool { return w.ID == "up" && w.Enabled }) {
				return
			}
		}
	}
	s.must(fmt.Errorf("%s does not open", name))
}

// press presses keys until the window shows a text, and pressFor until it shows the control with an ID.
func (s *scene) press(text string, keys ...string) {
	s.t.Helper()
	s.must(s.window.Press(s.ctx, text, keys...))
}

func (s *scene) pressFor(id string, keys ...string) {
	s.t.Helper()
	s.must(s.window.PressFor(s.ctx, id, keys...))
}

// signIn goes through the browser as the given user, from the press on the button to the end.
func (s *scene) signIn(who servers.User) {
	s.t.Helper()
	var clicked time.Time
	s.must(desktop.Until(s.ctx, "the browser to be waited for", func() bool {
		r, err := s.window.Report()
		if _, waits := r.Find("Waiting for your browser"); err == nil && waits {
			return true
		}
		if time.Since(clicked) > 10*time.Second { // a click that a busy window does not hear is made again
			s.click("sign-in")
			clicked = time.Now()
		}
		return false
	}))
	browser, err := s.Browser(s.ctx, "/dex/")
	s.must(err)
	defer browser.Close()
	s.must(browser.SignIn(who.Email, who.Password))
}

// until waits for the command line to report a phase.
func (s *scene) until(id, phase string) desktop.Session {
	s.t.Helper()
	var last desktop.Session
	err := desktop.Until(s.ctx, "phase "+phase, func() bool {
		now, err := s.Status(s.ctx, id)
		if err == nil {
			last = now
		}
		return err == nil && now.Phase == phase
	})
	if err != nil {
		s.t.Logf("last status: %+v", last)
	}
	s.must(err)
	return last
}
