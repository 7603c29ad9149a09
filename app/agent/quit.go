package agent

import (
	"context"
	"errors"
	"os"
	"strconv"
	"syscall"
	"time"

	"daypass/app"
	"daypass/app/agent/rundir"
	"daypass/app/messages"
	"daypass/app/retry"
	"daypass/app/vault"
)

// lockPause is between two attempts to get a lock.
const lockPause = 20 * time.Millisecond

// Quit asks the agent that runs, whatever its version, to end, and returns when another may start. One
// that has the stored sessions and no socket is ended by its process ID. ErrNotRunning when there is none.
func Quit(ctx context.Context) error {
	c, err := locate(ctx)
	if errors.Is(err, ErrNotRunning) {
		return endSilent(ctx)
	}
	if err != nil {
		return err
	}
	return c.Quit(ctx)
}

// Quit implements app.Quitter: it returns when the agent has closed its socket.
func (c *Client) Quit(ctx context.Context) error { return c.end(ctx, pathQuit) }

// replace ends the agent so that another may start. Its window stays, and goes on with that one.
func (c *Client) replace(ctx context.Context) error { return c.end(ctx, pathQuit+"?"+replaceQuery) }

func (c *Client) end(ctx context.Context, path string) error {
	if _, err := c.do(ctx, "POST", path, nil); err != nil && !errors.Is(err, app.ErrStopped) {
		return err
	}
	c.Close()
	lock := newLock(c.socketDir.lock())
	if _, err := lock.TryRLockContext(ctx, lockPause); err != nil {
		return errors.Join(messages.NewError(err, "agent.error.not-ended"), lock.Close())
	}
	return lock.Close()
}

// endSilent ends the agent that has the stored sessions and does not answer: who that is stands beside
// them. The process must be the one that wrote it.
func endSilent(ctx context.Context) error {
	dir, err := rundir.StateDir()
	if err != nil {
		return ErrNotRunning
	}
	lock, err := vault.TakeLock(dir)
	if err == nil {
		return errors.Join(ErrNotRunning, lock.Close())
	}
	if !errors.Is(err, vault.ErrInUse) {
		return ErrNotRunning
	}
	r, err := rundir.ReadRunning(dir)
	if err != nil || r.Started == "" || rundir.StartOf(r.PID) != r.Started {
		return messages.NewError(nil, "agent.error.silent-unknown")
	}
	process, err := os.FindProcess(r.PID)
	if err == nil {
		err = process.Signal(syscall.SIGTERM)
	}
	if err != nil {
		return messages.NewError(err, "agent.error.cannot-end", "Process", strconv.Itoa(r.PID))
	}
	return awaitFree(ctx, dir)
}

// awaitFree waits until nobody has the stored sessions.
func awaitFree(ctx context.Context, stateDir string) error {
	for {
		lock, err := vault.TakeLock(stateDir)
		if err == nil {
			return lock.Close()
		}
		if err := retry.Sleep(ctx, lockPause); err != nil {
			return messages.NewError(err, "agent.error.not-ended")
		}
	}
}
