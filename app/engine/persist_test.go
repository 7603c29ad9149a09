package engine

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/session"
	"daypass/app/vault"
	"daypass/auth"
	"daypass/auth/secret"
	"daypass/stsclient"
)

// ring is a keyring in memory that fails when it is told to.
type ring struct {
	mu    sync.Mutex
	items map[string]secret.Secret
	err   error
	reads int
	hang  chan struct{} // where set, Get waits for it
	// changes is nil where the system does not say, and looks how often it was looked at.
	changes chan struct{}
	looks   int
}

func (r *ring) set(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.err = err
}

func (r *ring) Probe(context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.looks++
	return r.err
}

func (r *ring) readCount() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.looks
}

func (r *ring) Changes(context.Context) <-chan struct{} { return r.changes }

func (r *ring) Get(ctx context.Context, account string) (secret.Secret, error) {
	if r.hang != nil {
		select {
		case <-r.hang:
		case <-ctx.Done():
			return secret.Secret{}, vault.ErrTimedOut
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reads++
	value, there := r.items[account]
	switch {
	case r.err != nil:
		return secret.Secret{}, r.err
	case !there:
		return secret.Secret{}, vault.ErrNotFound
	}
	return value, nil
}

func (r *ring) Set(_ context.Context, account string, value secret.Secret) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.items[account] = value
	}
	return r.err
}

// home is a folder with a connection and a vault, at which one agent after the other is at home.
type home struct {
	t   *testing.T
	dir string
	r   *ring
	w   *world
	// build makes the dependencies; the world's where it is nil.
	build builder
	// folderChanges is as in Options.
	folderChanges func(context.Context, string) <-chan struct{}
}

// atHome runs f in fake time.
func atHome(t *testing.T, change func(*connection.Definition), f func(*home)) {
	t.Helper()
	dir := t.TempDir()
	def := definition("Lake")
	if change != nil {
		change(&def)
	}
	if _, err := connection.Open(filepath.Join(dir, "connections")).Save(def); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		f(&home{t: t, dir: dir, r: &ring{items: map[string]secret.Secret{}}, w: newWorld()})
	})
}

