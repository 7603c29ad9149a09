package agent

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"time"

	"github.com/gofrs/flock"
)

// ErrRunning means that the person has an agent already.
var ErrRunning = errors.New("a Daypass agent is running already")

// handOver is how long a new agent waits for one that has closed its socket and is still saying
// good-bye to providers.
const handOver = 10 * time.Second

// Listener is the place of a person's one agent: its lock and its socket. Whoever has it may own
// the sessions.
type Listener struct {
	place  place
	lock   *flock.Flock
	socket *net.UnixListener
}

// Listen takes the place, or fails with ErrRunning where somebody has it. It waits up to ten seconds
// for an agent that is about to end.
func Listen(ctx context.Context) (*Listener, error) {
	p, err := findPlace()
	if err != nil {
		return nil, err
	}
	if err := p.make(); err != nil {
		return nil, err
	}
	lock, err := takeLock(ctx, p)
	if err != nil {
		return nil, err
	}
	socket, err := bind(p.socket())
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return &Listener{p, lock, socket}, nil
}

func takeLock(ctx context.Context, p place) (*flock.Flock, error) {
	ctx, cancel := context.WithTimeout(ctx, handOver)
	defer cancel()
	lock := newLock(p.lock())
	for {
		got, err := lock.TryLock()
		if got {
			return lock, nil
		}
		if err != nil {
			return nil, fmt.Errorf("the agent's lock cannot be taken: %w", err)
		}
		if conn, err := net.Dial("unix", p.socket()); err == nil {
			_ = conn.Close()
			return nil, errors.Join(ErrRunning, lock.Close())
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return nil, errors.Join(fmt.Errorf("%w, but does not answer", ErrRunning), lock.Close())
		}
	}
}

func newLock(path string) *flock.Flock { return flock.New(path, flock.SetPermissions(0o600)) }

// pause waits for d, or fails when ctx ends first.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// bind binds the socket for its owner alone. Only the holder of the lock may call it: what lies
// there is then left over from an agent that was killed. Until Chmod, the folder keeps others out.
func bind(path string) (*net.UnixListener, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("an old socket is in the way: %w", err)
	}
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		return nil, fmt.Errorf("the agent's socket cannot be made: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// Close gives the place up: the socket first, then the lock. Close it after the sessions have ended.
func (l *Listener) Close() error {
	err := l.socket.Close()
	if errors.Is(err, net.ErrClosed) {
		err = nil // Serve has closed it
	}
	return errors.Join(err, l.lock.Close())
}
