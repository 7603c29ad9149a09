package engine

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/connection"
	"daypass/app/limits"
	"daypass/app/location"
	"daypass/app/schedule"
	"daypass/app/session"
	"daypass/app/tools"
	"daypass/app/tools/install"
	"daypass/auth"
)

// signedIn has the one session of a bench signed in.
func (b *bench) signedIn(id string) {
	b.t.Helper()
	b.must(b.SignIn(b.t.Context(), id))
	b.is(id, session.Active)
}

// The connection is found by its ID and by its name.
func TestToolCredentials_findsConnectionByName(t *testing.T) {
	inBubble(t, []string{"Research lake", "Pond"}, func(b *bench) {
		t := b.t
		b.signedIn("research-lake")
		for _, name := range []string{"research-lake", "research LAKE"} {
			access, err := b.ToolCredentials(t.Context(), name, "aws")
			if err != nil || access.AccessKeyID != "KEY1" || access.Endpoint != "https://minio.example" || access.Connection != "research-lake" {
				t.Errorf("%s: %+v %v", name, access, err)
			}
		}
		for name, want := range map[string]error{"none": app.ErrNoConnection, "POND": app.ErrNoCredentials, "pond": app.ErrNoCredentials} {
			if _, err := b.ToolCredentials(t.Context(), name, "aws"); !errors.Is(err, want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		seen, err := b.Clients(t.Context(), "research-lake")
		if err != nil || len(seen) != 1 || seen[0].Name != "aws" || seen[0].Fetches != 2 || seen[0].Endpoint {
			t.Errorf("%+v %v", seen, err)
		}
	})
}

// Tools that ask without success are reported, and nothing else happens.
func TestRule29_waitingToolsAreOnlyReported(t *testing.T) {
	inBubble(t, []string{"lake"}, func(b *bench) {
		t := b.t
		for range 1000 {
			for _, tool := range []string{"rclone", "aws"} {
				begun := time.Now()
				if _, err := b.ToolCredentials(t.Context(), "lake", tool); !errors.Is(err, app.ErrNoCredentials) || time.Since(begun) != 0 {
					t.Fatalf("%v after %v", err, time.Since(begun))
				}
			}
		}
		s := b.is("lake", session.SignedOut)
		if !slices.Equal(s.Waiting, []string{"aws", "rclone"}) {
			t.Errorf("waiting: %v", s.Waiting)
		}
		if n := b.store.current().Revision; n > 10 {
			t.Errorf("%d snapshots for two tools", n)
		}
		if b.w.signIns+b.w.refreshes+b.w.exchanges != 0 {
			t.Error("the network was asked")
		}
		b.signedIn("lake")
		if s := b.session("lake"); len(s.Waiting) != 0 {
			t.Errorf("still waiting: %v", s.Waiting)
		}
	})
}

// Credentials that expire soon are renewed before they are issued.
func TestToolCredentials_renewsBeforeExpiry(t *testing.T) {
	inBubble(t, []string{"lake"}, func(b *bench) {
		t := b.t
		b.w.set(func() { b.w.keyLife = 2 * time.Hour })
		b.signedIn("lake")
		synctest.Wait()
		// As after a suspend: what is left is less than what a tool needs, and the alarm has not rung.
		b.must(b.runner.call(t.Context(), commandFunc(func(r *runner) {
			run := r.sessions["lake"]
			keys := *run.state.Credentials
			keys.ExpiresAt = now().Add(5 * time.Minute)
			run.state.Credentials, run.state.RenewAt = &keys, now().Add(time.Hour)
			keys.IssuedAt = now().Add(-115 * time.Minute)
		})))
		access, err := b.ToolCredentials(t.Context(), "lake", "aws")
		if err != nil || access.AccessKeyID != "KEY2" || time.Until(access.ExpiresAt) < schedule.Floor {
			t.Errorf("%+v %v", access, err)
		}
	})
}

// A renewal that fails does not keep a tool waiting.
func TestToolCredentials_failingRenewalDoesNotBlock(t *testing.T) {
	inBubble(t, []string{"lake"}, func(b *bench) {
		t := b.t
		b.signedIn("lake")
		b.w.set(func() { b.w.loginErr = &auth.UnreachableError{Reason: auth.Reason{Code: auth.ReasonNoAnswer}} })
		time.Sleep(50 * time.Minute)
		if s := b.session("lake"); s.Failures == 0 {
			t.Fatalf("%+v", s)
		}
		begun := time.Now()
		if access, err := b.ToolCredentials(t.Context(), "lake", "aws"); err != nil || access.AccessKeyID != "KEY1" || time.Since(begun) != 0 {
			t.Errorf("%+v %v after %v", access, err, time.Since(begun))
		}
	})
}

// Credentials that expired during an outage are reported as being renewed.
func TestToolCredentials_expiredDuringOutage(t *testing.T) {
	inBubble(t, []string{"lake"}, func(b *bench) {
		t := b.t
		b.signedIn("lake")
		b.w.set(func() { b.w.loginErr = &auth.UnreachableError{Reason: auth.Reason{Code: auth.ReasonNoAnswer}} })
		time.Sleep(61 * time.Minute)
		b.is("lake", session.Expired)
		if _, err := b.ToolCredentials(t.Context(), "lake", "aws"); !errors.Is(err, app.ErrRenewing) {
			t.Errorf("%v", err)
		}
	})
}

func TestClient_pauseAndRevoke(t *testing.T) {
	inBubble(t, []string{"lake"}, func(b *bench) {
		t := b.t
		b.signedIn("lake")
		_, err := b.ToolCredentials(t.Context(), "lake", "aws")
		b.must(err)
		seen, _ := b.Clients(t.Context(), "lake")
		b.must(b.PauseClient(t.Context(), seen[0].ID, true))
		if _, err := b.ToolCredentials(t.Context(), "lake", "aws"); !errors.Is(err, app.ErrPaused) {
			t.Errorf("%v", err)
		}
		if _, err := b.ToolCredentials(t.Context(), "lake", "rclone"); err != nil {
			t.Errorf("another tool: %v", err)
		}
		b.must(b.PauseClient(t.Context(), seen[0].ID, false))
		if _, err := b.ToolCredentials(t.Context(), "lake", "aws"); err != nil {
			t.Errorf("%v", err)
		}
		b.must(b.RevokeClient(t.Context(), seen[0].ID))
		for _, err := range []error{b.RevokeClient(t.Context(), seen[0].ID), b.PauseClient(t.Context(), "x", true)} {
			if !errors.Is(err, app.ErrNoClient) {
				t.Errorf("%v", err)
			}
		}
	})
}

// unbubbled is an Engine at work in real time, for what listens.
func unbubbled(t *testing.T, paths tools.Paths, defs ...connection.Definition) *bench {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "connections")
	for _, def := range defs {
		if _, err := connection.Open(dir).Save(def); err != nil {
			t.Fatal(err)
		}
	}
	w := newWorld()
	a, err := New(Options{ConfigDir: dir, SettingsFile: filepath.Join(dir, "settings.toml"), Version: "test", build: w.build, Program: "/usr/bin/daypass", Paths: paths})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { _ = a.Run(ctx); close(ended) }()
	t.Cleanup(func() { cancel(); <-ended })
	return &bench{Engine: a, t: t, w: w, stop: cancel}
}

// reach waits until the session is as done says.
func (b *bench) reach(id string, done func(app.Session) bool) app.Session {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), 20*time.Second)
	defer cancel()
	for snapshot := range b.Watch(ctx) {
		if s, there := snapshot.Session(id); there && done(s) {
			return s
		}
	}
	b.t.Fatal("it never came to that")
	return app.Session{}
}

