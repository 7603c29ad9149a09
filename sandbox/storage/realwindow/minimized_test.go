package realwindow

import (
	"fmt"
	"image"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/settings"
	"daypass/sandbox/desktop"
)

// While nothing happens the loop of the toolkit waits for events instead of looking for them sixty times a second; what
// the agent tells is shown all the same, and what the user does at once.
func TestShownWindow_rests(t *testing.T) {
	s := onX11(t)
	s.openBucket()
	s.away()
	s.rests()
	s.core.Set(s.snapshot(settings.ThemeDark))
	s.until("dark", func(p image.Image) bool {
		return count(p, s.part(s.see("README.md")), s.paint("background")) > 100
	})
}

// A field that has the focus costs nothing either: its caret stands still.
func TestFocusedField_rests(t *testing.T) {
	s := onX11(t)
	s.openBucket()
	s.must(s.window.Front(s.ctx))
	s.must(s.window.Key(s.ctx, "ctrl+l"))
	s.must(desktop.Until(s.ctx, "the focus in the path", func() bool { return s.focused("path") }))
	s.away()
	s.rests()
}

// rests checks that the loop of the toolkit waits for events.
func (s *scene) rests() {
	s.t.Helper()
	rest := s.load(3 * time.Second)
	s.t.Logf("in 3 s: %v", rest)
	const turns = 3 * 60 // of the toolkit's loop; the report of the test, five times a second, adds to them
	if rest.wakeups > turns {
		s.t.Errorf("the loop woke up %d times in 3 s", rest.wakeups)
	}
}

// focused reports whether the control with an ID has the focus.
func (s *scene) focused(id string) bool {
	s.t.Helper()
	r, err := s.window.Report()
	s.must(err)
	w, ok := r.Control(id)
	return ok && w.Focused
}

// While the window is minimized nothing is painted, however much happens, and the loop of the toolkit waits for events
// instead of looking for them sixty times a second. Once it is restored it shows all that has happened.
func TestMinimizedWindow_rests(t *testing.T) {
	s := onX11(t)
	s.openBucket()
	s.away()
	counting := s.snapshot(settings.ThemeLight)
	s.seconds(&counting)
	s.core.Set(counting)
	s.see("Renew now")
	shown := s.load(3 * time.Second)

	id := s.windowID()
	_, err := s.desk.Run(s.ctx, "xdotool", "windowminimize", id)
	s.must(err)
	s.must(desktop.Until(s.ctx, "the window to be minimized", func() bool {
		out, err := s.desk.Run(s.ctx, "xprop", "-id", id, "WM_STATE")
		return err == nil && strings.Contains(out, "Iconic")
	}))
	rest := s.load(3 * time.Second)
	t.Logf("in 3 s: shown %v, minimized %v", shown, rest)
	const turns = 3 * 60 // of the toolkit's loop
	if rest.wakeups > turns/2 {
		t.Errorf("the loop woke up %d times in 3 s", rest.wakeups)
	}

	dark := s.snapshot(settings.ThemeDark)
	s.seconds(&dark)
	s.core.Set(dark)
	_, err = s.desk.Run(s.ctx, "xdotool", "windowactivate", "--sync", id)
	s.must(err)
	s.until("dark", func(p image.Image) bool {
		return count(p, s.part(s.see("README.md")), s.paint("background")) > 100
	})
}

// seconds has the clock of the session count seconds.
func (s *scene) seconds(all *app.Snapshot) {
	one := &all.Sessions[0]
	one.ExpiresAt, one.RenewAt = time.Now().Add(10*time.Minute), time.Now().Add(8*time.Minute)
}

// load is what a window costs the computer.
type load struct {
	cpu time.Duration
	// wakeups is how often the thread of the window has waited for something.
	wakeups int
}

func (l load) String() string { return fmt.Sprintf("%v of CPU, %d wakeups", l.cpu, l.wakeups) }

// load measures the window for a time.
func (s *scene) load(stretch time.Duration) load {
	s.t.Helper()
	before := s.used()
	time.Sleep(stretch)
	after := s.used()
	return load{after.cpu - before.cpu, after.wakeups - before.wakeups}
}

// used is what the window has cost so far.
func (s *scene) used() load {
	s.t.Helper()
	pid := s.window.Pid()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	s.must(err)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/status", pid, pid))
	s.must(err)
	fields := strings.Fields(string(stat[strings.LastIndex(string(stat), ")")+1:]))
	user, err := strconv.Atoi(fields[11])
	s.must(err)
	system, err := strconv.Atoi(fields[12])
	s.must(err)
	const tick = 10 * time.Millisecond
	return load{time.Duration(user+system) * tick, number(string(status), "\nvoluntary_ctxt_switches:")}
}
