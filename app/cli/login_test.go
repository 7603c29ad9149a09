package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app"
	"daypass/app/session"
)

// fakeCore plays a list of snapshots to its one watcher, each after the one before was taken.
type fakeCore struct {
	app.Core
	snapshots chan app.Snapshot
	calls     []string
	link      error
}

func (f *fakeCore) Watch(ctx context.Context) <-chan app.Snapshot {
	out := make(chan app.Snapshot)
	go func() {
		defer close(out)
		for {
			select {
			case s, open := <-f.snapshots:
				if !open {
					return
				}
				out <- s
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func (f *fakeCore) SignIn(_ context.Context, id string) error {
	f.calls = append(f.calls, "sign in "+id)
	return nil
}

func (f *fakeCore) SignInByDevice(_ context.Context, id string) error {
	f.calls = append(f.calls, "sign in by device "+id)
	return nil
}

func (f *fakeCore) AnswerQuestion(_ context.Context, _ string, question uint64, yes bool) error {
	f.calls = append(f.calls, fmt.Sprintf("answer %d %t", question, yes))
	return nil
}

func (f *fakeCore) CancelSignIn(ctx context.Context, id string) error {
	f.calls = append(f.calls, "cancel "+id)
	return ctx.Err()
}

func (f *fakeCore) SignOut(_ context.Context, id string) error {
	f.calls = append(f.calls, "sign out "+id)
	return nil
}

func (f *fakeCore) SignInLink(context.Context, string) (string, error) {
	return "https://login.example/auth?state=1", f.link
}

// play returns a core whose one session goes through these states.
func play(states ...app.Session) *fakeCore {
	f := &fakeCore{snapshots: make(chan app.Snapshot, len(states))}
	for i, s := range states {
		s.ID, s.Name = "lake", "Research lake"
		f.snapshots <- app.Snapshot{Revision: uint64(i + 1), Sessions: []app.Session{s}}
	}
	return f
}

func phase(p session.Phase) app.Session { return app.Session{Phase: p} }

func problem(p session.Phase, at int) app.Session {
	return app.Session{Phase: p, Problem: &app.Problem{
		Title: "Refused", Detail: "The server said no.", NextStep: "Ask.", Admin: "Change the policy.", At: time.Unix(int64(at), 0),
	}}
}

// run runs one command on the session of f until its end.
func run(t *testing.T, f *fakeCore, do func(*program, context.Context, follower) error) (stdout, stderr string, err error) {
	t.Helper()
	close(f.snapshots)
	return runOpen(t.Context(), f, do)
}

func runOpen(ctx context.Context, f *fakeCore, do func(*program, context.Context, follower) error) (stdout, stderr string, err error) {
	var out, words bytes.Buffer
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	followed, err := follow(ctx, f, "research LAKE")
	if err == nil {
		err = do(&program{stdout: &out, stderr: &words}, ctx, followed)
	}
	return out.String(), words.String(), err
}

func active(identity string, ended time.Duration) app.Session {
	return app.Session{Phase: session.Active, Identity: identity, ExpiresAt: time.Now().Add(ended)}
}

// The command returns when the credentials are there.
func TestLoginCommand_waitsForCredentials(t *testing.T) {
	t.Setenv("SSH_CONNECTION", "")
	synctest.Test(t, func(t *testing.T) {
		waiting := phase(session.SigningIn)
		waiting.LinkReady = true
		f := play(problem(session.SignInFailed, 1), problem(session.SignInFailed, 1), phase(session.SigningIn), waiting, waiting,
			phase(session.Exchanging), active("ada@example.com\x1b[31m", 59*time.Minute+30*time.Second))
		stdout, stderr, err := run(t, f, byBrowser)
		if err != nil || stdout != "https://login.example/auth?state=1\n" || strings.Join(f.calls, ",") != "sign in lake" {
			t.Errorf("%v, calls %v, stdout %q", err, f.calls, stdout)
		}
		if !strings.Contains(stderr, `Signed in to Research lake as ada@example.com\x1b[31m. The credentials expire in 59 min.`) {
			t.Errorf("stderr %q", stderr)
		}
	})
}

func TestLoginCommand_alreadySignedIn(t *testing.T) {
	for _, p := range []session.Phase{session.Active, session.Renewing} {
		f := play(phase(p))
		if _, stderr, err := run(t, f, byBrowser); err != nil || len(f.calls) != 0 || !strings.Contains(stderr, "already") {
			t.Errorf("%s: %v, calls %v, %q", p, err, f.calls, stderr)
		}
	}
}

func TestLoginCommand_failures(t *testing.T) {
	signedOut := play(phase(session.SignedOut))
	signedOut.snapshots = make(chan app.Snapshot, 2)
	signedOut.snapshots <- app.Snapshot{Sessions: []app.Session{{ID: "lake", Name: "Research lake"}}}
	signedOut.snapshots <- app.Snapshot{}
	tests := []struct {
		name string
		core *fakeCore
		says string
	}{
		{
			"refused", play(phase(session.SignedOut), phase(session.SigningIn), problem(session.SignInFailed, 2)),
			"Refused.\nThe server said no.\nAsk.\nFor your administrator: Change the policy.",
		},
		{"refused so fast that nothing else was seen", play(phase(session.SignedOut), problem(session.SignInFailed, 2)), "The server said no."},
		{"refused again", play(problem(session.SignInFailed, 1), problem(session.SignInFailed, 2)), "The server said no."},
		{"canceled elsewhere", play(problem(session.NeedsSignIn, 1), phase(session.SigningIn), problem(session.NeedsSignIn, 1)), "canceled"},
		{"removed elsewhere", signedOut, "removed"},
		{"the agent ended", play(phase(session.SignedOut), phase(session.SigningIn)), "has stopped"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := run(t, tt.core, byBrowser)
			if err == nil || !strings.Contains(err.Error(), tt.says) || exitCode(err) != ExitFailure {
				t.Errorf("got %v (exit code %d), want %q", err, exitCode(err), tt.says)
			}
		})
	}
}

// A device code is printed with a warning.
func TestRule26_deviceCodeWarning(t *testing.T) {
	waiting := phase(session.SigningIn)
	waiting.LinkReady, waiting.UserCode = true, "WDJB-MJHT"
	f := play(phase(session.SignedOut), phase(session.SigningIn), waiting, active("ada", time.Hour))
	stdout, stderr, err := run(t, f, byDevice)
	if err != nil || strings.Join(f.calls, ",") != "sign in by device lake" || stdout != "https://login.example/auth?state=1\n" {
		t.Errorf("%v, calls %v, stdout %q", err, f.calls, stdout)
	}
	if !strings.Contains(stderr, "WDJB-MJHT") || !strings.Contains(stderr, "fraud") {
		t.Errorf("%s", stderr)
	}
}

// Over SSH the link is printed with advice.
func TestLoginCommand_advisesDeviceCodeOverSSH(t *testing.T) {
	t.Setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
	waiting := phase(session.SigningIn)
	waiting.LinkReady = true
	_, stderr, err := run(t, play(phase(session.SignedOut), waiting, active("ada", time.Hour)), byBrowser)
	if err != nil || !strings.Contains(stderr, "daypass login lake --device") {
		t.Errorf("%v %s", err, stderr)
	}
}

// Ctrl+C cancels the sign-in.
func TestLoginCommand_ctrlCCancels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := play(phase(session.SignedOut), phase(session.SigningIn))
		ctx, interrupt := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() {
			_, _, err := runOpen(ctx, f, byBrowser)
			done <- err
		}()
		synctest.Wait()
		interrupt()
		err := <-done
		if exitCode(err) != ExitInterrupted || strings.Join(f.calls, ",") != "sign in lake,cancel lake" {
			t.Errorf("%v, exit code %d, calls %v", err, exitCode(err), f.calls)
		}
	})
}

