package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app"
	"daypass/app/schedule"
	"daypass/app/session"
	"daypass/auth"
	"daypass/stsclient"
)

func TestRunner_eightHoursOfRenewals(t *testing.T) {
	inBubble(t, []string{"Lake"}, func(b *bench) {
		b.must(b.SignIn(b.t.Context(), "lake"))
		b.is("lake", session.Active)
		for range 8 * 60 {
			time.Sleep(time.Minute)
			s := b.is("lake", session.Active)
			if remaining := time.Until(s.ExpiresAt); remaining < schedule.Floor-time.Minute {
				t.Fatalf("only %v left in what is handed out", remaining)
			}
		}
		s := b.session("lake")
		if s.Renewals < 10 || s.Renewals > 13 || b.w.signIns != 1 || b.w.refreshes != s.Renewals {
			t.Fatalf("%d renewals by %d refreshes and %d sign-ins in eight hours of one-hour keys", s.Renewals, b.w.refreshes, b.w.signIns)
		}
	})
}

func TestRunner_outagesDuringTheDay(t *testing.T) {
	faults := map[string]func(w *world, on bool){
		"provider unreachable": func(w *world, on bool) { w.loginErr = onlyIf(on, auth.ErrIssuerUnreachable) },
		"server unreachable": func(w *world, on bool) {
			w.serverErr = onlyIf(on, &stsclient.Error{Kind: stsclient.KindUnreachable})
		},
	}
	for name, set := range faults {
		t.Run(name, func(t *testing.T) {
			inBubble(t, []string{"Lake"}, func(b *bench) { dayWithFault(b, set) })
		})
	}
}

func onlyIf(on bool, err error) error {
	if on {
		return err
	}
	return nil
}

func dayWithFault(b *bench, set func(*world, bool)) {
	t := b.t
	b.must(b.SignIn(b.t.Context(), "lake"))
	time.Sleep(2 * time.Hour)
	b.is("lake", session.Active)
	b.w.set(func() { set(b.w, true) })
	end := b.session("lake").ExpiresAt
	time.Sleep(time.Until(end) - time.Minute)
	if s := b.session("lake"); !s.HasCredentials(time.Now()) || s.Problem == nil || s.Failures == 0 {
		t.Fatalf("in the fault, before the end: live %v, problem %v", s.HasCredentials(time.Now()), s.Problem)
	}
	if _, err := b.Credentials(b.t.Context(), "lake"); err != nil {
		t.Fatalf("keys that still work are not given: %v", err)
	}
	time.Sleep(2 * time.Hour)
	b.is("lake", session.Expired)
	if _, err := b.Credentials(b.t.Context(), "lake"); !errors.Is(err, app.ErrNoCredentials) {
		t.Fatalf("keys after their end: %v", err)
	}
	b.w.set(func() { set(b.w, false) })
	time.Sleep(schedule.MaxBackoff)
	if s := b.is("lake", session.Active); s.Problem != nil || s.Failures != 0 {
		t.Fatalf("after the fault: problem %v", s.Problem)
	}
	if b.w.signIns != 1 {
		t.Fatalf("%d sign-ins: a browser opened by itself", b.w.signIns)
	}
	time.Sleep(2 * time.Hour)
	b.is("lake", session.Active)
}

// The user has to sign in only when the provider refuses.
func TestRunner_needsSignInOnlyWhenProviderRefuses(t *testing.T) {
	inBubble(t, []string{"Lake"}, func(b *bench) {
		b.must(b.SignIn(b.t.Context(), "lake"))
		b.session("lake")
		b.w.set(func() { b.w.loginErr = auth.ErrSignInAgain })
		time.Sleep(50 * time.Minute)
		s := b.is("lake", session.NeedsSignIn)
		if !s.HasCredentials(time.Now()) || s.Problem == nil || s.Problem.English().Title == "" || s.Problem.English().NextStep == "" {
			t.Fatalf("keys %v, problem %+v", s.ExpiresAt, s.Problem)
		}
		requested := b.w.refreshes
		time.Sleep(24 * time.Hour)
		if b.w.refreshes != requested {
			t.Fatalf("a spent refresh token was sent %d times more", b.w.refreshes-requested)
		}
		b.w.set(func() { b.w.loginErr = nil })
		b.must(b.SignIn(b.t.Context(), "lake"))
		b.is("lake", session.Active)
	})
}

