package agent

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"daypass/app/connection"
	"daypass/app/messages"
)

// LogVariable is the environment variable that has a started agent write a log: its value is the
// level (debug, info, warn, error), and the file is LogPath. Without it nothing is written.
const LogVariable = "DAYPASS_AGENT_LOG"

// Command is the command of the daypass program that is the agent. Every program that has no daypass
// beside it must take it as its own first argument.
const Command = "agent"

// StartCommand is the command that starts the agent in the background and ends. The window's program takes
// it too: on Windows it is the one that opens no console.
const StartCommand = "start"

// StartProcess is the StartFunc of the real programs: it starts `daypass agent`, detached, so that
// it outlives the terminal and the window.
func StartProcess() (<-chan error, error) {
	binary, err := FindAgentBinary()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(binary, Command)
	if level := os.Getenv(LogVariable); level != "" {
		log, err := openLog()
		if err != nil {
			return nil, err
		}
		defer log.Close()
		cmd.Args = append(cmd.Args, "--log-level", level)
		cmd.Stderr = log
	}
	return startDetached(cmd)
}

// startDetached starts cmd so that it outlives this program and holds no folder of it busy.
func startDetached(cmd *exec.Cmd) (<-chan error, error) {
	cmd.SysProcAttr = detached()
	cmd.Dir = filepath.VolumeName(cmd.Path) + string(filepath.Separator)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }() // and leave no zombie behind
	return ended, nil
}

// FindAgentBinary returns the program to start the agent with: daypass beside this program, else on
// the PATH, else this program itself.
func FindAgentBinary() (string, error) {
	self, err := ownBinary()
	if err != nil {
		return "", err
	}
	if found, err := findProgram(self, "daypass"); err == nil {
		return found, nil
	}
	return self, nil
}

func ownBinary() (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(self); err == nil {
		self = real
	}
	return self, nil
}

// findProgram returns the program with this name beside self, else the one on the PATH.
func findProgram(self, name string) (string, error) {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if beside := filepath.Join(filepath.Dir(self), name); isProgram(beside) {
		return beside, nil
	}
	found, err := exec.LookPath(name)
	if err != nil {
		return "", err
	}
	return filepath.Abs(found)
}

func isProgram(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && (runtime.GOOS == "windows" || info.Mode().Perm()&0o111 != 0)
}

// LogPath returns the file of the agent's log: agent.log in connection.StateDir.
func LogPath() (string, error) {
	dir, err := connection.StateDir()
	return filepath.Join(dir, "agent.log"), err
}

func openLog() (*os.File, error) {
	path, err := LogPath()
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o700)
	}
	if err != nil {
		return nil, messages.NewError(err, "agent.error.no-log")
	}
	log, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, messages.NewError(err, "agent.error.no-log")
	}
	return log, nil
}
