//go:build linux

package tray_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/agent"
	"daypass/app/cli"
	"daypass/app/connection"
	"daypass/app/session"
	"daypass/app/sessionbus/bustest"
	"daypass/app/tools"
	"daypass/auth/oidctest"
	"daypass/stsclient/ststest"
)

// The test program is also the agent, its browser and its window, in processes of their own.
const roleVariable = "DAYPASS_TEST_ROLE"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == agent.Command && os.Getenv(roleVariable) != "" {
		os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// desktop is a user's session: a bus, an agent, and a provider and a server for its one connection.
type desktop struct {
	t       *testing.T
	bus     *bustest.Bus
	dir     string
	issuer  *oidctest.Issuer
	sts     *ststest.Server
	browser *oidctest.Browser
	client  *agent.Client
	watch   <-chan app.Snapshot
	ended   chan struct{}
}

// newDesktop starts an agent on a bus with the connections named.
func newDesktop(t *testing.T, bus *bustest.Bus, names ...string) *desktop {
	t.Helper()
	dir, err := os.MkdirTemp("", "desk")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	d := &desktop{t: t, bus: bus, dir: dir, ended: make(chan struct{})}
	d.issuer, d.sts = oidctest.Start(t), ststest.New(t).Listen()
	d.browser = d.issuer.Browser()
	for _, name := range names {
		d.define(name)
	}
	d.start()
	return d
}

func (d *desktop) define(name string) {
	d.t.Helper()
	def := connection.Definition{
		Name: name, Endpoint: d.sts.URL,
		Provider: connection.Provider{Issuer: d.issuer.URL, ClientID: oidctest.ClientID, StaySignedIn: true},
	}
	if _, err := connection.Open(filepath.Join(d.dir, "config", "connections")).Save(def); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desktop) start() {
	d.t.Helper()
	d.t.Setenv(agent.RuntimeDirVariable, filepath.Join(d.dir, "run"))
	d.t.Setenv(connection.StateDirVariable, filepath.Join(d.dir, "state")) // whose note names no agent but this one
	links := filepath.Join(d.dir, "links")
	// The browser writes the link down, and the test visits it.
	browser := filepath.Join(d.dir, "xdg-open")
	d.script(browser, `echo "$1" >>"`+links+`"`)
	d.script(filepath.Join(d.dir, "daypass-window"), `echo opened >>"`+filepath.Join(d.dir, "windows")+`"`)
	cmd := exec.Command(os.Args[0], agent.Command, "--log-level", "debug")
	cmd.Env = append(os.Environ(), roleVariable+"=agent", "HOME="+d.dir, "DAYPASS_CONFIG_DIR="+filepath.Join(d.dir, "config"),
		"DBUS_SESSION_BUS_ADDRESS="+d.bus.Address, "PATH="+d.dir+":"+os.Getenv("PATH"), "LC_ALL=C.UTF-8", "BROWSER=", "DISPLAY=", "WAYLAND_DISPLAY=")
	log := &strings.Builder{}
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	go func() { _ = cmd.Wait(); close(d.ended) }()
	d.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-d.ended
		if d.t.Failed() {
			d.t.Logf("the agent's log:\n%s", log)
		}
		if strings.Contains(log.String(), "panic:") || ourRace(log.String()) {
			d.t.Errorf("the agent:\n%s", log)
		}
	})
	bustest.Until(d.t, "the agent", func() bool {
		var err error
		d.client, err = agent.Dial(d.t.Context())
		return err == nil
	})
	d.watch = d.client.Watch(d.t.Context())
}

// ourRace reports whether the race detector has found a race that is not within systray, which reads the
// number of its menu without its lock.
func ourRace(log string) bool {
	for report := range strings.SplitSeq(log, "WARNING: DATA RACE") {
		lines := strings.Split(report, "\n")
		for i, l := range lines[:len(lines)-1] {
			l = strings.ToLower(strings.TrimSpace(l))
			access := strings.HasPrefix(l, "read at") || strings.HasPrefix(l, "write at") || strings.HasPrefix(l, "previous")
			if access && !strings.Contains(lines[i+1], "fyne.io/systray.") {
				return true
			}
		}
	}
	return false
}

