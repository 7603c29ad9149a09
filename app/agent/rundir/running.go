package rundir

import (
	"errors"
	"os"
	"strconv"
	"strings"
)

// Running is what the agent that has the stored sessions leaves beside them, so that programs of another
// environment find it: those of cron, of su and of services have no XDG_RUNTIME_DIR, and a runtime
// folder can disappear.
type Running struct {
	// Dir is the folder of its socket.
	Dir string
	// PID is its process, and Started when that started, as StartOf writes it.
	PID     int
	Started string
}

const (
	runningName  = "agent.running"
	runningTitle = "daypass agent 1"
)

// RunningPath is the path of the file with a Running, in a state folder.
func RunningPath(stateDir string) string { return join(stateDir, runningName) }

// Text is r as it stands in its file.
func (r Running) Text() []byte {
	return []byte(strings.Join([]string{runningTitle, r.Dir, strconv.Itoa(r.PID), r.Started, ""}, "\n"))
}

var errNoRunning = errors.New("no agent has left a note of where it is")

// ReadRunning reads the file in a state folder. Nobody but the user may have written it.
func ReadRunning(stateDir string) (Running, error) {
	path := RunningPath(stateDir)
	info, err := os.Lstat(path)
	if err != nil {
		return Running{}, err
	}
	if !info.Mode().IsRegular() || info.Size() > 8<<10 {
		return Running{}, errNoRunning
	}
	if err := CheckOwner(info, os.Getuid()); err != nil {
		return Running{}, err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return Running{}, err
	}
	lines := strings.Split(string(text), "\n")
	if len(lines) != 5 || lines[0] != runningTitle || !isAbs(lines[1]) {
		return Running{}, errNoRunning
	}
	pid, err := strconv.Atoi(lines[2])
	if err != nil || pid <= 1 {
		return Running{}, errNoRunning
	}
	return Running{Dir: clean(lines[1]), PID: pid, Started: lines[3]}, nil
}

// Dirs returns the folders in which the agent may be found: the one of this environment and, where it is
// another one, that of the agent which has the stored sessions. An error is about the first.
func Dirs() ([]string, error) {
	dir, err := FindSocket()
	if err != nil {
		return nil, err
	}
	dirs := []string{dir}
	if state, err := StateDir(); err == nil {
		if r, err := ReadRunning(state); err == nil && r.Dir != dir {
			dirs = append(dirs, r.Dir)
		}
	}
	return dirs, nil
}
