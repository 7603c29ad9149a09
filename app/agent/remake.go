package agent

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"

	"daypass/app/agent/rundir"
	"daypass/app/agent/transport"
	"daypass/app/dirwatch"
	"daypass/app/retry"
	"daypass/app/schedule"
)

// watchSocket makes the socket again whenever it disappears, until ctx ends: the end of another session of
// the user or a cleaner of temporary files may take its folder away. It looks at every beat besides: not every
// way of losing a folder is told, and none where its file system is taken away.
func (l *Listener) watchSocket(ctx context.Context, log *slog.Logger) {
	watcher := dirwatch.New()
	defer watcher.Close()
	beat := time.NewTimer(0)
	defer beat.Stop()
	for {
		l.restore(ctx, watcher, log)
		beat.Reset(schedule.UntilBeat(time.Now()))
		select {
		case <-ctx.Done():
			return
		case <-watcher.C:
		case <-beat.C:
		}
	}
}

// maxRemakePause bounds the pause between two attempts to make the socket again.
const maxRemakePause = 10 * time.Second

// homeTries is how many attempts to make the socket where it belongs come before another folder is taken:
// the program that removes the folder may still be at work.
const homeTries = 6

// restore returns when the socket is there and its folder is watched, or ctx has ended.
func (l *Listener) restore(ctx context.Context, w *dirwatch.Watcher, log *slog.Logger) {
	backoff := retry.Backoff{First: 10 * time.Millisecond, Max: maxRemakePause}
	for try := 1; ; try++ {
		w.Watch(l.dir())
		if l.isThere() { // after the watch has begun, so that nothing is missed
			return
		}
		err := l.remake(try > homeTries)
		if err == nil {
			log.Warn("the agent's socket had disappeared and is made again", "folder", l.dir())
			continue
		}
		if try > homeTries {
			log.Error("the agent's socket has disappeared and cannot be made again", "error", err)
		}
		if retry.Sleep(ctx, backoff.Next()) != nil {
			return
		}
	}
}

func (l *Listener) dir() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.socketDir.dir
}

// isThere reports whether the socket, its lock and the note are where programs find them.
func (l *Listener) isThere() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed || l.socket.IsThere() && l.hasLock(l.socketDir) && l.isNoted()
}

func (l *Listener) isNoted() bool {
	dir, err := rundir.StateDir()
	if l.sessions == nil || err != nil {
		return true
	}
	r, err := rundir.ReadRunning(dir)
	return err == nil && r.Dir == l.socketDir.dir && r.PID == os.Getpid()
}

// hasLock reports whether the lock in p is the one that was made there.
func (l *Listener) hasLock(p socketDir) bool {
	info, err := os.Lstat(p.lock())
	return p == l.socketDir && err == nil && l.lockFile != nil && os.SameFile(info, l.lockFile)
}

// remake makes the socket again where it belongs or, if elsewhere is true and that cannot be, among the
// temporary files. Programs find it there by the note beside the stored sessions.
func (l *Listener) remake(elsewhere bool) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil
	}
	err := l.move(l.home)
	if err != nil && elsewhere && l.sessions != nil && l.move(socketDir{rundir.Fallback()}) == nil {
		return nil
	}
	return err
}

// move makes lock and socket in p and gives the old ones up. The caller holds mu.
func (l *Listener) move(p socketDir) error {
	if err := p.make(); err != nil {
		return err
	}
	lock := l.lock
	if !l.hasLock(p) {
		lock = newLock(p.lock())
		if got, err := lock.TryLock(); err != nil || !got {
			return errors.Join(ErrRunning, err, lock.Close())
		}
	}
	err := l.leaveNote(p) // before anybody can connect
	var socket *transport.Listener
	if err == nil {
		socket, err = l.socketIn(p)
	}
	if err != nil {
		if lock != l.lock {
			err = errors.Join(err, lock.Close())
		}
		return err
	}
	if socket != l.socket {
		_ = l.socket.Abandon() // the name may be the new one's
	}
	if lock != l.lock {
		_ = l.lock.Close()
	}
	l.socketDir, l.lock, l.socket = p, lock, socket
	l.recognize()
	return nil
}

// socketIn returns the socket in p: the one that is there still, or a new one.
func (l *Listener) socketIn(p socketDir) (*transport.Listener, error) {
	if p == l.socketDir && l.socket.IsThere() {
		return l.socket, nil
	}
	return bind(p)
}

// accept takes the next connection, from whichever socket there is.
func (l *Listener) accept() (*transport.Conn, error) {
	for {
		l.mu.Lock()
		socket := l.socket
		l.mu.Unlock()
		conn, err := socket.Accept()
		if err == nil || !l.isReplaced(socket) {
			return conn, err
		}
	}
}

func (l *Listener) isReplaced(socket *transport.Listener) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.socket != socket
}