func (d *desktop) script(path, line string) {
	d.t.Helper()
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+line+"\n"), 0o700); err != nil {
		d.t.Fatal(err)
	}
}

// until waits for a snapshot that is as wanted.
func (d *desktop) until(what string, ok func(app.Snapshot) bool) app.Snapshot {
	d.t.Helper()
	timeout := time.After(bustest.Timeout)
	for {
		select {
		case s, open := <-d.watch:
			if !open {
				d.t.Fatalf("the agent ended before %s", what)
			}
			if ok(s) {
				return s
			}
		case <-timeout:
			d.t.Fatalf("waited without success for %s", what)
		}
	}
}

func (d *desktop) phase(id string, want session.Phase) {
	d.t.Helper()
	d.until(fmt.Sprintf("%s to be %s", id, want), func(s app.Snapshot) bool {
		for _, one := range s.Sessions {
			if one.ID == id {
				return one.Phase == want
			}
		}
		return false
	})
}

// user goes through the browser that the agent has opened.
func (d *desktop) user() {
	d.t.Helper()
	var link string
	bustest.Until(d.t, "the browser", func() bool {
		data, _ := os.ReadFile(filepath.Join(d.dir, "links"))
		link = strings.TrimSpace(string(data))
		return link != ""
	})
	_ = os.Remove(filepath.Join(d.dir, "links"))
	if page := d.browser.Visit(link); page.Err != nil || page.Status != 200 {
		d.t.Fatalf("the browser: %d %v %s", page.Status, page.Err, page.Body)
	}
}

func (d *desktop) trayShown(want bool) {
	d.t.Helper()
	d.until(fmt.Sprintf("tray_shown to be %v", want), func(s app.Snapshot) bool { return s.TrayShown == want })
}

func (d *desktop) choose(change func(*app.Snapshot)) {
	d.t.Helper()
	s := <-d.client.Watch(context.WithoutCancel(d.t.Context()))
	change(&s)
	if err := d.client.SaveSettings(d.t.Context(), s.Settings); err != nil {
		d.t.Fatal(err)
	}
}

// copies is the part of the menu that copies credentials.
func copies() string {
	text := "[Copy credentials as], Environment for sh, bash, zsh, Environment for fish, Environment for PowerShell"
	for _, format := range tools.Copies()[3:] {
		text += ", " + format.Label()
	}
	return text
}

// The menu is read and clicked over D-Bus.
func TestMenu_overDBus(t *testing.T) {
	bus := bustest.New(t)
	h := newHost(t, bus)
	d := newDesktop(t, bus, "Lake_1")
	h.shows("Lake__1 – signed out (Sign in), ---, Open Daypass, Quit Daypass")
	hollow := h.pixels()
	if title := h.property("Title").Value(); title != "Daypass" {
		t.Errorf("title %v", title)
	}

	h.click("Lake__1", "Sign in")
	d.phase("lake-1", session.SigningIn)
	h.shows("Lake__1 – waiting for your browser (Cancel sign-in), ---, Open Daypass, Quit Daypass")
	h.click("Lake__1", "Cancel sign-in")
	d.phase("lake-1", session.SignedOut)
	_ = os.Remove(filepath.Join(d.dir, "links"))

	h.click("Lake__1", "Sign in")
	d.sts.Push(ststest.Success(2*time.Hour), ststest.Success(4*time.Hour))
	d.user()
	d.phase("lake-1", session.Active)
	h.shows("Lake__1 – 1 h left ([Signed in as ada@example.com], Renew now, Sign out, " + copies() + "), ---, Open Daypass, Quit Daypass")
	if h.pixels() == hollow {
		t.Error("the icon is the same, signed in and signed out")
	}
	bustest.Until(t, "a renewal", func() bool { // keys that were just got are not renewed
		h.click("Lake__1", "Renew now")
		return strings.Contains(seen(h.menu()), "3 h left")
	})
	h.shows("Lake__1 – 3 h left ([Signed in as ada@example.com], Renew now, Sign out, " + copies() + "), ---, Open Daypass, Quit Daypass")
	d.sts.Push(ststest.Raw(http.StatusNoContent, "text/plain", "")) // it ends the keys too
	h.click("Lake__1", "Sign out")
	d.phase("lake-1", session.SignedOut)
	h.shows("Lake__1 – signed out (Sign in), ---, Open Daypass, Quit Daypass")
	if h.pixels() != hollow {
		t.Error("the icon stays as it was when signed in")
	}

	h.click("Open Daypass")
	bustest.Until(t, "the window's program", func() bool {
		_, err := os.Stat(filepath.Join(d.dir, "windows"))
		return err == nil
	})
	h.click("Quit Daypass")
	select {
	case <-d.ended:
	case <-time.After(bustest.Timeout):
		t.Fatal("the agent does not end")
	}
}

