package endurance

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"daypass/sandbox/headless"
)

const (
	// fewDescriptors are enough for an agent, and can be used up.
	fewDescriptors = 96
	hogs           = 3 * fewDescriptors
)

// limited is a program that starts daypass with few descriptors.
func limited(t *testing.T) string {
	t.Helper()
	program, err := filepath.Abs(daypass)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "daypass")
	script := fmt.Sprintf("#!/bin/sh\nulimit -n %d && exec '%s' \"$@\"\n", fewDescriptors, program)
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// hog holds as many connections to the agent's socket as it can until ctx ends, each with half a request, and makes
// those that the agent closes again. held tells once all have been made.
func (p *user) hog(ctx context.Context) (held <-chan struct{}, over func()) {
	var all, first sync.WaitGroup
	first.Add(hogs)
	for range hogs {
		all.Go(func() {
			once := sync.OnceFunc(first.Done)
			for ctx.Err() == nil {
				holdOne(ctx, p.Path("run", "daypass", "agent.sock"), once)
			}
		})
	}
	made := make(chan struct{})
	go func() { first.Wait(); close(made) }()
	return made, all.Wait
}

func holdOne(ctx context.Context, socket string, made func()) {
	conn, err := new(net.Dialer).DialContext(ctx, "unix", socket)
	if err != nil {
		return // the system's queue is full, too
	}
	defer conn.Close()
	made()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	if _, err := conn.Write([]byte("GET /v1/agent HTTP/1.1\r\nHost: ")); err == nil {
		_, _ = conn.Read(make([]byte, 1)) // until the agent has had enough
	}
}

// renewals follows a session from now on; its function returns when there was a renewal more.
func (p *user) renewals(id string) (await func()) {
	p.t.Helper()
	ctx, end := context.WithTimeout(p.ctx, 2*tokenLife) // by when one is overdue
	p.t.Cleanup(end)
	lines := p.follow(ctx)
	count := func() int {
		for {
			var s headless.Snapshot
			if err := lines.Decode(&s); err != nil {
				p.t.Fatalf("the agent ends the watch: %v", err)
			}
			for _, one := range s.Sessions {
				if one.ID == id {
					return one.Renewals
				}
			}
		}
	}
	before := count()
	return func() {
		for count() == before {
		}
	}
}

func (p *user) follow(ctx context.Context) *json.Decoder {
	p.t.Helper()
	answer, err := p.Open(ctx, "/v1/watch")
	p.must(err)
	p.t.Cleanup(func() { _ = answer.Body.Close() })
	if answer.StatusCode != http.StatusOK {
		p.t.Fatal(answer.Status)
	}
	return json.NewDecoder(answer.Body)
}

// A program that takes every connection to the socket keeps no rotated refresh token from the disk (rules 24 and 45): the
// session goes on after a crash, though the provider takes the token before no longer.
func TestRule45_tokenIsStoredDespiteManyConnections(t *testing.T) {
	t.Parallel()
	p := newUser(t, headless.Options{Program: limited(t)})
	p.start()
	p.signIn("lake")
	p.active("lake")
	renewed := p.renewals("lake")
	ctx, end := context.WithCancel(p.ctx)
	held, over := p.hog(ctx)
	<-held
	renewed()
	p.Kill()
	end()
	over()
	p.start()
	p.active("lake")
	p.must(p.Do(p.ctx, "lake", "renew"))
	p.until("lake", "a renewal with the token that was stored", func(s headless.Session) bool { return s.Phase == "active" && s.Renewals > 0 })
}