// A sign-in can be canceled, and its link exists only in the meantime.
func TestCancelSignIn_endsLink(t *testing.T) {
	inBubble(t, []string{"Lake"}, func(b *bench) {
		b.w.wait = make(chan struct{})
		if _, err := b.SignInLink(b.t.Context(), "lake"); !errors.Is(err, app.ErrNoLink) {
			t.Fatalf("a link before the sign-in: %v", err)
		}
		b.must(b.SignIn(b.t.Context(), "lake"))
		if s := b.is("lake", session.SigningIn); !s.LinkReady || time.Until(s.Deadline) != signInTimeout {
			t.Fatalf("link ready %v, deadline in %v", s.LinkReady, time.Until(s.Deadline))
		}
		if link, err := b.SignInLink(b.t.Context(), "lake"); err != nil || link == "" {
			t.Fatalf("link %q, %v", link, err)
		}
		b.must(b.CancelSignIn(b.t.Context(), "lake"))
		b.is("lake", session.SignedOut)
		if _, err := b.SignInLink(b.t.Context(), "lake"); !errors.Is(err, app.ErrNoLink) {
			t.Fatalf("a link after the cancel: %v", err)
		}
	})
}

// A sign-out revokes the tokens and removes the session.
func TestSignOut_revokesAndRemoves(t *testing.T) {
	inBubble(t, []string{"Lake"}, func(b *bench) {
		b.must(b.SignIn(b.t.Context(), "lake"))
		b.is("lake", session.Active)
		b.must(b.SignOut(b.t.Context(), "lake"))
		if s := b.is("lake", session.SignedOut); !s.ExpiresAt.IsZero() || s.Identity != "" {
			t.Fatalf("left behind: %+v", s)
		}
		if _, err := b.Credentials(b.t.Context(), "lake"); !errors.Is(err, app.ErrNoCredentials) {
			t.Fatalf("keys after signing out: %v", err)
		}
		if len(b.w.revoked) != 1 || b.w.revoked[0] != "refresh-s1" {
			t.Fatalf("revoked %q", b.w.revoked)
		}
	})
}

// The exchange requests what the connection says.
func TestExchange_usesConnectionSettings(t *testing.T) {
	inBubble(t, []string{"Lake"}, func(b *bench) {
		def, err := b.Connection(b.t.Context(), "lake")
		b.must(err)
		def.Keys.Duration, def.Keys.RoleARN, def.Keys.SendAccessToken = 2*time.Hour, "derive", true
		_, err = b.SaveConnection(b.t.Context(), def)
		b.must(err)
		b.must(b.SignIn(b.t.Context(), "lake"))
		b.is("lake", session.Active)
		req := b.w.requests[0]
		if req.Duration != 2*time.Hour || req.RoleARN != "arn:minio:iam:::role/MzwyYPnUWmuwMmJWEAH3df0TaIo" ||
			req.RoleSessionName != "ada@example.com" || !strings.HasPrefix(req.TokenRevokeType, "daypass-") {
			t.Fatalf("request %+v", req)
		}
	})
}

// A changed connection ends its session, and a renamed one does not.
func TestSaveConnection_changeEndsSessionRenameDoesNot(t *testing.T) {
	inBubble(t, []string{"Lake", "Pond"}, func(b *bench) {
		b.must(b.SignIn(b.t.Context(), "lake"))
		b.is("lake", session.Active)
		def, err := b.Connection(b.t.Context(), "lake")
		b.must(err)
		def.Name = "Big lake"
		_, err = b.SaveConnection(b.t.Context(), def)
		b.must(err)
		if s := b.is("lake", session.Active); s.Name != "Big lake" {
			t.Fatalf("name %q", s.Name)
		}
		def.Endpoint = "https://elsewhere.example"
		_, err = b.SaveConnection(b.t.Context(), def)
		b.must(err)
		s := b.is("lake", session.SignedOut)
		if s.Problem == nil || s.Problem.Code != session.CodeConnectionChanged || !strings.Contains(s.Problem.English().Detail, "the storage server") {
			t.Fatalf("what happened is told as %+v", s.Problem)
		}
		b.must(b.SignIn(b.t.Context(), "lake"))
		b.is("lake", session.Active)
		b.must(b.RemoveConnection(b.t.Context(), "lake"))
		if err := b.SignIn(b.t.Context(), "lake"); !errors.Is(err, app.ErrNoConnection) {
			t.Fatalf("signing in to a removed connection: %v", err)
		}
		b.is("pond", session.SignedOut)
	})
}

