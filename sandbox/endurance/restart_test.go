package endurance

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"daypass/sandbox/faults"
	"daypass/sandbox/headless"
)

// open fails the test unless the keys that the agent issues open the storage.
func (p *user) open(id string) headless.Keys {
	p.t.Helper()
	k, err := p.Keys(p.ctx, id)
	p.must(err)
	p.must(list(p.ctx, k))
	return k
}

func list(ctx context.Context, k headless.Keys) error {
	u, err := url.Parse(stand.Sandbox.Endpoint)
	if err != nil {
		return err
	}
	client, err := minio.New(u.Host, &minio.Options{Creds: credentials.NewStaticV4(k.AccessKeyID, k.SecretAccessKey, k.SessionToken)})
	if err != nil {
		return err
	}
	_, err = client.ListBuckets(ctx)
	return err
}

// A restart needs no browser, and no network while the credentials are valid.
func TestRestart_needsNoBrowser(t *testing.T) {
	p := newUser(t, headless.Options{})
	p.start()
	p.signIn("lake")
	before := p.open("lake")
	p.must(p.Stop())

	for _, proxy := range []*faults.Proxy{stand.Dex, stand.MinIO} {
		p.must(proxy.Set(faults.Refused))
		t.Cleanup(func() { _ = proxy.Set(faults.None) })
	}
	p.start()
	if after := p.open("lake"); after != before {
		t.Fatalf("other keys after a restart without a network: %v, %v", after.ExpiresAt, before.ExpiresAt)
	}
	p.Kill()
	p.start()
	p.open("lake")
	p.must(stand.Dex.Set(faults.None))
	p.must(stand.MinIO.Set(faults.None))
	p.until("lake", "a renewal", func(s headless.Session) bool { return s.Renewals > 0 && s.Phase == "active" })
	p.open("lake")
}

// A computer that sleeps past the end of its keys has new ones as soon as it wakes.
func TestSleep_renewsOnWake(t *testing.T) {
	t.Parallel()
	p := newUser(t, headless.Options{})
	p.start()
	p.signIn("lake")
	before := p.active("lake")
	p.must(syscall.Kill(p.PID(), syscall.SIGSTOP))
	time.Sleep(time.Until(before.ExpiresAt.Add(2 * time.Second)))
	p.must(syscall.Kill(p.PID(), syscall.SIGCONT))
	woke := time.Now()
	p.until("lake", "new keys", func(s headless.Session) bool { return s.Renewals > before.Renewals && s.Phase == "active" })
	if took := time.Since(woke); took > 10*time.Second {
		t.Errorf("new keys after %v", took)
	}
	p.open("lake")
	p.opensNoBrowser(1)
}

// childVariable makes this test program one of fifty that ask for a renewal.
const childVariable = "RENEW_AT"

func init() {
	if dir := os.Getenv(childVariable); dir != "" {
		if err := headless.Ask(context.Background(), dir, "lake", "renew"); err != nil {
			os.Stderr.WriteString(err.Error())
			os.Exit(1)
		}
		os.Exit(0)
	}
}

// Fifty processes cause one refresh.
func TestRule24_fiftyProcessesOneRefresh(t *testing.T) {
	p := newUser(t, headless.Options{})
	p.start()
	p.signIn("lake")
	time.Sleep(6 * time.Second) // keys that are seconds old are not renewed
	before := len(refreshes(0))
	fifty(t, func(int) *exec.Cmd {
		cmd := p.Command(t.Context(), os.Args[0])
		cmd.Env = append(cmd.Env, childVariable+"="+p.Dir)
		return cmd
	})
	p.until("lake", "the renewal", func(s headless.Session) bool { return s.Renewals == 1 && s.Phase == "active" })
	if n := len(refreshes(before)); n != 1 {
		t.Fatalf("fifty processes made %d refreshes", n)
	}
}

// Fifty programs that find no agent start one, which takes the session up and renews it once.
func TestRule24_fiftyProcessesColdStart(t *testing.T) {
	p := newUser(t, headless.Options{})
	p.start()
	p.signIn("lake")
	p.must(p.Stop())
	time.Sleep(tokenLife) // the keys have ended
	before := len(refreshes(0))
	fifty(t, func(int) *exec.Cmd { return p.Command(t.Context(), p.Program, "status", "--json") })
	p.active("lake")
	if n := len(refreshes(before)); n != 1 {
		t.Fatalf("fifty processes made %d refreshes", n)
	}
	quit := p.Command(t.Context(), p.Program, "quit")
	if out, err := quit.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

func fifty(t *testing.T, command func(int) *exec.Cmd) {
	t.Helper()
	var all sync.WaitGroup
	for n := range 50 {
		cmd := command(n)
		all.Go(func() {
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	all.Wait()
}

// Signing out revokes the credentials and wipes the file.
func TestRule33_signOutRevokesAndWipes(t *testing.T) {
	p := newUser(t, headless.Options{})
	other := newUser(t, headless.Options{})
	other.who = p.who // at another computer
	for _, one := range []*user{p, other} {
		one.start()
		one.signIn("lake")
	}
	keys, theirs := p.open("lake"), other.open("lake")
	if _, err := os.Stat(p.Path("state", "sessions.vault")); err != nil {
		t.Fatal(err)
	}
	p.must(p.Do(p.ctx, "lake", "sign-out"))
	s := p.until("lake", "what is left to say", func(s headless.Session) bool { return s.Phase == "signed-out" && s.Problem != nil })
	if s.Problem.Code != "sign-out-incomplete" || !strings.Contains(s.Problem.Detail, "does not allow Daypass to end the session") ||
		strings.Contains(s.Problem.Detail, "valid until") { // Dex revokes no tokens, MinIO ends its keys
		t.Errorf("said: %s", s.Problem.Detail)
	}
	if err := list(p.ctx, keys); err == nil {
		t.Error("the keys still work")
	}
	if err := list(p.ctx, theirs); err != nil {
		t.Errorf("the keys of the other computer are gone too: %v", err)
	}
	p.must(headless.Until(p.ctx, "the vault to be removed", func() bool {
		_, err := os.Stat(p.Path("state", "sessions.vault"))
		return os.IsNotExist(err)
	}))
	p.must(p.Stop())
	p.start()
	if s := p.session("lake"); s.Phase != "signed-out" {
		t.Errorf("after a restart: %s", s.Phase)
	}
}