func active(s app.Session) bool { return s.Phase == session.Active }

// fetch asks the endpoint as a tool does.
func fetch(t *testing.T, g clients.ClientToken) int {
	t.Helper()
	req, _ := http.NewRequest(http.MethodGet, g.URL, http.NoBody)
	req.Header.Set("Authorization", g.Token.Reveal())
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

// A sign-out stops the endpoint and removes credentials from files.
func TestRule33_signOutStopsEndpointAndClearsFiles(t *testing.T) {
	home := t.TempDir()
	paths := install.FindPaths(func(string) string { return "" }, home, filepath.Join(home, "own"))
	b := unbubbled(t, paths, definition("lake"), definition("archive"))
	for _, id := range []string{"lake", "archive"} {
		b.must(b.SignIn(t.Context(), id))
		b.reach(id, active)
	}
	for _, tool := range []string{"rclone", "mc"} {
		for _, id := range []string{"lake", "archive"} {
			change, err := b.PreviewTool(t.Context(), id, tool, tools.StepAdd)
			b.must(err)
			b.must(b.ApplyTool(t.Context(), id, tool, tools.StepAdd, change.Digest))
		}
	}
	clientToken, err := b.AddClient(t.Context(), "lake", clients.NewClient{Name: "x"})
	b.must(err)
	if status := fetch(t, clientToken); status != 200 {
		t.Fatalf("%d", status)
	}
	b.must(b.SignOut(t.Context(), "lake"))
	b.reach("lake", func(s app.Session) bool { return s.Phase == session.SignedOut })
	waitFor(t, func() bool { return fetch(t, clientToken) == 0 })
	mc := func() string {
		text, err := os.ReadFile(paths.MCEnv)
		b.must(err)
		return string(text)
	}
	waitFor(t, func() bool { return strings.Contains(mc(), "MC_HOST_daypass_lake=https://minio.example\n") })
	if text := mc(); !strings.Contains(text, "MC_HOST_daypass_archive=https://KEY") {
		t.Errorf("%s", text)
	}
	for _, path := range []string{paths.AWSConfig, paths.Rclone} {
		if text, err := os.ReadFile(path); err != nil || !strings.Contains(string(text), "daypass-lake") {
			t.Errorf("what holds no secret went: %q %v", text, err)
		}
	}
	b.must(b.SignIn(t.Context(), "lake"))
	waitFor(t, func() bool { return strings.Contains(mc(), "MC_HOST_daypass_lake=https://KEY") })
	b.must(b.RemoveConnection(t.Context(), "lake"))
	for _, path := range []string{paths.AWSConfig, paths.Rclone, paths.MCEnv} {
		waitFor(t, func() bool {
			text, err := os.ReadFile(path)
			return err == nil && !strings.Contains(string(text), "lake") && strings.Contains(string(text), "archive")
		})
	}
}

// An agent that was killed has left credentials in mc's file, also those of a connection that is gone.
func TestRule33_mcFileIsClearedAtStartAndEnd(t *testing.T) {
	home := t.TempDir()
	paths := install.FindPaths(func(string) string { return "" }, home, filepath.Join(home, "own"))
	if err := os.MkdirAll(filepath.Dir(paths.MCEnv), 0o700); err != nil {
		t.Fatal(err)
	}
	remaining := "MC_HOST_mine=https://a:b@c\nMC_HOST_daypass_lake=https://OLD:s:t@minio.example\nMC_HOST_daypass_gone=https://OLD:s@x.example"
	if err := os.WriteFile(paths.MCEnv, []byte(remaining), 0o600); err != nil {
		t.Fatal(err)
	}
	b := unbubbled(t, paths, definition("lake"))
	is := func(want string) {
		t.Helper()
		waitFor(t, func() bool {
			text, err := os.ReadFile(paths.MCEnv)
			return err == nil && string(text) == want
		})
	}
	swept := "MC_HOST_mine=https://a:b@c\nMC_HOST_daypass_lake=https://minio.example\nMC_HOST_daypass_gone=https://x.example"
	is(swept)
	b.must(b.SignIn(t.Context(), "lake"))
	waitFor(t, func() bool {
		text, err := os.ReadFile(paths.MCEnv)
		return err == nil && strings.Contains(string(text), "MC_HOST_daypass_lake=https://KEY1:")
	})
	b.stop()
	is(swept)
}

// What was given to one user's tools ends with that user's session, also where no snapshot ever showed its
// end, and never gets the keys of the next user.
func TestRule33_clientTokensEndWithSession(t *testing.T) {
	for name, next := range map[string]func(*bench){
		"signed out and in again at once": func(b *bench) {
			hold := make(chan struct{})
			b.runner.post(commandFunc(func(*runner) { <-hold }))
			b.must(b.SignOut(t.Context(), "lake"))
			b.must(b.SignIn(t.Context(), "lake"))
			close(hold)
		},
		"another user after the provider asked again": func(b *bench) {
			b.w.set(func() { b.w.loginErr = auth.ErrSignInAgain })
			b.age("lake")
			b.must(b.RenewNow(t.Context(), "lake"))
			b.reach("lake", func(s app.Session) bool { return s.Problem != nil })
			b.w.set(func() { b.w.loginErr, b.w.subject = nil, "2" })
			b.must(b.SignIn(t.Context(), "lake"))
			requested := b.reach("lake", func(s app.Session) bool { return s.Question != nil })
			b.must(b.AnswerQuestion(t.Context(), "lake", requested.Question.ID, true))
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := unbubbled(t, tools.Paths{}, definition("lake"))
			b.must(b.SignIn(t.Context(), "lake"))
			before := b.reach("lake", active)
			clientToken, err := b.AddClient(t.Context(), "lake", clients.NewClient{Name: "x"})
			b.must(err)
			if status := fetch(t, clientToken); status != 200 {
				t.Fatalf("%d", status)
			}
			next(b)
			b.reach("lake", func(s app.Session) bool { return active(s) && !s.IssuedAt.Equal(before.IssuedAt) && s.Problem == nil })
			waitFor(t, func() bool { return fetch(t, clientToken) == 0 })
			if remaining, _ := b.Clients(t.Context(), "lake"); len(remaining) != 0 {
				t.Errorf("still listed: %+v", remaining)
			}
		})
	}
}

