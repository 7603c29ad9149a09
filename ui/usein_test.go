package ui_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daypass/app"
	"daypass/app/limits"
	"daypass/app/location"
	"daypass/ui"
	"daypass/ui/kit"
	"daypass/ui/uitest"
)

// newUseBench is a bench with the screen on other tools open.
func newUseBench(t *testing.T, options ...func(*ui.Options)) *bench {
	t.Helper()
	b := newBench(t, uitest.Snapshot(uitest.SignedIn(time.Hour)), options...)
	b.see("measurements")
	b.press("use")
	b.see("Limited credentials")
	return b
}

func clipboardText() string { return fyne.CurrentApp().Clipboard().Content() }

// awaitPress waits until a button can be pressed, and presses it.
func (b *bench) awaitPress(id string) {
	b.t.Helper()
	b.queue.Await(b.t, id+" to be enabled", func() bool {
		d, ok := b.window.Find(id).(fyne.Disableable)
		return ok && !d.Disabled()
	})
	b.press(id)
}

// The change is shown before it is made, and just that change is made.
func TestRule30_toolChangeIsShownFirst(t *testing.T) {
	b := newUseBench(t)
	b.press("tool:rclone")
	b.press("tool.install")
	b.asked("preview add rclone research-lake")
	b.see("/home/ada/.aws/config")
	b.see("The current file will be kept as /home/ada/.aws/config.before-daypass.")
	b.see("/home/ada/.config/rclone/rclone.conf")
	b.see("@@ -0,0 +1,2 @@\n+[daypass-research-lake]\n+type = s3")
	if contains(b.core.Calls(), "apply") {
		t.Fatal("done before it was agreed to")
	}
	b.press("tool.cancel")
	b.gone("Apply changes")
	b.press("tool.install")
	b.press("tool.apply")
	b.asked("apply add rclone research-lake")
	b.see("Set up.")
	b.press("tool.remove")
	b.asked("preview remove rclone research-lake")
	b.press("tool.apply")
	b.asked("apply remove rclone research-lake")
	b.see("Removed.")
	b.see("Set up…")
}

// What was asked when the agent went away is asked for no longer when it is back.
func TestToolsScreen_agentReconnects(t *testing.T) {
	b := newUseBench(t)
	b.press("tool:rclone")
	t.Cleanup(b.core.Hold("preview"))
	b.press("tool.install")
	b.see("Reading the files.")
	b.core.Stop()
	b.gone("Recent access")
	b.see("Recent access")
	if b.window.FindText("Reading the files.") != nil {
		t.Error("it still waits for the agent that went away")
	}
}

// A failure has a title, a cause and a next step, and leaves what was there.
func TestToolsScreen_installFails(t *testing.T) {
	b := newUseBench(t)
	b.press("tool:rclone")
	problem := app.Problem{Title: "Something else has this name", Detail: "In the file.", NextStep: "Rename it."}
	for _, err := range []error{&app.HandoverError{Problem: problem, Err: errors.New("x")}, app.ErrFilesChanged} {
		b.core.FailWith(err)
		b.press("tool.install")
		title, cause, next := problem.Title, problem.Detail, problem.NextStep
		if errors.Is(err, app.ErrFilesChanged) {
			title, cause, next = "File changed", "The file has changed since the change was shown, so nothing was done.", "Review the change again."
		}
		b.see(title)
		b.see(cause)
		b.see(next)
		b.gone("Apply changes")
	}
	b.core.FailWith(nil)
	b.press("tool.install")
	b.see("Apply changes")
	b.gone("File changed")
}

func TestSnippets_copy(t *testing.T) {
	b := newUseBench(t)
	b.press("tool:boto3")
	b.press("tool.copy")
	if got := clipboardText(); got != uitest.Tools()[1].Snippet {
		t.Errorf("copied %q", got)
	}
	b.see("Copied.")
	b.press("tool:duckdb")
	b.gone("Copied.")
}

