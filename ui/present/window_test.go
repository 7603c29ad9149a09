package present_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/session"
	"daypass/app/status"
	"daypass/ui/present"
	"daypass/ui/uitest"
)

func ready(s app.Snapshot) present.Input {
	return present.Input{Snapshot: s, Agent: present.Agent{Ready: true}, Screen: present.ShowSession, Now: uitest.Now}
}

// Connections that are signed in come first.
func TestSidebar_signedInFirst(t *testing.T) {
	w := present.Present(ready(uitest.Snapshot(uitest.SignedOut())))
	var order []string
	for _, r := range w.Sidebar.Rows {
		order = append(order, r.ID)
	}
	if want := []string{"archive", "sensors", "research-lake", "partner"}; !slices.Equal(order, want) {
		t.Errorf("order %v, want %v", order, want)
	}
	if w.Session.ID != "archive" {
		t.Errorf("shows %q first, want the first one that is signed in", w.Session.ID)
	}
}

func TestWindow_selectedSession(t *testing.T) {
	in := ready(uitest.Snapshot(uitest.SignedOut()))
	in.Selected = "partner"
	if w := present.Present(in); w.Session.ID != "partner" || w.Title != "Partner store - Daypass" {
		t.Errorf("shows %q titled %q", w.Session.ID, w.Title)
	}
	in.Selected = "removed-since"
	if w := present.Present(in); w.Session.ID != "archive" {
		t.Errorf("a connection that is gone leaves %q on screen", w.Session.ID)
	}
	in.Screen = present.ShowForm
	for _, r := range present.Present(in).Sidebar.Rows {
		if r.Selected {
			t.Errorf("%s is marked while the form is on screen", r.ID)
		}
	}
}

func TestWindow_firstStart(t *testing.T) {
	w := present.Present(ready(app.Snapshot{Revision: 1}))
	if w.Screen != present.ShowWelcome {
		t.Errorf("first start shows %q", w.Screen)
	}
	if !w.Next.IsZero() {
		t.Error("the clock runs on a screen on which nothing counts")
	}
}

func TestWindow_noAgent(t *testing.T) {
	in := present.Input{Now: uitest.Now}
	if m := present.Present(in).Message; m == nil || m.Severity != status.Busy || m.Primary.Label != "" {
		t.Errorf("while the agent starts: %+v", m)
	}
	in.Agent = present.Agent{Problem: &app.Problem{Title: "Daypass could not be started"}, RetryAt: uitest.Now.Add(8 * time.Second)}
	w := present.Present(in)
	if m := w.Message; m.Severity != status.Error || m.Clock != "0:08" || m.Primary.Do != present.DoRetry {
		t.Errorf("when it fails: %+v", m)
	}
	if want := uitest.Now.Add(time.Second); !w.Next.Equal(want) {
		t.Errorf("next change at %v, want %v", w.Next, want)
	}
}

func TestWindow_notices(t *testing.T) {
	in := ready(uitest.Snapshot(uitest.SignedOut()))
	in.Screen = present.ShowNotices
	in.Snapshot.Problems = []app.Problem{{Title: "A file cannot be used", Detail: "a.daypass: no name.", NextStep: "Fix it."}, {Title: "Another too", Detail: "b.daypass: no name."}}
	w := present.Present(in)
	if w.Sidebar.Notices != "2 problems" || !w.Sidebar.NoticesSelected {
		t.Errorf("sidebar says %q", w.Sidebar.Notices)
	}
	if w.Notices.Title != "A file cannot be used" || w.Notices.Text != "a.daypass: no name.\n\nAnother too. b.daypass: no name." {
		t.Errorf("notices: %+v", w.Notices)
	}
	in.Snapshot.Problems = nil
	if w := present.Present(in); w.Sidebar.Notices != "" || w.Notices.Title != "No problems" {
		t.Errorf("without trouble: %q, %q", w.Sidebar.Notices, w.Notices.Title)
	}
}