// A tool that is added at the moment of signing out gets nothing that lasts.
func TestRule33_nothingIssuedWhileSigningOut(t *testing.T) {
	b := unbubbled(t, tools.Paths{}, definition("lake"))
	for range 20 {
		b.must(b.SignIn(t.Context(), "lake"))
		b.reach("lake", active)
		added := make(chan struct{})
		go func() {
			defer close(added)
			for range 5 {
				_, _ = b.AddClient(t.Context(), "lake", clients.NewClient{Name: "x", Scope: &limits.Scope{Locations: []location.Location{{Bucket: "data"}}}})
			}
		}()
		b.must(b.SignOut(t.Context(), "lake"))
		<-added
		b.reach("lake", func(s app.Session) bool { return s.Phase == session.SignedOut })
		waitFor(t, func() bool {
			remaining, _ := b.Clients(t.Context(), "lake")
			return len(remaining) == 0 && b.LimitedClients() == 0
		})
	}
}

// age has the keys of a session be an hour old: those just made are not renewed again.
func (b *bench) age(id string) {
	b.t.Helper()
	b.must(b.runner.call(b.t.Context(), commandFunc(func(r *runner) {
		keys := *r.sessions[id].state.Credentials
		keys.IssuedAt = now().Add(-time.Hour)
		r.sessions[id].state.Credentials = &keys
	})))
}