// The menu follows the connections that are added and removed.
func TestMenu_followsConnections(t *testing.T) {
	bus := bustest.New(t)
	h := newHost(t, bus)
	d := newDesktop(t, bus, "Lake")
	h.shows("Lake – signed out (Sign in), ---, Open Daypass, Quit Daypass")
	id, err := d.client.SaveConnection(t.Context(), connection.Definition{
		Name: "Archive", Endpoint: d.sts.URL, Provider: connection.Provider{Issuer: d.issuer.URL, ClientID: oidctest.ClientID},
	})
	h.must(err)
	h.shows("Archive – signed out (Sign in), Lake – signed out (Sign in), ---, Open Daypass, Quit Daypass")
	h.click("Archive", "Sign in")
	d.phase("archive", session.SigningIn)
	h.must(d.client.RemoveConnection(t.Context(), id))
	h.shows("Lake – signed out (Sign in), ---, Open Daypass, Quit Daypass")
	h.must(d.client.RemoveConnection(t.Context(), "lake"))
	h.shows("Open Daypass, Quit Daypass")
}

// A tray that appears late, or again, is used.
func TestTray_appearsLateOrAgain(t *testing.T) {
	bus := bustest.New(t)
	d := newDesktop(t, bus, "Lake")
	s := d.until("the first snapshot", func(app.Snapshot) bool { return true })
	if s.TrayShown {
		t.Error("an icon is shown where there is no tray")
	}
	h := newHost(t, bus)
	d.trayShown(true)
	h.shows("Lake – signed out (Sign in), ---, Open Daypass, Quit Daypass")
	h.leave()
	d.trayShown(false)
	again := newHost(t, bus)
	d.trayShown(true)
	again.shows("Lake – signed out (Sign in), ---, Open Daypass, Quit Daypass")
	again.click("Lake", "Sign in")
	d.phase("lake", session.SigningIn)
}

// The icon follows the setting.
func TestIcon_followsSettingOverDBus(t *testing.T) {
	bus := bustest.New(t)
	h := newHost(t, bus)
	d := newDesktop(t, bus, "Lake")
	h.icon()
	for range 3 {
		d.choose(func(s *app.Snapshot) { s.Settings.Tray = false })
		d.trayShown(false)
		bustest.Until(t, "the icon to go", func() bool { return h.count() == 0 })
		d.choose(func(s *app.Snapshot) { s.Settings.Tray = true })
		d.trayShown(true)
		h.shows("Lake – signed out (Sign in), ---, Open Daypass, Quit Daypass")
	}
	h.click("Lake", "Sign in")
	d.phase("lake", session.SigningIn)
}

// Without a bus the agent works.
func TestTray_agentWorksWithoutBus(t *testing.T) {
	bus := bustest.Prepare(t)
	d := newDesktop(t, bus, "Lake")
	if err := d.client.SignIn(t.Context(), "lake"); err != nil {
		t.Fatal(err)
	}
	d.sts.Push(ststest.Success(time.Hour))
	d.user()
	d.phase("lake", session.Active)
}

// The agent outlives the bus.
func TestTray_agentOutlivesBus(t *testing.T) {
	bus := bustest.New(t)
	newHost(t, bus)
	d := newDesktop(t, bus, "Lake")
	d.trayShown(true)
	bus.Stop()
	d.trayShown(false)
	if err := d.client.SignIn(t.Context(), "lake"); err != nil {
		t.Fatal(err)
	}
	d.phase("lake", session.SigningIn)
}