// A failed intent is told above what the user was doing, and takes nothing away.
func TestWindow_failedIntent(t *testing.T) {
	in := ready(uitest.Snapshot(uitest.SignedIn(time.Hour)))
	in.Selected, in.Failed = "research-lake", &app.Problem{Title: "That did not work", Detail: "No browser."}
	s := present.Present(in).Session
	if !s.Browse || !s.Banner.Dismiss || s.Banner.Text != "That did not work. No browser." {
		t.Errorf("browse %v, banner %+v", s.Browse, s.Banner)
	}
}

// Every state can be left by something on screen: no state is a dead end.
func TestSession_noDeadEnds(t *testing.T) {
	for name, s := range states() {
		in := ready(app.Snapshot{Sessions: []app.Session{s}})
		v := present.Present(in).Session
		if v.Browse {
			continue
		}
		enabled := func(a present.Action) bool { return a.Label != "" && !a.Disabled }
		if !enabled(v.Message.Primary) && !slices.ContainsFunc(v.Message.Others, enabled) {
			t.Errorf("%s: no button can be pressed", name)
		}
	}
}

// A mark never stands without its word.
func TestStatus_severityHasText(t *testing.T) {
	for name, s := range states() {
		for _, r := range present.Present(ready(app.Snapshot{Sessions: []app.Session{s}})).Sidebar.Rows {
			if r.Severity == "" || r.Word == "" {
				t.Errorf("%s: mark %q, word %q", name, r.Severity, r.Word)
			}
		}
	}
}

// Keys that have ended are never shown as alive, whatever the last snapshot says.
func TestSession_expiredIsNotShownValid(t *testing.T) {
	for _, phase := range []session.Phase{session.Active, session.Renewing, session.NeedsSignIn, session.Expired} {
		s := uitest.Phase(uitest.SignedIn(-time.Second), phase)
		v := present.Present(ready(app.Snapshot{Sessions: []app.Session{s}})).Session
		if v.Browse || v.Clock.Text != "" || v.Severity == status.OK {
			t.Errorf("%s: browse %v, clock %q, mark %s", phase, v.Browse, v.Clock.Text, v.Severity)
		}
	}
}

// What is awaited is named, can be given up, and after ten seconds it is said that it is still awaited.
func TestSession_awaitedHosts(t *testing.T) {
	asking, exchanging := uitest.Waiting(), uitest.Phase(uitest.SignedOut(), session.Exchanging)
	asking.LinkReady = false
	for _, tt := range []struct {
		s    app.Session
		host string
	}{{asking, "login.example.com"}, {exchanging, "s3.example.com:9000"}} {
		in := ready(app.Snapshot{Sessions: []app.Session{tt.s}})
		in.Selected, in.Since = tt.s.ID, map[string]time.Time{tt.s.ID: in.Now.Add(-3 * time.Second)}
		w := present.Present(in)
		m := w.Session.Message
		if m.Title != "Waiting for "+tt.host || len(m.Others) != 1 || m.Others[0].Do != present.DoCancel || w.Next.Sub(in.Now).Round(time.Second) != 7*time.Second {
			t.Errorf("at first: %+v, until %v", m, w.Next)
		}
		in.Now = in.Now.Add(8 * time.Second)
		if m := present.Present(in).Session.Message; m.Title != "Still waiting for "+tt.host || len(m.Others) != 1 {
			t.Errorf("after ten seconds: %+v", m)
		}
	}
}

// A failure is told once, and whether Daypass tries again.
func TestSession_failureShownOnce(t *testing.T) {
	refused := uitest.Refused()
	in := ready(uitest.Snapshot(refused))
	in.Selected, in.Failed = refused.ID, refused.Problem
	s := present.Present(in).Session
	if s.Banner.Text != "" || !strings.HasSuffix(s.Message.Next, "Daypass does not retry automatically.") {
		t.Errorf("banner %q, next %q", s.Banner.Text, s.Message.Next)
	}
	failing := uitest.SignedIn(time.Hour)
	failing.Failures, failing.RenewAt, failing.Problem = 1, uitest.Now.Add(time.Minute), &app.Problem{Title: "The login cannot be reached", Detail: "login.example.com did not answer in time."}
	if s := present.Present(ready(uitest.Snapshot(failing))).Session; s.Banner.Text != "The login cannot be reached. login.example.com did not answer in time. Daypass retries automatically." {
		t.Errorf("banner %q", s.Banner.Text)
	}
}
