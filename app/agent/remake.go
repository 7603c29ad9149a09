package agent

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"time"

	"daypass/app/agent/rundir"
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
	return l.closed || l.same(0, l.socketDir.socket()) && l.same(1, l.socketDir.lock()) && l.isNoted()
}

func (l *Listener) isNoted() bool {
	dir, err := rundir.StateDir()
	if l.sessions == nil || err != nil {
		return true
	}
	r, err := rundir.ReadRunning(dir)
	return err == nil && r.Dir == l.socketDir.dir && r.PID == os.Getpid()
}

// same reports whether the file at path is the one that was made there.
func (l *Listener) same(file int, path string) bool {
	info, err := os.Lstat(path)
	return err == nil && l.files[file] != nil && os.SameFile(info, l.files[file])
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
	if p != l.socketDir || !l.same(1, p.lock()) {
		lock = newLock(p.lock())
		if got, err := lock.TryLock(); err != nil || !got {
			return errors.Join(ErrRunning, err, lock.Close())
		}
	}
	err := l.leaveNote(p) // before anybody can connect
	var socket *net.UnixListener
	if err == nil {
		socket, err = bind(p.socket())
	}
	if err != nil {
		if lock != l.lock {
			err = errors.Join(err, lock.Close())
		}
		return err
	}
	l.socket.SetUnlinkOnClose(false) // the name may be the new one's
	_ = l.socket.Close()
	if lock != l.lock {
		_ = l.lock.Close()
	}
	l.socketDir, l.lock, l.socket = p, lock, socket
	l.recognize()
	return nil
}

// accept takes the next connection, from whichever socket there is.
func (l *Listener) accept() (*net.UnixConn, error) {
	for {
		l.mu.Lock()
		socket := l.socket
		l.mu.Unlock()
		conn, err := socket.AcceptUnix()
		if err == nil || !l.isReplaced(socket) {
			return conn, err
		}
	}
}

func (l *Listener) isReplaced(socket *net.UnixListener) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.socket != socket
}
