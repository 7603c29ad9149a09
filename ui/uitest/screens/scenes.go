package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/messages"
	"daypass/app/session"
	"daypass/ui/kit"
	"daypass/ui/uitest"
)

// scene is one screen in one state.
type scene struct {
	name     string
	snapshot app.Snapshot
	storage  *uitest.Storage
	sandbox  string
	// found is true where other programs are set up for servers.
	found   bool
	connect error
	size    fyne.Size
	// slow is whether the storage never answers.
	slow bool
	// act does what a user does to get there.
	act func(*stage)
}

var (
	full  = fyne.NewSize(1100, 720)
	small = fyne.NewSize(720, 480)
)

func scenes() []scene {
	return slices.Concat(sessionScenes(), otherScenes(), objectScenes(), useScenes())
}

func sessionScenes() []scene {
	hour := 42*time.Minute + 10*time.Second
	duration := uitest.SignedIn(hour)
	duration.RequestedDuration, duration.ClockSkew = 12*3600, 180
	limited := uitest.SignedIn(hour)
	limited.EndsAt = uitest.Now.Add(3 * time.Hour)
	over := uitest.SignedOut()
	over.Problem = &app.Problem{Code: session.CodeTimeLimit}
	long := uitest.SignedIn(6*time.Hour + 12*time.Minute)
	ends := uitest.SignedIn(9*time.Minute + 59*time.Second)
	ends.RenewAt = time.Time{}
	failing := uitest.SignedIn(hour)
	failing.Failures, failing.RenewAt, failing.Problem = 1, uitest.Now.Add(2*time.Minute), &app.Problem{
		Title: "The storage server cannot be reached", Detail: "It did not respond in time. Your credentials still work.",
	}
	incomplete := uitest.SignedOut()
	incomplete.Problem = &app.Problem{
		Title:  "Signed out here, not everywhere",
		Detail: "Everything on this computer is gone. login.example.com has no way to be told, so what it gave out there lives until it ends by itself, an hour from now at the latest.",
	}
	denied := &uitest.Storage{Err: uitest.Denied()}
	return []scene{
		live("session-active", uitest.SignedIn(hour)),
		live("session-renewing", uitest.Phase(uitest.SignedIn(3*time.Minute), session.Renewing)),
		live("session-notes", duration),
		live("session-limited", limited),
		still("session-limit-reached", over),
		live("session-long", long),
		live("session-ends-soon", ends),
		live("session-renewal-failed", failing),
		live("session-needs-sign-in-live", uitest.Lost(hour)),
		still("session-sign-out-incomplete", incomplete),
		sized(live("session-needs-sign-in-small", uitest.Lost(hour)), small),
		still("session-signed-out", uitest.SignedOut()),
		still("session-waiting", uitest.Waiting()),
		still("session-exchanging", uitest.Phase(uitest.SignedOut(), session.Exchanging)),
		still("session-trouble", uitest.Refused()),
		still("session-needs-sign-in", uitest.Lost(-time.Minute)),
		still("session-expired", uitest.Ended()),
		{name: "buckets-denied", snapshot: uitest.Snapshot(uitest.SignedIn(hour)), storage: denied, size: full},
		folderRefused("folder-denied", &buckets.Error{Kind: buckets.Denied, Problem: app.Problem{
			Title: "You may not list this folder", Detail: "s3.example.com knows who you are and does not allow you to list “payroll”.",
			NextStep: "Ask your administrator, or go back.", Admin: "Allow s3:ListBucket on arn:aws:s3:::payroll in the policy for this user.",
		}}),
		folderRefused("folder-unreachable", &buckets.Error{Kind: buckets.Unreachable, Problem: app.Problem{
			Title: "The storage server cannot be reached", Detail: "s3.example.com does not answer: connection refused.", NextStep: "Check your network or VPN, then try again.",
		}}),
		loading("folder-loading"),
		filtered("folder-filtered", "re"),
		filtered("folder-no-match", "nothing like it"),
		folderAt("folder-full", "s3://measurements/2026/", full),
		folderAt("folder-empty", "s3://empty/", full),
		atRest(folderAt("folder-many", "s3://many/", full)),
		folderAt("folder-small", "s3://measurements/stations/north/2026/march/", small),
	}
}

func sized(s scene, size fyne.Size) scene {
	s.size = size
	return s
}

func live(name string, s app.Session) scene {
	return scene{name: name, snapshot: uitest.Snapshot(s), storage: &uitest.Storage{}, size: full}
}

func still(name string, s app.Session) scene {
	return scene{name: name, snapshot: uitest.Snapshot(s), storage: &uitest.Storage{}, size: full}
}