// A link that is no longer there does not end the command.
func TestLoginCommand_missingLinkIsNoError(t *testing.T) {
	waiting := phase(session.SigningIn)
	waiting.LinkReady = true
	f := play(phase(session.SignedOut), waiting, active("ada", time.Hour))
	f.link = app.ErrNoLink
	if stdout, _, err := run(t, f, byBrowser); err != nil || stdout != "" {
		t.Errorf("%v, stdout %q", err, stdout)
	}
}

func TestLogoutCommand_signsOut(t *testing.T) {
	f := play(active("ada", time.Hour), active("ada", time.Hour), phase(session.SignedOut))
	if _, stderr, err := run(t, f, (*program).logout); err != nil || strings.Join(f.calls, ",") != "sign out lake" || !strings.Contains(stderr, "Signed out of Research lake.") {
		t.Errorf("%v, calls %v, %q", err, f.calls, stderr)
	}
	f = play(phase(session.SignedOut))
	if _, stderr, err := run(t, f, (*program).logout); err != nil || len(f.calls) != 0 || !strings.Contains(stderr, "not signed in") {
		t.Errorf("%v, calls %v, %q", err, f.calls, stderr)
	}
}

func TestFind_byIDAndName(t *testing.T) {
	snapshot := app.Snapshot{Sessions: []app.Session{
		{ID: "a", Name: "Lake"}, {ID: "b", Name: "LAKE"}, {ID: "lake", Name: "Other"}, {ID: "d", Name: "Études"},
	}}
	for name, want := range map[string]string{"lake": "lake", "other": "lake", "ÉTUDES": "d", "a": "a"} {
		if got, err := find(snapshot, name); err != nil || got.ID != want {
			t.Errorf("%q: %q %v, want %q", name, got.ID, err, want)
		}
	}
	for name, says := range map[string]string{"Lake": "Use one of these IDs: a, b", "none": "Connections: a, b, lake, d", "A": "no connection"} {
		_, err := find(snapshot, name)
		var ne *nameError
		if !errors.As(err, &ne) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", name, err, says)
		}
	}
}