// Credentials are copied where they are asked for, never shown, and held by the agent, which clears them.
func TestRule47_toolCredentialsHeldByAgent(t *testing.T) {
	b := newUseBench(t)
	b.press("tool:env")
	b.press("tool.copy-with-credentials")
	b.asked("hand-out research-lake clipboard (env)")
	b.see("Copied with credentials.")
	b.awaitCopy(45*time.Second, func(text string) bool {
		return strings.Contains(text, "export AWS_SECRET_ACCESS_KEY='hush-secret'")
	})
	b.press("tool:limited")
	b.fill("limit.location", "measurements")
	b.fill("limit.program", "train.py")
	b.awaitPress("limit.issue")
	b.asked("add-consumer research-lake train.py")
	b.press("limit.copy:fish")
	b.awaitCopy(45*time.Second, func(text string) bool {
		return strings.Contains(text, "set -gx AWS_CONTAINER_AUTHORIZATION_TOKEN 'hush-token'")
	})
	b.see("Copied with the token.")
	if shown := string(b.window.Report()); strings.Contains(shown, "hush") {
		t.Error("a secret is on screen")
	}
	if got := clipboardText(); got != "" {
		t.Errorf("the window has %q on the clipboard itself", got)
	}
}

// Where the agent has no clipboard the window holds the secret, and clears it when it closes.
func TestRule31_windowClearsClipboard(t *testing.T) {
	b := newBench(t, one(uitest.Waiting()))
	b.core.FailCopies(app.ErrNoClipboard)
	b.press("copy-link")
	b.queue.Await(t, "the link on the clipboard", func() bool { return clipboardText() != "" })
	b.window.Close()
	if got := clipboardText(); got != "" {
		t.Errorf("%q is left on the clipboard", got)
	}
}

// fill types into a field and presses Enter.
func (b *bench) fill(id, text string) {
	b.t.Helper()
	e := b.entry(id)
	e.SetText(text)
	if e.OnSubmitted != nil {
		e.OnSubmitted(text)
	}
	b.queue.Drain()
}

// The policy is shown, with its length, before anything is asked of the server, and what is asked is what
// was shown.
func TestLimitedCredentials_form(t *testing.T) {
	b := newUseBench(t)
	b.press("tool:limited")
	b.see("Select at least one bucket.")
	b.fill("limit.location", "Payroll*")
	b.see(`“Payroll*” is not a valid bucket name. Bucket names have 3 to 63 lowercase letters, digits, dots and hyphens.`)
	b.fill("limit.location", "s3://measurements/2026/")
	b.press("limit.choose-bucket")
	b.press("bucket:reports")
	b.press("limit.write")
	b.choose("limit.lifetime", "15m0s")
	b.see("daypass exec research-lake --only measurements/2026/ --only reports --write --for 15m -- python3 train.py")
	scope := limits.Scope{Locations: []location.Location{{Bucket: "measurements", Prefix: "2026/"}, {Bucket: "reports"}}, Write: true, Duration: 15 * time.Minute}
	policy, err := scope.Policy()
	if err != nil {
		t.Fatal(err)
	}
	shown := false
	for line := range strings.SplitSeq(string(b.window.Report()), "\\n") {
		shown = shown || strings.Contains(policy, strings.TrimSpace(strings.ReplaceAll(line, `\"`, `"`))) && strings.Contains(line, "DeleteObject")
	}
	if !shown {
		t.Errorf("the policy is not on screen: %s", b.window.Report())
	}
	b.press("limit.remove:reports")
	b.gone("reports")
	b.awaitPress("limit.issue")
	b.asked("add-consumer research-lake Unnamed program")
	b.see("Read and write: measurements/2026/, own token")
	b.press("revoke:Unnamed program")
	b.press("confirm.revoke")
	b.asked("revoke 9")
	b.gone("Copy for fish")
}

// What the server refuses is told, and so is what cannot be asked of it.
func TestLimitedCredentials_refused(t *testing.T) {
	b := newUseBench(t)
	b.press("tool:limited")
	b.fill("limit.location", "measurements")
	b.core.FailWith(&app.HandoverError{Problem: app.Problem{Title: "The server gives no keys for that long", Detail: "It says so.", NextStep: "Choose another life."}, Err: errors.New("x")})
	b.awaitPress("limit.issue")
	b.see("The server gives no keys for that long")
	b.see("Choose another life.")
	b.core.FailWith(nil)
	b.core.SetPolicy("{}")
	b.see("Credentials cannot be limited further")
	if b.window.Find("limit.issue") != nil {
		t.Error("it can be tried all the same")
	}
}