func folderAt(name, path string, size fyne.Size) scene {
	s := live(name, uitest.SignedIn(42*time.Minute+10*time.Second))
	s.size, s.storage.Pages = size, 3
	s.act = func(st *stage) {
		st.tap("edit-path")
		entry := st.window.Window().Canvas().Focused().(*kit.Entry)
		entry.SetText(path)
		entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		st.rest()
	}
	return s
}

// atRest waits until nothing more comes.
func atRest(s scene) scene {
	there := s.act
	s.act = func(st *stage) {
		there(st)
		st.rest()
	}
	return s
}

// folderRefused is a folder whose listing fails with err.
func folderRefused(name string, err error) scene {
	s := folderAt(name, "s3://payroll/2026/", full)
	there := s.act
	s.act = func(st *stage) { s.storage.Err = err; there(st) }
	return s
}

// loading is a listing that takes its time.
func loading(name string) scene {
	s := live(name, uitest.SignedIn(42*time.Minute+10*time.Second))
	s.slow = true
	s.act = func(st *stage) {
		st.pass(2 * time.Second) // after which a wait is told
	}
	return s
}

func filtered(name, text string) scene {
	s := folderAt(name, "s3://measurements/2026/", full)
	there := s.act
	s.act = func(st *stage) {
		there(st)
		st.fill("filter", text)
	}
	return s
}

func otherScenes() []scene {
	empty := app.Snapshot{Revision: 1}
	notices := uitest.Snapshot(uitest.SignedOut())
	notices.Problems = []app.Problem{{Title: "A connection file cannot be used", Detail: "lab.daypass: login.issuer must begin with https://.", NextStep: "Fix or delete the file."}}
	locked := uitest.Snapshot(uitest.SignedOut())
	locked.Problems = []app.Problem{{
		Title:    "Your keyring is locked",
		Detail:   "Daypass keeps the key of its stored sessions in your keyring, which is locked or does not let Daypass in.",
		NextStep: "Unlock your keyring; Daypass notices within half a minute. Until then sessions end with Daypass.",
	}}
	return []scene{
		{name: "welcome-first", snapshot: empty, size: full},
		{name: "welcome-sandbox", snapshot: empty, sandbox: "sandbox.daypass", size: small},
		{name: "welcome-found", snapshot: empty, found: true, sandbox: "sandbox.daypass", size: small},
		{name: "found-servers", snapshot: empty, found: true, size: full, act: func(st *stage) { st.tap("show-found") }},
		{name: "found-form", snapshot: empty, found: true, size: full, act: func(st *stage) { st.tap("show-found"); st.tap("found.use.0"); st.tap("probe.continue") }},
		{name: "probe-console", snapshot: empty, size: full, act: func(st *stage) { st.probe("minio.example:9001") }},
		{name: "probe-nothing", snapshot: empty, size: small, act: func(st *stage) { st.probe("nothing.example") }},
		{name: "probe-invitation", snapshot: empty, size: full, act: func(st *stage) { st.probe("company.example") }},
		{name: "probe-slow", snapshot: empty, size: full, act: func(st *stage) { st.probe("slow.example") }},
		{name: "probe-form", snapshot: empty, size: full, act: func(st *stage) { st.probe("minio.example:9001"); st.tap("probe.allow"); st.tap("probe.continue") }},
		{name: "probe-test", snapshot: empty, size: full, act: func(st *stage) { st.tap("enter-address"); st.tap("form.test") }},
		{name: "form-new", snapshot: empty, size: full, act: func(st *stage) { st.tap("enter-address") }},
		{name: "form-errors", snapshot: empty, size: full, act: func(st *stage) {
			st.tap("enter-address")
			st.fill("endpoint", "http://s3.example.com")
			st.fill("login.issuer", "http://login.example.com")
			st.tap("form.save")
		}},
		{name: "form-advanced", snapshot: empty, size: fyne.NewSize(1100, 2400), act: func(st *stage) { st.tap("enter-address"); st.tap("form.advanced") }},
		{name: "form-advanced-small", snapshot: empty, size: fyne.NewSize(640, 480), act: func(st *stage) {
			st.tap("enter-address")
			st.tap("form.advanced")
			st.fill("login.redirect_ports", "8400-8402")
			st.tap("form.save")
		}},
		{name: "form-move", snapshot: uitest.Snapshot(uitest.SignedOut()), size: full, act: func(st *stage) { st.tap("connection-menu"); st.tap("connection.move") }},
		{name: "connection-limit", snapshot: uitest.Snapshot(uitest.SignedOut()), size: full, act: func(st *stage) { st.tap("connection-menu"); st.tap("connection.limit") }},
		{name: "connection-qr", snapshot: uitest.Snapshot(uitest.SignedOut()), size: full, act: func(st *stage) { st.tap("connection-menu"); st.tap("connection.qr"); st.rest() }},
		{name: "form-import", snapshot: empty, sandbox: importable(), size: full, act: func(st *stage) {
			st.tap("use-sandbox")
		}},
		{name: "form-edit", snapshot: uitest.Snapshot(uitest.SignedOut()), size: full, act: func(st *stage) { st.edit() }},
		{name: "agent-starting", size: full, connect: errNever},
		{name: "agent-failed", size: full, connect: errors.New("no program answers at the socket")},
		{name: "menu", snapshot: uitest.Snapshot(uitest.SignedOut()), size: full, act: func(st *stage) { st.tap("connection-menu") }},
		{name: "remove", snapshot: uitest.Snapshot(uitest.SignedOut()), size: full, act: func(st *stage) { st.tap("connection-menu"); st.tap("connection.remove") }},
		{name: "details", snapshot: uitest.Snapshot(uitest.SignedIn(time.Hour)), size: full, act: func(st *stage) { st.details() }},
		{name: "details-small", snapshot: uitest.Snapshot(uitest.SignedIn(time.Hour)), size: small, act: func(st *stage) { st.details() }},
		{name: "details-failed", snapshot: uitest.Snapshot(uitest.SignedIn(time.Hour)), size: full, act: func(st *stage) {
			st.core.FailWith(app.ErrStopped)
			st.details()
		}},
		{name: "settings", snapshot: uitest.Snapshot(uitest.SignedOut()), size: full, act: func(st *stage) { st.tap("settings") }},
		{name: "settings-choice", snapshot: uitest.Snapshot(uitest.SignedOut()), size: full, act: func(st *stage) { st.tap("settings"); st.tap("settings.theme") }},
		{name: "settings-transfers", snapshot: uitest.Snapshot(uitest.SignedOut()), size: full, act: func(st *stage) { st.tap("settings"); st.tap("settings.log") }},
		{name: "settings-small", snapshot: uitest.Snapshot(uitest.SignedOut()), size: small, act: func(st *stage) { st.tap("settings") }},
		{name: "settings-failed", snapshot: uitest.Snapshot(uitest.SignedOut()), size: full, act: func(st *stage) {
			st.tap("settings")
			st.core.FailWith(messages.NewError(syscall.ENOSPC, "agent.error.settings-not-saved"))
			st.tap("settings.tray")
		}},
		{name: "farewell", snapshot: uitest.Snapshot(uitest.SignedIn(time.Hour)), size: full, act: func(st *stage) { st.window.Leave() }},
		{name: "notices", snapshot: notices, size: full, act: func(st *stage) { st.tap("notices") }},
		{name: "keyring-locked", snapshot: locked, size: full, act: func(st *stage) { st.tap("notices") }},
		{name: "many-sessions", snapshot: twenty(), storage: &uitest.Storage{}, size: full},
	}
}