func TestTimeLeft_texts(t *testing.T) {
	now := time.Unix(1_900_000_000, 0)
	tests := map[time.Duration]string{
		-time.Second: "-", 0: "-", time.Second: "less than 1 min", 59 * time.Second: "less than 1 min", time.Minute: "1 min",
		time.Hour - 1: "59 min", time.Hour: "1 h 00 min", 25*time.Hour + 9*time.Minute: "25 h 09 min",
	}
	for ended, want := range tests {
		if got := timeLeft(app.Session{ExpiresAt: now.Add(ended)}, now); got != want {
			t.Errorf("%v: %q, want %q", ended, got, want)
		}
	}
}

func TestOneLine_joinsLines(t *testing.T) {
	if got := oneLine("a\n b\tc"); got != "a b c" {
		t.Errorf("%q", got)
	}
}

// The table shows who is signed in, and for how long.
func TestTable_userAndTimeLeft(t *testing.T) {
	now := time.Unix(1_900_000_000, 0)
	var out, words bytes.Buffer
	s := active("ada@example.com\nx", 0)
	s.ID, s.Name, s.ExpiresAt = "lake", "Research lake", now.Add(42*time.Minute+10*time.Second)
	troubled := problem(session.NeedsSignIn, 1)
	troubled.ID, troubled.Name = "zoo", "Zoo"
	if err := (&program{stdout: &out, stderr: &words}).table(app.Snapshot{Sessions: []app.Session{s, troubled}}, now); err != nil {
		t.Fatal(err)
	}
	want := `NAME            STATE           USER                TIME LEFT   ID
Research lake   signed in       ada@example.com x   42 min      lake
Zoo             sign in again   -                   -           zoo
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &out, want)
	}
	if !strings.Contains(words.String(), "Zoo: Refused.\nThe server said no.") {
		t.Errorf("words %q", &words)
	}
}

// byBrowser is `daypass login` without options.
func byBrowser(p *program, ctx context.Context, f follower) error {
	return (&signIn{p: p, f: f, stdin: strings.NewReader("")}).run(ctx, false)
}

func byDevice(p *program, ctx context.Context, f follower) error {
	return (&signIn{p: p, f: f, stdin: strings.NewReader("")}).run(ctx, true)
}

func withYes(p *program, ctx context.Context, f follower) error {
	return (&signIn{p: p, f: f, yes: true}).run(ctx, false)
}

var otherSite = app.SignInQuestion{
	ID: 7, Code: session.QuestionHost, QuestionWords: session.QuestionWords{
		Title: "Does login.corp.example belong to evil.example?", Detail: "The provider \u202e names it.", Yes: "Continue", No: "Cancel",
	},
}

// A question is shown before the link, and answered once, by the flag or not at all.
func TestRule38_otherSiteIsAskedAbout(t *testing.T) {
	asking := app.Session{Phase: session.SigningIn, Question: &otherSite}
	f := play(app.Session{Phase: session.SignedOut}, asking, asking,
		app.Session{Phase: session.SigningIn, LinkReady: true},
		app.Session{Phase: session.Active, Identity: "ada", ExpiresAt: time.Now().Add(time.Hour)})
	stdout, stderr, err := run(t, f, withYes)
	if err != nil || !strings.Contains(stderr, otherSite.Title) || !strings.Contains(stderr, `\u202e`) || !strings.Contains(stdout, "https://") {
		t.Errorf("%v\n%s\n%s", err, stdout, stderr)
	}
	if got := strings.Join(f.calls, ", "); got != "sign in lake, answer 7 true" {
		t.Errorf("%s", got)
	}
}

// Without a terminal the answer is no.
func TestRule38_noTerminalMeansNo(t *testing.T) {
	f := play(app.Session{Phase: session.SignedOut}, app.Session{Phase: session.SigningIn, Question: &otherSite})
	stdout, stderr, err := run(t, f, byBrowser)
	if err == nil || !strings.Contains(err.Error(), "--yes") || !strings.Contains(stderr, otherSite.Title) || stdout != "" {
		t.Errorf("%v\n%s\n%s", err, stdout, stderr)
	}
	if got := strings.Join(f.calls, ", "); got != "sign in lake, cancel lake" {
		t.Errorf("%s", got)
	}
}

// The command waits for the other side, and reports what it could not do.
func TestRule33_logoutWaitsAndReports(t *testing.T) {
	under, incomplete := phase(session.SignedOut), problem(session.SignedOut, 2)
	under.SigningOut = true
	incomplete.Problem.Detail, incomplete.Problem.NextStep = "login.example could not be told.", "End it there."
	f := play(phase(session.Active), under, under, incomplete)
	_, stderr, err := run(t, f, (*program).logout)
	if err != nil || stderr != "Signed out of Research lake on this computer, but not everywhere. login.example could not be told.\nEnd it there.\n" {
		t.Errorf("%v, %q", err, stderr)
	}
}

// A provider that issues no refresh token is reported.
func TestLoginCommand_warnsWithoutRefreshToken(t *testing.T) {
	signed := active("ada", time.Hour)
	signed.Warnings = []string{"long-token", app.WarnConsentNext}
	f := play(phase(session.SignedOut), phase(session.SigningIn), signed)
	if _, stderr, err := run(t, f, byBrowser); err != nil || !strings.Contains(stderr, "issued no refresh token") {
		t.Errorf("%v, %q", err, stderr)
	}
}

// The error says why credentials are not renewed.
func TestCredsError_failedRenewal(t *testing.T) {
	problem := &app.HandoverError{Problem: app.Problem{Title: "Scope not allowed", NextStep: "Remove it."}, Err: app.ErrRenewing}
	if got := credsError("lake", problem).Error(); got != "The credentials have expired and could not be renewed: Scope not allowed. Remove it." {
		t.Error(got)
	}
	if got := credsError("lake", app.ErrRenewing); !errors.Is(got, app.ErrRenewing) {
		t.Error(got)
	}
}
