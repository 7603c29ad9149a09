package e2e

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"daypass/sandbox/desktop"
	"daypass/sandbox/servers"
)

// secondStart starts the window's program once more and waits for its end.
func (s *scene) secondStart() error {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, desktop.Timeout)
	defer cancel()
	_, err := s.Run(ctx, filepath.Join(checked, "daypass-window"))
	return err
}

// other opens a window that is not Daypass's before it.
func (s *scene) other() {
	s.t.Helper()
	cmd := s.Command("xmessage", "-geometry", "800x600+100+100", "something else")
	s.must(cmd.Start())
	s.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	s.must(desktop.Until(s.ctx, "the other window in front", func() bool { return s.ActivePid(s.ctx) != s.window.Pid() }))
}

// A second start raises the first window.
func TestSecondStart_raisesWindow(t *testing.T) {
	s := open(t, world.ClaimConnection)
	s.see("Sign in")
	s.other()
	s.must(s.secondStart())
	s.must(desktop.Until(s.ctx, "the first window in front", func() bool { return s.ActivePid(s.ctx) == s.window.Pid() }))
	if n := s.Windows(s.ctx); n != 1 {
		t.Errorf("%d windows", n)
	}
	s.other()
	_, err := s.Daypass(s.ctx, "open")
	s.must(err)
	s.must(desktop.Until(s.ctx, "the first window in front", func() bool { return s.ActivePid(s.ctx) == s.window.Pid() }))
}

// Of two windows that start before any other is open, one stays and the other ends without an error.
func TestSecondStart_atOnce(t *testing.T) {
	s := &scene{Desk: newDesk(t, world.ClaimConnection), t: t, ctx: t.Context()}
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 2)
	var starts sync.WaitGroup
	for range cap(ended) {
		starts.Go(func() {
			_, err := s.Run(ctx, filepath.Join(checked, "daypass-window"))
			ended <- err
		})
	}
	t.Cleanup(starts.Wait)
	t.Cleanup(end)
	select {
	case err := <-ended:
		s.must(err)
	case <-time.After(desktop.Timeout):
		t.Fatal("both stay open")
	}
	select {
	case err := <-ended:
		t.Errorf("the other one has ended too: %v", err)
	case <-time.After(time.Second):
	}
}

// A window that hangs does not keep the next from opening.
func TestSecondStart_whileWindowHangs(t *testing.T) {
	s := open(t, world.ClaimConnection)
	s.see("Sign in")
	s.must(syscall.Kill(s.window.Pid(), syscall.SIGSTOP))
	t.Cleanup(func() { _ = syscall.Kill(s.window.Pid(), syscall.SIGCONT) })
	second, err := s.StartWindow(s.ctx, checked)
	s.must(err)
	t.Cleanup(second.Kill)
	_, err = second.See(s.ctx, "Sign in")
	s.must(err)
	s.must(s.secondStart()) // which raises the second
	s.must(desktop.Until(s.ctx, "the second window in front", func() bool { return s.ActivePid(s.ctx) == second.Pid() }))
}

// The tray of a real panel, from light to dark: its menu, the window closed and opened again by it, and the
// notification that the provider wants the user.
func TestTray_realDesktop(t *testing.T) {
	for name, dark := range map[string]bool{"light": false, "dark": true} {
		t.Run(name, func(t *testing.T) {
			s := &scene{Desk: newDesk(t, world.ClaimConnection), t: t, ctx: t.Context()}
			t.Cleanup(s.lookBack)
			s.must(s.StartSession(s.ctx, dark))
			s.must(os.WriteFile(s.Path("config", "settings.toml"), []byte("version = 1\nclipboard_seconds = 3\n"), 0o600))
			s.Setenv("DAYPASS_AGENT_LOG", "debug")
			var err error
			s.window, err = s.StartWindow(s.ctx, checked)
			s.must(err)
			t.Cleanup(s.window.Kill)
			s.signIn(servers.Ada)
			s.until("sandbox", "active")
			s.closeForTheFirstTime()
			s.lookAtTheMenu()
			s.copyFromTheTray()
			s.openFromTheTray()
			s.providerForgets()
		})
	}
}

func (s *scene) closeForTheFirstTime() {
	s.t.Helper()
	s.must(s.window.Front(s.ctx))
	s.press("You can find Daypass in the tray", "alt+F4")
	s.picture("farewell")
	s.click("confirm.close-window")
	s.must(desktop.Until(s.ctx, "the window's end", func() bool { return s.Windows(s.ctx) == 0 }))
	s.until("sandbox", "active")
}

func (s *scene) lookAtTheMenu() {
	s.t.Helper()
	s.must(s.OpenTrayMenu(s.ctx))
	s.must(s.Keys(s.ctx, "Down", "Right"))
	s.picture("menu")
	s.must(s.Keys(s.ctx, "Escape", "Escape", "Escape"))
}

// copyFromTheTray has the keys on the clipboard, as a shell takes them, until their time there is over.
func (s *scene) copyFromTheTray() {
	s.t.Helper()
	s.must(s.OpenTrayMenu(s.ctx))
	s.must(s.Keys(s.ctx, "Down", "Right", "Down", "Down"))
	s.picture("copy")
	bus := s.listen()
	s.must(s.Keys(s.ctx, "Return"))
	copied := func() string {
		out, _ := s.Run(s.ctx, "xclip", "-out", "-selection", "clipboard")
		return out
	}
	s.must(desktop.Until(s.ctx, "keys on the clipboard", func() bool {
		return strings.Contains(copied(), "export AWS_ACCESS_KEY_ID=") && strings.Contains(copied(), "export AWS_SESSION_TOKEN=")
	}))
	keys := copied()
	processes := processes()
	s.must(desktop.Until(s.ctx, "the clipboard to be empty", func() bool { return copied() == "" }))
	s.keptToItself(keys, processes, bus())
}

func (s *scene) openFromTheTray() {
	s.t.Helper()
	s.must(s.OpenTrayMenu(s.ctx))
	s.must(s.Keys(s.ctx, "Up", "Up", "Return")) // from the bottom: quit, open
	s.must(desktop.Until(s.ctx, "a window", func() bool { return s.Windows(s.ctx) == 1 }))
}

// providerForgets restarts Dex, which keeps its sessions in memory.
func (s *scene) providerForgets() {
	s.t.Helper()
	s.must(world.StopDex())
	s.must(world.StartDex(s.ctx))
	s.until("sandbox", "needs-sign-in")
	s.must(desktop.Until(s.ctx, "the notification", func() bool {
		out, err := s.Run(s.ctx, "xdotool", "search", "--onlyvisible", "--class", "Xfce4-notifyd")
		return err == nil && strings.TrimSpace(out) != ""
	}))
	_, err := s.Run(s.ctx, "xdotool", "mousemove", "700", "860", "sleep", "1") // the tooltip goes, and the notification has come
	s.must(err)
	s.picture("sign-in-again")
}
