package endurance

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"daypass/sandbox/faults"
	"daypass/sandbox/headless"
)

// fragile builds the agent with the tag that lets it be killed at each step of a write.
func fragile(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "daypass")
	cmd := exec.Command("go", "build", "-tags", "crashpoints", "-o", program, "./cmd/daypass")
	cmd.Dir = filepath.Join("..", "..")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return program
}

// The writes of an agent that takes its session up and renews it: the note of where it runs, the session as it was taken up, the
// rotated token, the tokens that came with it, the keys.
const (
	writeToken  = 3
	writeTokens = 4
	writeKeys   = 5
)

// crash is one way of killing the agent in the middle of a renewal.
type crash struct {
	name string
	// step and write are where the agent kills itself; or moment and path where the proxy kills it.
	step   string
	write  int
	moment faults.Moment
	path   string
	// unheard is true where the provider's answer had not reached the disk: then the token before is
	// all there is to go on with.
	unheard bool
}

func crashes() []crash {
	var all []crash
	steps := []string{"begun", "temp-made", "temp-written", "temp-synced", "renamed", "folder-synced"}
	for n, step := range steps {
		for _, write := range []int{writeToken, writeTokens, writeKeys} {
			all = append(all, crash{
				name: fmt.Sprintf("write %d, %s", write, step), step: step, write: write,
				unheard: write == writeToken && n < 4, // renaming is what makes it durable
			})
		}
	}
	for _, moment := range []faults.Moment{faults.Arrived, faults.Done, faults.Delivered} {
		all = append(all,
			crash{name: "Dex, " + string(moment), moment: moment, path: headless.TokenPath, unheard: true},
			crash{name: "MinIO, " + string(moment), moment: moment, path: "/"})
	}
	return all
}

// Wherever in a renewal the agent is killed, the next one goes on: without a browser, and without
// sending a token whose successor has reached the disk.
func TestRule24_killedDuringRenewal(t *testing.T) {
	p := newUser(t, headless.Options{Program: fragile(t)})
	p.start()
	p.signIn("lake")
	for _, c := range crashes() {
		t.Run(c.name, func(t *testing.T) {
			p.t = t
			p.survive(c)
		})
		if t.Failed() {
			break
		}
	}
	p.t = t
	p.opensNoBrowser(1)
}

func (p *user) survive(c crash) {
	t := p.t
	p.must(p.Stop())
	p.start(fmt.Sprintf("DAYPASS_CRASH_AT=%s:%d", c.step, c.write))
	before := p.active("lake")
	sent := len(refreshes(0))
	time.Sleep(time.Until(before.IssuedAt.Add(tooFresh + 200*time.Millisecond)))
	p.arm(c)
	p.must(p.Do(p.ctx, "lake", "renew"))
	select {
	case <-p.Ended():
	case <-time.After(headless.Timeout):
		t.Fatal("the agent was not killed")
	}
	stand.Dex.Watch(nil)
	stand.MinIO.Watch(nil)

	p.start()
	if s := p.session("lake"); s.Identity == "" || s.Phase == "signed-out" || s.Phase == "needs-sign-in" {
		t.Fatalf("after the restart: %+v, %+v", s, s.Problem)
	}
	p.open("lake")
	restored := p.session("lake")
	p.until("lake", "a renewal after the restart", func(s headless.Session) bool {
		if time.Since(s.IssuedAt) > tooFresh {
			_ = p.Do(p.ctx, "lake", "renew")
		}
		return s.Renewals > restored.Renewals && s.Phase == "active"
	})
	p.open("lake")
	n := replays(refreshes(sent))
	if n > 0 && !c.unheard {
		t.Errorf("%d spent tokens were sent", n)
	}
	if n == 0 && c.unheard && c.step != "" {
		t.Error("the token before was not sent again: this was not the write of the rotated token")
	}
}

// arm has the proxies kill the agent where c says so.
func (p *user) arm(c crash) {
	if c.moment == "" {
		return
	}
	kill := func(m faults.Moment, r *http.Request) bool {
		if m == c.moment && r.Method == http.MethodPost && r.URL.Path == c.path {
			p.Kill()
		}
		return true
	}
	if c.path == headless.TokenPath {
		stand.Dex.Watch(kill)
	} else {
		stand.MinIO.Watch(kill)
	}
}

// replays counts the tokens that were sent once more after their successor had been given out.
func replays(all []headless.Refresh) int {
	spent, n := map[string]bool{}, 0
	for _, r := range all {
		if spent[r.Sent] {
			n++
		}
		if r.Got != "" && r.Got != r.Sent {
			spent[r.Sent] = true
		}
	}
	return n
}