// run has an agent at work until f returns.
func (h *home) run(f func(*bench)) {
	h.t.Helper()
	build := h.build
	if build == nil {
		build = h.w.build
	}
	a, err := New(Options{
		ConfigDir: filepath.Join(h.dir, "connections"), SettingsFile: filepath.Join(h.dir, "settings.toml"), Version: "test",
		Vault: vault.New(h.state(), h.r, "vault"), build: build, FolderChanges: h.folderChanges,
	})
	if err != nil {
		h.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(h.t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = a.Run(ctx)
	}()
	f(&bench{Engine: a, t: h.t, w: h.w, stop: cancel})
	cancel()
	<-ended
}

func (h *home) state() string { return filepath.Join(h.dir, "state") }

func (h *home) file() string { return filepath.Join(h.state(), "sessions.vault") }

func (h *home) hasFile() bool {
	_, err := os.Stat(h.file())
	return err == nil
}

// signIn signs in at the lake.
func (b *bench) signIn() app.Session {
	b.t.Helper()
	b.must(b.SignIn(b.t.Context(), "lake"))
	return b.is("lake", session.Active)
}

// tells returns the problem with a code among those of no one session.
func (b *bench) tells(code string) *app.Problem {
	synctest.Wait()
	for _, p := range b.store.current().Problems {
		if p.Code == code {
			return &p
		}
	}
	return nil
}

// A restart needs neither browser nor network while the credentials are valid.
func TestRestart_needsNoNetworkWhileCredentialsValid(t *testing.T) {
	atHome(t, nil, func(h *home) {
		var before app.Session
		h.run(func(b *bench) { before = b.signIn() })
		h.w.set(func() {
			h.w.loginErr = fmt.Errorf("%w: %w", auth.ErrIssuerUnreachable, syscall.ENETUNREACH)
			h.w.serverErr = &stsclient.Error{Kind: stsclient.KindUnreachable}
		})
		time.Sleep(10 * time.Minute)
		h.run(func(b *bench) {
			<-b.Ready()
			s := b.is("lake", session.Active)
			if s.Identity != before.Identity || !s.ExpiresAt.Equal(before.ExpiresAt) || s.GrantedDuration != before.GrantedDuration {
				t.Fatalf("restored as %+v, was %+v", s, before)
			}
			keys, err := b.Credentials(t.Context(), "lake")
			if err != nil || keys.AccessKeyID != "KEY1" || keys.SecretAccessKey.Reveal() != "s" || keys.SessionToken.Reveal() != "t" {
				t.Fatalf("%+v, %v", keys, err)
			}
			time.Sleep(2 * time.Hour)
			b.is("lake", session.Expired)
			h.w.set(func() { h.w.loginErr, h.w.serverErr = nil, nil })
			time.Sleep(30 * time.Second)
			b.is("lake", session.Active)
		})
		if h.w.signIns != 1 {
			t.Fatalf("%d sign-ins", h.w.signIns)
		}
	})
}

// A restart after the credentials have expired renews them at once.
func TestRestart_renewsExpiredCredentials(t *testing.T) {
	atHome(t, nil, func(h *home) {
		h.run(func(b *bench) { b.signIn() })
		time.Sleep(72 * time.Hour)
		h.run(func(b *bench) {
			<-b.Ready()
			if s := b.is("lake", session.Active); s.Renewals != 1 || h.w.signIns != 1 || h.w.refreshes != 1 {
				t.Fatalf("%d renewals, %d sign-ins, %d refreshes", s.Renewals, h.w.signIns, h.w.refreshes)
			}
		})
	})
}

// A rotated token is on disk before its answer is used.
func TestRule24_rotatedTokenStoredBeforeUse(t *testing.T) {
	atHome(t, nil, func(h *home) {
		h.run(func(b *bench) {
			b.signIn()
			h.w.set(func() { h.w.serverErr = &stsclient.Error{Kind: stsclient.KindUnreachable} }) // no new keys are stored
			time.Sleep(44 * time.Minute)
			synctest.Wait()
		})
		spent := h.w.refreshes
		h.w.set(func() { h.w.serverErr = nil })
		if spent == 0 {
			t.Fatal("no refresh was tried")
		}
		current := h.w.current
		h.run(func(b *bench) {
			<-b.Ready()
			b.must(b.RenewNow(t.Context(), "lake"))
			b.is("lake", session.Active)
		})
		if h.w.spent != 0 || h.w.current.Equal(current) {
			t.Fatalf("%d spent tokens were sent", h.w.spent)
		}
	})
}

// When the storing of a rotated token is over, the file has it: this is checked in a copy of the file at that moment.
func TestRule24_storingReturnsWhenTokenIsOnDisk(t *testing.T) {
	atHome(t, nil, func(h *home) {
		checks := 0
		h.build = func(def connection.Definition, save auth.SaveFunc) (dependencies, error) {
			return h.w.build(def, func(ctx context.Context, spent, fresh secret.Secret) error {
				err := save(ctx, spent, fresh)
				checks++
				if stored := h.storedNow(); err != nil || !strings.Contains(stored, fresh.Reveal()) || strings.Contains(stored, spent.Reveal()) {
					t.Errorf("%v; stored is %s", err, stored)
				}
				return err
			})
		}
		h.run(func(b *bench) {
			b.signIn()
			synctest.Wait()
			time.Sleep(10 * time.Second)
			b.must(b.RenewNow(t.Context(), "lake"))
			time.Sleep(10 * time.Second)
			b.is("lake", session.Active)
		})
		if checks == 0 {
			t.Error("no token was stored")
		}
	})
}

// storedNow is the lake's entry in a copy of the file as it is now.
func (h *home) storedNow() string {
	h.t.Helper()
	data, err := os.ReadFile(h.file())
	if err != nil {
		h.t.Error(err)
		return ""
	}
	dir := h.t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "sessions.vault"), data, 0o600); err != nil {
		h.t.Error(err)
	}
	v := vault.New(dir, h.r, "vault")
	if err := v.Open(h.t.Context(), false); err != nil {
		h.t.Error(err)
	}
	defer v.Close()
	return string(v.Entries()["lake"])
}

// The end of the agent waits for a refresh that is under way.
func TestRule24_agentEndWaitsForRefresh(t *testing.T) {
	atHome(t, nil, func(h *home) {
		h.run(func(b *bench) {
			b.signIn()
			h.w.set(func() { h.w.slow = 2 * time.Second })
			time.Sleep(10 * time.Second) // the keys are old enough to be renewed on request
			b.must(b.RenewNow(t.Context(), "lake"))
			b.is("lake", session.Renewing)
		})
		h.w.set(func() { h.w.slow = 0 })
		h.run(func(b *bench) {
			<-b.Ready()
			b.must(b.RenewNow(t.Context(), "lake"))
			b.is("lake", session.Active)
		})
		if h.w.refreshes != 2 || h.w.spent != 0 {
			t.Fatalf("%d refreshes, %d with spent tokens", h.w.refreshes, h.w.spent)
		}
	})
}

// Nothing is stored for a connection that never stays signed in.
func TestRule22_nothingStoredForNeverStaySignedIn(t *testing.T) {
	atHome(t, func(def *connection.Definition) { def.Provider.StaySignedIn = false }, func(h *home) {
		h.run(func(b *bench) {
			b.signIn()
			if !b.session("lake").MemoryOnly {
				t.Error("it is not said that the session ends with the agent")
			}
			time.Sleep(10 * time.Minute)
		})
		if h.hasFile() || h.r.reads != 0 {
			t.Fatalf("a file: %v, the keyring asked %d times", h.hasFile(), h.r.reads)
		}
		h.run(func(b *bench) { <-b.Ready(); b.is("lake", session.SignedOut) })
	})
}