// The place that is on screen is the first guess of what keys shall reach.
func TestLimitedCredentials_startAtLocation(t *testing.T) {
	b := newBench(t, uitest.Snapshot(uitest.SignedIn(time.Hour)))
	b.see("measurements")
	b.path("s3://measurements/2026/")
	b.see("README.md")
	b.press("use")
	b.press("tool:limited")
	b.see("measurements/2026/")
	b.see("Remove measurements/2026/")
}

// The list of who fetched keys is live, and its buttons do what they say.
func TestRecentAccess_liveList(t *testing.T) {
	b := newUseBench(t)
	b.see("31 times, last today 09:50")
	list := uitest.Clients()
	list[1].Fetches, list[1].LastFetch = 32, uitest.Now
	b.core.SetClients(list)
	b.see("32 times, last today 10:15") // by itself
	b.press("pause:aws")
	b.asked("pause 1")
	b.see("Resume “aws”")
	if b.window.Find("revoke:aws") != nil {
		t.Error("what is paused can be forgotten, and would get keys again")
	}
	b.press("resume:aws")
	b.asked("resume 1")
	b.press("revoke:aws")
	b.asked("revoke 1")
	b.gone("Pause “aws”")
	b.press("revoke:python3 train.py")
	b.see("Revoke the credentials of “python3 train.py”?")
	b.key(fyne.KeyEscape)
	if contains(b.core.Calls(), "revoke 2") {
		t.Fatal("revoked without an answer to the question")
	}
	b.press("revoke:python3 train.py")
	b.press("confirm.revoke")
	b.asked("revoke 2")
	b.gone("Revoke “python3 train.py”")
}

// The keyboard stays where it is when the list changes below it.
func TestRecentAccess_keepsFocus(t *testing.T) {
	b := newUseBench(t)
	canvas := b.window.Window().Canvas()
	canvas.Focus(b.control("pause:aws").(fyne.Focusable))
	b.key(fyne.KeySpace)
	b.see("Resume “aws”")
	if got, ok := canvas.Focused().(*kit.Button); !ok || got.Name() != "Resume “aws”" {
		t.Errorf("the focus is on %v", canvas.Focused())
	}
}

// Tools that asked without success are named where a user can help.
func TestToolsScreen_waitingClients(t *testing.T) {
	lost := uitest.Lost(-time.Minute)
	lost.Waiting = []string{"aws", "rclone"}
	b := newBench(t, one(lost))
	b.press("use")
	b.see("Waiting for credentials: aws and rclone")
	b.press("tools.sign-in")
	b.asked("sign-in research-lake")
}

// What cannot be read is told, once, and no longer when it can be read again.
func TestToolsScreen_unreadableLists(t *testing.T) {
	b := newUseBench(t)
	b.core.FailWith(errors.New("the file is held by another program"))
	b.see("the file is held by another program.")
	b.core.FailWith(nil)
	b.gone("the file is held by another program.")
	b.see("Limited credentials")
}

// Signing out ends every token, so there is none left to copy.
func TestLimitedCredentials_signOutRevokesToken(t *testing.T) {
	b := newUseBench(t)
	b.press("tool:limited")
	b.fill("limit.location", "measurements")
	b.awaitPress("limit.issue")
	b.see("Copy for fish")
	b.core.Set(uitest.Snapshot(uitest.SignedOut()))
	b.gone("Copy for fish")
	b.see("Tools get no credentials until you sign in.")
}

// Once the screen has gone, nothing is read any more; and another connection's tools are its own.
func TestToolsScreen_readsOnlyWhileShown(t *testing.T) {
	b := newUseBench(t)
	b.press("tools.close")
	b.see("measurements")
	before := len(b.core.Calls())
	time.Sleep(2500 * time.Millisecond) // longer than the time between two looks
	if calls := b.core.Calls(); contains(calls[before:], "tools") {
		t.Errorf("%v", calls[before:])
	}
	b.press("use")
	b.see("Limited credentials")
	b.core.Stop()
	b.see("Use Research lake in…")
}

// choose selects a value of a choice.
func (b *bench) choose(id, value string) {
	b.t.Helper()
	test.Tap(b.control(id).(*kit.Choice))
	b.queue.Drain()
	b.press(kit.RowID(id, value))
}
