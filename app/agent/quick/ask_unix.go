//go:build unix

package quick

import (
	"errors"
	"io"
	"os"
	"syscall"

	"daypass/app/agent/rundir"
)

// timeout in seconds is how long the agent may take: its own timeout with a renewal that is
// overdue, and a little more.
const timeout = 5

// ownUID is who we are; somebody else in tests.
var ownUID = os.Getuid

// Ask asks the agent that runs for the credentials of a connection, for a tool of this name.
func Ask(name, tool string) (Answer, error) {
	dirs, err := rundir.Dirs()
	if err != nil {
		return Answer{}, err
	}
	result := ErrNoAgent
	for _, dir := range dirs {
		answer, err := askAt(dir, name, tool)
		switch {
		case errors.Is(err, rundir.ErrForeign): // a program that was first to make a shared folder blocks no other
			result = err
		case !errors.Is(err, ErrNoAgent):
			return answer, err
		}
	}
	return Answer{}, result
}

// askAt asks the agent whose socket is in dir.
func askAt(dir, name, tool string) (Answer, error) {
	if err := rundir.Check(dir); errors.Is(err, rundir.ErrForeign) {
		return Answer{}, err
	} else if err != nil {
		return Answer{}, ErrNoAgent
	}
	fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		return Answer{}, ErrNoAgent
	}
	socket := os.NewFile(uintptr(fd), "agent")
	defer socket.Close()
	limit := syscall.Timeval{Sec: timeout}
	_ = syscall.SetsockoptTimeval(fd, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &limit)
	_ = syscall.SetsockoptTimeval(fd, syscall.SOL_SOCKET, syscall.SO_SNDTIMEO, &limit)
	if err := syscall.Connect(fd, &syscall.SockaddrUnix{Name: rundir.Socket(dir)}); err != nil {
		return Answer{}, ErrNoAgent
	}
	if uid, err := rundir.PeerUID(fd); err != nil || rundir.CheckUID(uid, ownUID()) != nil {
		return Answer{}, errors.Join(rundir.ErrForeign, err)
	}
	if _, err := socket.Write(request(name, tool)); err != nil {
		return Answer{}, ErrBroken
	}
	text, err := readAll(socket)
	if err != nil {
		return Answer{}, ErrBroken
	}
	return parse(text)
}

func readAll(socket *os.File) ([]byte, error) {
	text := make([]byte, 0, 8<<10)
	for len(text) < maxAnswer {
		if len(text) == cap(text) {
			text = append(text, 0)[:len(text)]
		}
		n, err := socket.Read(text[len(text):cap(text)])
		text = text[:len(text)+n]
		if n == 0 || err != nil {
			return text, withoutEnd(err)
		}
	}
	return nil, ErrBroken
}

// withoutEnd is err, but for the end that every answer has.
func withoutEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