// A sign-out removes what is stored and revokes the credentials.
func TestRule33_signOutClearsVaultAndRevokes(t *testing.T) {
	atHome(t, nil, func(h *home) {
		h.run(func(b *bench) {
			b.signIn()
			if !h.hasFile() {
				t.Fatal("nothing was stored")
			}
			b.must(b.SignOut(t.Context(), "lake"))
			if s := b.is("lake", session.SignedOut); s.Problem != nil {
				t.Fatalf("problem %+v", s.Problem)
			}
			if h.hasFile() {
				t.Fatal("the file is still there")
			}
		})
		if len(h.w.revoked) != 1 || len(h.w.ended) != 1 || h.w.ended[0] != "KEY1" {
			t.Fatalf("revoked %v, ended %v", h.w.revoked, h.w.ended)
		}
		h.run(func(b *bench) { <-b.Ready(); b.is("lake", session.SignedOut) })
	})
}

// What a sign-out could not do is reported.
func TestRule33_signOutReportsFailures(t *testing.T) {
	for name, c := range map[string]struct {
		login, server error
		says          []string
	}{
		"nobody answers": {
			&auth.UnreachableError{Doing: "revocation", Reason: auth.Reason{Code: auth.ReasonConnectionBroken, Params: map[string]string{"Host": "login.example"}}}, &stsclient.Error{Kind: stsclient.KindUnreachable},
			[]string{"login.example could not be notified of the sign-out. The connection to login.example was interrupted.", "minio.example could not be asked", "valid until"},
		},
		"neither can": {
			auth.ErrNoRevocation, stsclient.ErrNoRevocation,
			[]string{"login.example does not allow Daypass to end the session", "minio.example cannot revoke credentials", "valid until"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			atHome(t, nil, func(h *home) {
				h.run(func(b *bench) {
					b.signIn()
					h.w.set(func() { h.w.loginErr, h.w.serverErr = c.login, c.server })
					b.must(b.SignOut(t.Context(), "lake"))
					p := b.is("lake", session.SignedOut).Problem
					if p == nil {
						t.Fatal("nothing is said")
					}
					wholeWords(t, *p)
					for _, s := range c.says {
						if !strings.Contains(p.English().Detail, s) {
							t.Errorf("%q does not say %q", p.English().Detail, s)
						}
					}
				})
			})
		})
	}
}

// A file that cannot be cleared is reported.
func TestRule33_reportsFileThatCannotBeCleared(t *testing.T) {
	atHome(t, nil, func(h *home) {
		h.run(func(b *bench) { b.signIn() })
		h.r.err = vault.ErrLocked
		h.run(func(b *bench) {
			<-b.Ready()
			b.signIn() // in memory, while an older session is stored
			h.w.set(func() { h.w.loginErr = auth.ErrNoRevocation })
			b.must(b.SignOut(t.Context(), "lake"))
			p := b.is("lake", session.SignedOut).Problem
			if p == nil || !strings.Contains(p.English().Detail, "still on the disk of this computer") || !strings.Contains(p.English().Detail, "does not allow Daypass to end the session") {
				t.Fatalf("said: %+v", p)
			}
			wholeWords(t, *p)
			h.r.set(nil)
			time.Sleep(31 * time.Second)
			if b.is("lake", session.SignedOut); h.hasFile() {
				t.Fatal("it is not wiped when it can be")
			}
		})
		h.run(func(b *bench) { <-b.Ready(); b.is("lake", session.SignedOut) })
	})
}

// A stored session is not sent to another service.
func TestRestart_storedSessionIsOfOneService(t *testing.T) {
	atHome(t, nil, func(h *home) {
		h.run(func(b *bench) { b.signIn() })
		files := connection.Open(filepath.Join(h.dir, "connections"))
		def, err := files.Get("lake")
		if err != nil {
			t.Fatal(err)
		}
		def.Provider.Issuer = "https://evil.example"
		if _, err := files.Save(def); err != nil {
			t.Fatal(err)
		}
		h.run(func(b *bench) { <-b.Ready(); b.is("lake", session.SignedOut) })
		if h.hasFile() || h.w.refreshes != 0 {
			t.Fatalf("the session is still stored: %v; refreshes: %d", h.hasFile(), h.w.refreshes)
		}
	})
}

// That a sign-in is needed is still known after a restart.
func TestRestart_keepsNeedsSignIn(t *testing.T) {
	atHome(t, nil, func(h *home) {
		h.run(func(b *bench) {
			b.signIn()
			h.w.set(func() { h.w.loginErr = auth.ErrSignInAgain })
			time.Sleep(50 * time.Minute)
			b.is("lake", session.NeedsSignIn)
		})
		requested := h.w.refreshes
		h.run(func(b *bench) {
			<-b.Ready()
			s := b.is("lake", session.NeedsSignIn)
			if s.Problem == nil || s.Problem.Code != "login-again" || !s.HasCredentials(time.Now()) {
				t.Fatalf("%+v", s)
			}
			time.Sleep(time.Hour)
			b.is("lake", session.NeedsSignIn)
		})
		if h.w.refreshes != requested {
			t.Fatal("a refresh token that has ended was sent again")
		}
	})
}
