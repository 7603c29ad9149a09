package endurance

import (
	"bytes"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"daypass/sandbox/faults"
	"daypass/sandbox/headless"
)

// tooFresh is the age up to which keys are not renewed on request.
const tooFresh = 5 * time.Second

// recovery is how soon a session must be well again after a fault: within 30 seconds, and what the request
// that is caught in it, this test's own looks and a busy machine may add.
const recovery = 35 * time.Second

// suffer has a renewal meet a fault, and checks that the session stays usable in it and is well soon
// after it, without anybody's help.
func (p *user) suffer(id string, fault faults.Fault, set func(faults.Fault) error) error {
	before, err := p.Session(p.ctx, id)
	if err != nil {
		return err
	}
	time.Sleep(time.Until(before.IssuedAt.Add(tooFresh + 500*time.Millisecond)))
	if err := set(fault); err != nil {
		return err
	}
	if err := p.Do(p.ctx, id, "renew"); err != nil {
		return err
	}
	met := p.await(id, "the fault to be met", func(s headless.Session) bool { return s.Failures > 0 })
	if met.Problem == nil || met.Problem.Title == "" || met.Problem.NextStep == "" {
		return fmt.Errorf("the fault is not told: %+v", met)
	}
	if time.Now().Before(met.ExpiresAt) {
		keys, err := p.Keys(p.ctx, id)
		if err != nil || list(p.ctx, keys) != nil || met.Phase != "active" && met.Phase != "renewing" {
			return fmt.Errorf("keys that still live are not usable in the fault: %v, %s", err, met.Phase)
		}
	}
	if err := set(faults.None); err != nil {
		return err
	}
	over := time.Now()
	well := p.await(id, "the session to be well", func(s headless.Session) bool {
		return s.Renewals > before.Renewals && s.Failures == 0 && s.Phase == "active"
	})
	if took := time.Since(over); well.Problem != nil || took > recovery {
		return fmt.Errorf("well %v after the fault: %+v, %+v", took, well, well.Problem)
	}
	return nil
}

// await is until for any goroutine; the last Session does not satisfy ok where it waited without success.
func (p *user) await(id, what string, ok func(headless.Session) bool) headless.Session {
	var last headless.Session
	if err := headless.Until(p.ctx, what, func() bool { last = p.session(id); return ok(last) }); err != nil {
		p.t.Errorf("%s: %v; last: %+v, %+v", id, err, last, last.Problem)
	}
	return last
}

func (p *user) opensNoBrowser(want int) {
	p.t.Helper()
	log, err := os.ReadFile(p.Path("browsed"))
	p.must(err)
	if n := bytes.Count(log, []byte("\n")); n != want {
		p.t.Errorf("the browser was opened %d times and not %d", n, want)
	}
}

// Each fault before MinIO, each for a session of its own, at the same time.
func TestStorageServer_faults(t *testing.T) {
	p := newUser(t, headless.Options{})
	proxies := make([]*faults.Proxy, len(faults.All()))
	for n := range proxies {
		var err error
		proxies[n], err = faults.Start(0, stand.Sandbox.Endpoint)
		p.must(err)
		t.Cleanup(func() { _ = proxies[n].Close() })
		p.connect(fmt.Sprintf("lake-%d", n), proxies[n])
	}
	p.start()
	for n := range proxies {
		p.must(p.SignIn(p.ctx, fmt.Sprintf("lake-%d", n), stand.People[n]))
	}
	var all sync.WaitGroup
	for n, fault := range faults.All() {
		all.Go(func() {
			if err := p.suffer(fmt.Sprintf("lake-%d", n), fault, proxies[n].Set); err != nil {
				t.Errorf("%s: %v", fault, err)
			}
		})
	}
	all.Wait()
	p.opensNoBrowser(len(proxies))
}

// Each fault before Dex, one after the other, for one session that goes through all of them.
func TestProvider_faults(t *testing.T) {
	p := newUser(t, headless.Options{})
	t.Cleanup(func() { _ = stand.Dex.Set(faults.None) })
	p.start()
	p.signIn("lake")
	for _, fault := range faults.All() {
		if err := p.suffer("lake", fault, stand.Dex.Set); err != nil {
			t.Errorf("%s: %v", fault, err)
		}
	}
	p.opensNoBrowser(1)
}

// A provider that has forgotten everybody ends the session, with one thing to say and keys that go on.
func TestProvider_forgottenSession(t *testing.T) {
	p := newUser(t, headless.Options{})
	p.start()
	p.signIn("lake")
	p.must(stand.Sandbox.StopDex())
	p.must(stand.Sandbox.StartDex(p.ctx))
	time.Sleep(tooFresh)
	p.must(p.Do(p.ctx, "lake", "renew"))
	s := p.until("lake", "the session to need its user", func(s headless.Session) bool { return s.Phase == "needs-sign-in" })
	if s.Problem == nil || s.Problem.Code != "login-again" || !time.Now().Before(s.ExpiresAt) {
		t.Fatalf("%+v, %+v", s, s.Problem)
	}
	before := len(refreshes(0))
	p.open("lake")
	p.must(p.Stop())
	p.start()
	if s := p.session("lake"); s.Phase != "needs-sign-in" || s.Problem == nil {
		t.Errorf("after a restart: %+v", s)
	}
	time.Sleep(3 * time.Second)
	if n := len(refreshes(before)); n != 0 {
		t.Errorf("the token was sent %d times more", n)
	}
	p.opensNoBrowser(1)
	p.signIn("lake")
	p.open("lake")
}