// waitFor waits until something that nobody tells of has happened.
func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it never happened")
		}
	}
}

// Credentials that cannot be removed from a file are reported.
func TestSignOut_reportsFilesNotCleared(t *testing.T) {
	home := t.TempDir()
	paths := install.FindPaths(func(string) string { return "" }, home, filepath.Join(home, "own"))
	b := unbubbled(t, paths, definition("lake"))
	b.must(b.SignIn(t.Context(), "lake"))
	b.reach("lake", active)
	b.must(os.MkdirAll(paths.MCEnv, 0o700)) // a folder in place of the file
	b.must(b.SignOut(t.Context(), "lake"))
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for snapshot := range b.Watch(ctx) {
		for _, p := range snapshot.Problems {
			if p.Code == "tools-left-behind" && strings.Contains(p.English().Detail, paths.MCEnv) && strings.Contains(p.English().NextStep, "MC_HOST_daypass_") {
				return
			}
		}
	}
	t.Error("nothing was said")
}

// The file of mc follows the credentials.
func TestRenewFiles_mcFollowsCredentials(t *testing.T) {
	home := t.TempDir()
	paths := install.FindPaths(func(string) string { return "" }, home, filepath.Join(home, "own"))
	b := unbubbled(t, paths, definition("lake"))
	if _, err := b.PreviewTool(t.Context(), "lake", "mc", tools.StepAdd); !errors.Is(err, app.ErrNoCredentials) {
		t.Errorf("signed out: %v", err)
	}
	b.must(b.SignIn(t.Context(), "lake"))
	b.reach("lake", active)
	change, err := b.PreviewTool(t.Context(), "lake", "mc", tools.StepAdd)
	b.must(err)
	b.must(b.ApplyTool(t.Context(), "lake", "mc", tools.StepAdd, change.Digest))
	b.age("lake")
	b.must(b.RenewNow(t.Context(), "lake"))
	waitFor(t, func() bool {
		text, err := os.ReadFile(paths.MCEnv)
		return err == nil && strings.HasPrefix(string(text), "MC_HOST_daypass_lake=https://KEY2:")
	})
}

// A sign-in by device code shows the code.
func TestRule26_deviceSignInShowsCode(t *testing.T) {
	inBubble(t, []string{"lake"}, func(b *bench) {
		t := b.t
		b.w.wait = make(chan struct{})
		b.must(b.SignInByDevice(t.Context(), "lake"))
		s := b.is("lake", session.SigningIn)
		link, err := b.SignInLink(t.Context(), "lake")
		if err != nil || link != "https://login.example/device" || s.UserCode != "WDJB-MJHT" || time.Until(s.Deadline) != 5*time.Minute {
			t.Errorf("%v %q %+v", err, link, s)
		}
		close(b.w.wait)
		if s := b.is("lake", session.Active); s.UserCode != "" {
			t.Errorf("the code is still there: %+v", s)
		}
	})
}