// importable writes a connection file as a colleague would send it.
func importable() string {
	file := filepath.Join(os.TempDir(), "lake.daypass")
	const text = "version = 1\nname = \"Research lake\"\nendpoint = \"https://s3.example.com:9000\"\n\n[login]\nissuer = \"https://login.example.com\"\nclient_id = \"desktop-app\"\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		fail(err)
	}
	return file
}

// errNever stands for an agent that does not answer for as long as the scene lasts.
var errNever = errors.New("never connected")

func twenty() app.Snapshot {
	var s app.Snapshot
	for i := range 20 {
		one := uitest.SignedIn(time.Duration(i+1) * 7 * time.Minute)
		one.ID, one.Name = string(rune('a'+i)), "Connection "+string(rune('A'+i))
		s.Sessions = append(s.Sessions, one)
	}
	return s
}

// tap presses the control with an ID, once it is there, and waits for what comes of that.
func (st *stage) tap(id string) {
	var button fyne.Tappable
	st.queue.Until(func() (found bool) {
		button, found = st.window.Find(id).(fyne.Tappable)
		return found
	})
	if button != nil {
		st.reveal(button.(fyne.CanvasObject))
		test.Tap(button)
	}
	st.rest()
}

// command presses the button of a command, or its line in the menu where there is no room for the button.
func (st *stage) command(id string) {
	if st.rest(); st.window.Find(id) == nil {
		st.tap("more")
		id = "menu." + id
	}
	st.tap(id)
}

// fill types text into an entry, and waits for what comes of that.
func (st *stage) fill(id, text string) {
	st.entry(id).SetText(text)
	st.rest()
}

func (st *stage) entry(id string) *kit.Entry { return st.window.Find(id).(*kit.Entry) }

func (st *stage) details() {
	st.tap("connection-menu")
	st.tap("connection.details")
}

func (st *stage) edit() {
	st.tap("connection-menu")
	st.tap("connection.edit")
}
