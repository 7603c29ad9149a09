package agent

import (
	"context"
	"errors"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"daypass/app/messages"
	"daypass/app/retry"
)

// startTimeout is how long all of Ensure may take.
const startTimeout = 30 * time.Second

// StartFunc starts an agent in a process of its own and returns at once. The channel gives the
// error with which that process ended, should it end while somebody waits.
type StartFunc func() (ended <-chan error, err error)

// Ensure connects to the agent, starting one by start where none runs. However many programs call
// it at the same time, one agent is started.
//
// version is the caller's own. An older agent is asked to end first, and a new one is started. An
// agent that is as new or newer, or whose age cannot be told, is used as it is if it speaks our
// protocol; otherwise Ensure fails with ErrOtherProtocol. So two programs of different versions
// never take turns in ending each other's agent, and of what was started any version is accepted.
func Ensure(ctx context.Context, start StartFunc, version string) (*Client, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	p, err := findSocketDir()
	if err != nil {
		return nil, err
	}
	c, err := locate(ctx)
	if err == nil && !c.outdated(version) {
		return c.understood()
	}
	if err != nil && !errors.Is(err, ErrNotRunning) {
		return nil, err
	}
	if err == nil {
		c.Close()
	}
	return startOne(ctx, p, start, version)
}

// startOne starts an agent while holding the lock that lets one program at a time do so.
func startOne(ctx context.Context, p socketDir, start StartFunc, version string) (*Client, error) {
	if err := p.make(); err != nil {
		return nil, err
	}
	lock := newLock(p.startLock())
	if _, err := lock.TryLockContext(ctx, 20*time.Millisecond); err != nil {
		return nil, messages.NewError(err, "agent.error.starting")
	}
	defer lock.Close()
	c, err := locate(ctx)
	switch {
	case err == nil && !c.outdated(version):
		return c.understood() // somebody was faster
	case err == nil:
		if err := c.replace(ctx); err != nil {
			return nil, err
		}
	case !errors.Is(err, ErrNotRunning):
		return nil, err
	}
	ended, err := start()
	if err != nil {
		return nil, messages.NewError(err, "agent.error.not-started")
	}
	return await(ctx, ended)
}

// await waits until the agent that was started answers.
func await(ctx context.Context, ended <-chan error) (*Client, error) {
	backoff := retry.Backoff{First: 4 * time.Millisecond, Max: 100 * time.Millisecond}
	for {
		c, err := locate(ctx)
		if err == nil {
			return c.understood()
		}
		select {
		case end := <-ended:
			return lastTry(ctx, end)
		case <-ctx.Done():
			return nil, messages.NewError(ctx.Err(), "agent.error.started-silent")
		case <-time.After(backoff.Next()):
		}
	}
}

// lastTry is for an agent that ended at once: because another has the socket directory, or because it cannot run.
func lastTry(ctx context.Context, end error) (*Client, error) {
	c, err := locate(ctx)
	if err != nil {
		return nil, messages.NewError(end, "agent.error.started-ended")
	}
	return c.understood()
}

// outdated reports whether the agent is older than this program.
func (c *Client) outdated(version string) bool {
	if c.info.Protocol == Protocol && c.info.Version == version {
		return false
	}
	return newer(Info{Version: version, Committed: committed(), Protocol: Protocol}, c.info)
}

// newer reports whether a is surely newer than b: by protocol, by version number, by commit.
func newer(a, b Info) bool {
	if a.Protocol != b.Protocol {
		return a.Protocol > b.Protocol
	}
	x, okX := versionNumber(a.Version)
	y, okY := versionNumber(b.Version)
	if okX && okY && x != y {
		return x[0] > y[0] || x[0] == y[0] && (x[1] > y[1] || x[1] == y[1] && x[2] > y[2])
	}
	return !b.Committed.IsZero() && a.Committed.After(b.Committed)
}

// versionNumber reads v1.2.3, with or without the v and with anything after a hyphen.
func versionNumber(s string) (n [3]int, ok bool) {
	s, _, _ = strings.Cut(strings.TrimPrefix(s, "v"), "-")
	parts := strings.Split(s, ".")
	if len(parts) != len(n) {
		return n, false
	}
	for i, part := range parts {
		var err error
		if n[i], err = strconv.Atoi(part); err != nil {
			return n, false
		}
	}
	return n, true
}

// committed is the time of the commit that this program was built from, or zero.
func committed() time.Time {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return time.Time{}
	}
	for _, s := range build.Settings {
		if s.Key == "vcs.time" {
			at, _ := time.Parse(time.RFC3339, s.Value)
			return at
		}
	}
	return time.Time{}
}
