// Package headless is one user's computer without a screen: a home, a session bus with a real keyring,
// and the built agent, which is started, asked, killed and started again. The user's browser is a
// few plain requests.
package headless

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Timeout is how long a rig waits for something that must happen soon.
const Timeout = 40 * time.Second

// Rig is the computer. Its methods are for one goroutine at a time, but for those that say otherwise.
type Rig struct {
	// Dir holds everything; Close removes it.
	Dir string
	// Program is the daypass program.
	Program string
	// Keyring is the session bus with its keyring; nil where there is none.
	Keyring *Keyring

	env   []string
	agent *exec.Cmd
	ended chan struct{}
	http  *http.Client
}

// Options say what the computer has.
type Options struct {
	// Program is the daypass program.
	Program string
	// NoKeyring leaves out the session bus and the keyring.
	NoKeyring bool
	// Files are connection files.
	Files []string
}

// New sets a computer up. No agent runs yet.
func New(ctx context.Context, options Options) (*Rig, error) {
	program, err := filepath.Abs(options.Program)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "rig") // short: a socket's path may have no more than 107 bytes
	if err != nil {
		return nil, err
	}
	r := &Rig{Dir: dir, Program: program}
	if err := r.setUp(ctx, options); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

func (r *Rig) setUp(ctx context.Context, options Options) error {
	for _, sub := range []string{"home", "home/.cache", "run", "config/connections", "state"} {
		if err := os.MkdirAll(r.Path(sub), 0o700); err != nil {
			return err
		}
	}
	for _, file := range options.Files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := r.AddConnection(strings.TrimSuffix(filepath.Base(file), ".daypass"), data); err != nil {
			return err
		}
	}
	r.env = []string{
		"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "HOME=" + r.Path("home"), "XDG_RUNTIME_DIR=" + r.Path("run"),
		"DAYPASS_CONFIG_DIR=" + r.Path("config"), "DAYPASS_STATE_DIR=" + r.Path("state"), "BROWSER=" + r.Path("browser"),
		"DAYPASS_AGENT_LOG=debug",
	}
	browser := "#!/bin/sh\necho opened >> '" + r.Path("browsed") + "'\n"
	if err := os.WriteFile(r.Path("browser"), []byte(browser), 0o700); err != nil {
		return err
	}
	r.http = socketClient(r.Dir)
	if options.NoKeyring {
		return nil
	}
	var err error
	if r.Keyring, err = StartKeyring(ctx, r.env); err != nil {
		return err
	}
	r.env = append(r.env, r.Keyring.Setting())
	return nil
}

// Path is a path inside the rig's folder.
func (r *Rig) Path(parts ...string) string {
	return filepath.Join(append([]string{r.Dir}, parts...)...)
}

// AddConnection adds a connection file to the computer. An agent that runs does not see it.
func (r *Rig) AddConnection(id string, data []byte) error {
	return os.WriteFile(r.Path("config", "connections", id+".daypass"), data, 0o600)
}

// Setenv changes the environment of programs started from now on.
func (r *Rig) Setenv(name, value string) { r.env = append(r.env, name+"="+value) }

// Command prepares a program with the computer's environment.
func (r *Rig) Command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = r.env
	return cmd
}

// Log is the file of the agent's log; every agent adds to it.
func (r *Rig) Log() string { return r.Path("agent.log") }

// Start starts the agent and waits until it answers.
func (r *Rig) Start(ctx context.Context, env ...string) error {
	log, err := os.OpenFile(r.Log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := exec.Command(r.Program, "agent", "--log-level", "debug") // until Stop or Kill, whatever ctx does
	cmd.Env = append(append([]string{}, r.env...), env...)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	r.agent, r.ended = cmd, ended
	return Until(ctx, "the agent to answer", func() bool {
		_, err := r.get(ctx, "/v1/agent")
		return err == nil || isClosed(ended)
	})
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// PID is the agent's process.
func (r *Rig) PID() int { return r.agent.Process.Pid }

// Kill ends the agent as kill -9 does. It may be called from another goroutine.
func (r *Rig) Kill() {
	_ = r.agent.Process.Kill()
	<-r.ended
}

// Ended is closed when the agent has ended.
func (r *Rig) Ended() <-chan struct{} { return r.ended }

// Stop asks the agent to end and waits until it has.
func (r *Rig) Stop() error {
	if r.agent == nil {
		return nil
	}
	_ = r.agent.Process.Signal(syscall.SIGTERM)
	select {
	case <-r.ended:
		return nil
	case <-time.After(Timeout):
		r.Kill()
		return errors.New("the agent did not end when asked to")
	}
}

// Close ends everything and removes the rig's folder.
func (r *Rig) Close() error {
	err := r.Stop()
	if r.Keyring != nil {
		r.Keyring.Close()
	}
	return errors.Join(err, os.RemoveAll(r.Dir))
}

// Until waits until ok is true, looking every 20 ms.
func Until(ctx context.Context, what string, ok func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, Timeout)
	defer cancel()
	for {
		if ok() {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("timed out waiting for %s", what)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