// What counts from the next sign-in or renewal on ends no session, and is used then.
func TestSaveConnection_signInSettingsKeepSession(t *testing.T) {
	inBubble(t, []string{"Lake"}, func(b *bench) {
		b.must(b.SignIn(b.t.Context(), "lake"))
		b.is("lake", session.Active)
		def, err := b.Connection(b.t.Context(), "lake")
		b.must(err)
		def.Provider.RedirectPorts, def.Provider.Prompt, def.Keys.Duration = []int{8400}, "login", 2*time.Hour
		_, err = b.SaveConnection(b.t.Context(), def)
		b.must(err)
		b.is("lake", session.Active)
		before := len(b.w.requests)
		b.age("lake")
		b.must(b.RenewNow(b.t.Context(), "lake"))
		synctest.Wait()
		b.is("lake", session.Active)
		if len(b.w.requests) == before || b.w.requests[len(b.w.requests)-1].Duration != 2*time.Hour {
			t.Errorf("renewed with %+v", b.w.requests)
		}
	})
}

// Twenty sessions sleep while nothing is due.
func TestRunner_twentySessionsSleep(t *testing.T) {
	names := make([]string, 20)
	for i := range names {
		names[i] = fmt.Sprintf("Lake %02d", i)
	}
	inBubble(t, names, func(b *bench) {
		for i := range names {
			b.must(b.SignIn(b.t.Context(), fmt.Sprintf("lake-%02d", i)))
		}
		synctest.Wait()
		before := b.store.current().Revision
		time.Sleep(30 * time.Minute)
		synctest.Wait()
		if after := b.store.current().Revision; after != before {
			t.Fatalf("%d snapshots while nothing happened", after-before)
		}
	})
}

// A watch brings the first snapshot at once, and the latest to a slow reader.
func TestWatch_firstAtOnceThenLatest(t *testing.T) {
	inBubble(t, []string{"Lake"}, func(b *bench) {
		ctx, cancel := context.WithCancel(b.t.Context())
		watch := b.Watch(ctx)
		first := <-watch
		if first.Version != "test" || len(first.Sessions) != 1 {
			t.Fatalf("first snapshot %+v", first)
		}
		b.must(b.SignIn(b.t.Context(), "lake"))
		b.is("lake", session.Active)
		if s := <-watch; s.Sessions[0].Phase != session.Active || s.Revision <= first.Revision {
			t.Fatalf("a slow reader got revision %d, %s", s.Revision, s.Sessions[0].Phase)
		}
		cancel()
		synctest.Wait()
		if _, open := <-watch; open {
			t.Fatal("the watch goes on after its context")
		}
	})
}

// A stopped engine reports so.
func TestEngine_stoppedReportsErrStopped(t *testing.T) {
	inBubble(t, []string{"Lake"}, func(b *bench) {
		watch := b.Watch(b.t.Context())
		<-watch
		b.stop()
		synctest.Wait()
		if _, open := <-watch; open {
			t.Fatal("the watch outlives the app")
		}
		if err := b.SignIn(b.t.Context(), "lake"); !errors.Is(err, app.ErrStopped) {
			t.Fatalf("an intent after the end: %v", err)
		}
		if _, err := b.SaveConnection(b.t.Context(), definition("New")); !errors.Is(err, app.ErrStopped) {
			t.Fatalf("a save after the end: %v", err)
		}
		if _, open := <-b.Watch(b.t.Context()); open {
			t.Fatal("a new watch on a stopped app")
		}
	})
}
