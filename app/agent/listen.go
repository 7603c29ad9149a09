package agent

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"daypass/app/agent/rundir"
	"daypass/app/agent/transport"
	"daypass/app/durable"
	"daypass/app/messages"
	"daypass/app/retry"
	"daypass/app/vault"
)

// ErrRunning means that the user has an agent already.
var ErrRunning = errors.New("a Daypass agent is running already")

// handOver is how long a new agent waits for one that has closed its socket and is still saying
// good-bye to providers.
const handOver = 10 * time.Second

// Listener is the socket directory of a user's one agent: the lock of the stored sessions, and a socket with a lock of
// its own. The process that has it may own the sessions. The socket may move: see Serve.
type Listener struct {
	sessions *flock.Flock // nil where there is no folder for the sessions
	home     socketDir    // where the socket belongs

	mu        sync.Mutex
	socketDir socketDir // where it is
	lock      *flock.Flock
	// lockFile is the lock as it was made, to be recognized.
	lockFile fs.FileInfo
	socket   *transport.Listener
	closed   bool
}

// Listen takes the socket directory, or fails with ErrRunning where another agent has it. It waits up to ten seconds
// for an agent that is about to end.
func Listen(ctx context.Context) (*Listener, error) {
	p, err := findSocketDir()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, handOver)
	defer cancel()
	l := &Listener{home: p}
	if l.sessions, err = takeSessions(ctx); err != nil {
		return nil, err
	}
	if err := l.take(ctx, p); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// SessionsLock is the lock of the stored sessions, for vault.UseLock; nil where there is none.
func (l *Listener) SessionsLock() *flock.Flock { return l.sessions }

// takeSessions takes the lock of the stored sessions. Where there can be no such lock, the agent works without.
func takeSessions(ctx context.Context) (*flock.Flock, error) {
	dir, err := rundir.StateDir()
	if err != nil {
		return nil, nil // no folder, no lock
	}
	var lock *flock.Flock
	err = awaitLock(ctx, func() (bool, error) {
		var err error
		lock, err = vault.TakeLock(dir)
		if errors.Is(err, vault.ErrInUse) {
			return false, nil
		}
		return true, nil // the vault reports why it cannot be used
	})
	return lock, err
}

// take takes the lock and the socket in p.
func (l *Listener) take(ctx context.Context, p socketDir) error {
	if err := p.make(); err != nil {
		return err
	}
	lock := newLock(p.lock())
	if err := awaitLock(ctx, lock.TryLock); err != nil {
		return errors.Join(err, lock.Close())
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.socketDir, l.lock = p, lock
	if err := l.leaveNote(p); err != nil { // before anybody can connect
		return err
	}
	socket, err := bind(p)
	if err != nil {
		return err
	}
	l.socket = socket
	l.recognize()
	return nil
}

// recognize notes what the lock is, so that another of the same name is not taken for it.
func (l *Listener) recognize() {
	l.lockFile, _ = os.Lstat(l.socketDir.lock()) // one that is gone already is made again
}

// leaveNote writes beside the stored sessions that the agent is in p.
func (l *Listener) leaveNote(p socketDir) error {
	if l.sessions == nil {
		return nil
	}
	dir, err := rundir.StateDir()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	r := rundir.Running{Dir: p.dir, PID: os.Getpid(), Started: rundir.StartOf(os.Getpid())}
	if err := durable.WriteFile(rundir.RunningPath(dir), r.Text()); err != nil {
		return messages.NewError(err, "agent.error.note-not-written")
	}
	return nil
}

// awaitLock tries to get a lock until ctx ends. It gives up with ErrRunning as soon as an agent answers.
func awaitLock(ctx context.Context, try func() (bool, error)) error {
	for {
		got, err := try()
		if got {
			return nil
		}
		if err != nil {
			return messages.NewError(err, "agent.error.not-locked")
		}
		if listens(ctx) {
			return ErrRunning
		}
		if retry.Sleep(ctx, 50*time.Millisecond) != nil {
			return messages.NewError(ErrRunning, "agent.error.running-silent")
		}
	}
}

// listens reports whether an agent listens where one can be found.
func listens(ctx context.Context) bool {
	dirs, _ := rundir.Dirs()
	for _, dir := range dirs {
		if conn, err := transport.Dial(ctx, dir); err == nil {
			_ = conn.Close()
			return true
		}
	}
	return false
}

func newLock(path string) *flock.Flock { return flock.New(path, flock.SetPermissions(0o600)) }

// bind begins to listen in p. Only the holder of the lock may call it.
func bind(p socketDir) (*transport.Listener, error) {
	l, err := transport.Listen(p.dir)
	if err != nil {
		return nil, messages.NewError(err, "agent.error.no-socket")
	}
	return l, nil
}

// Close releases the socket directory: the socket first, then the locks. Close it after the sessions have ended.
func (l *Listener) Close() error {
	err := l.closeSocket()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sessions != nil {
		if dir, dirErr := rundir.StateDir(); dirErr == nil {
			_ = os.Remove(rundir.RunningPath(dir))
		}
		err = errors.Join(err, l.sessions.Close())
	}
	if l.lock != nil {
		err = errors.Join(err, l.lock.Close())
	}
	return err
}

// closeSocket ends listening for good.
func (l *Listener) closeSocket() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	if l.socket == nil {
		return nil
	}
	if err := l.socket.Close(); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}
