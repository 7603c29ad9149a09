package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"daypass/sandbox/headless"
)

// agent is a running `daypass agent` with folders of its own.
type agent struct {
	cmd     *exec.Cmd
	dir     string
	client  *http.Client
	pid     int
	keyring *headless.Keyring
}

// id is the ID of the session with a number.
func id(i int) string { return fmt.Sprintf("lake-%02d", i) }

// session is what a bench reads of a snapshot.
type session struct {
	ID        string `json:"id"`
	Phase     string `json:"phase"`
	LinkReady bool   `json:"link_ready"`
}

// startAgent starts an agent that knows n connections like the one in the file.
func startAgent(ctx context.Context, bin, dir, connectionFile string, n int) (*agent, error) {
	definition, err := os.ReadFile(connectionFile)
	if err != nil {
		return nil, err
	}
	for _, sub := range []string{"config/connections", "run", "state", "home/.cache"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return nil, err
		}
	}
	for i := range n {
		file := filepath.Join(dir, "config", "connections", id(i)+".daypass")
		if err := os.WriteFile(file, rename(definition, i), 0o600); err != nil {
			return nil, err
		}
	}
	a := &agent{dir: dir, client: socketClient(filepath.Join(dir, "run", "agent.sock"))}
	// The bench itself visits the links, so the browser that the agent opens does nothing.
	env := append(a.env(), "HOME="+filepath.Join(dir, "home"), "XDG_RUNTIME_DIR="+filepath.Join(dir, "run"), "LANG=C.UTF-8",
		"PATH="+dir+":"+os.Getenv("PATH"))
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte("#!/bin/sh\n"), 0o700); err != nil {
		return nil, err
	}
	if a.keyring, err = headless.StartKeyring(ctx, env); err != nil {
		return nil, err
	}
	a.cmd = exec.Command(filepath.Join(bin, "daypass"), "agent")
	a.cmd.Env = append(env, a.keyring.Setting())
	a.cmd.Stderr = os.Stderr
	if err := a.cmd.Start(); err != nil {
		a.keyring.Close()
		return nil, err
	}
	a.pid = a.cmd.Process.Pid
	return a, a.ready()
}

func rename(definition []byte, i int) []byte {
	var out []string
	for line := range strings.Lines(string(definition)) {
		if strings.HasPrefix(line, "name") {
			line = fmt.Sprintf("name = \"Lake %02d\"\n", i)
		}
		out = append(out, line)
	}
	return []byte(strings.Join(out, ""))
}

// env is what points the command line and the window to this agent.
func (a *agent) env() []string {
	return []string{
		"DAYPASS_CONFIG_DIR=" + filepath.Join(a.dir, "config"),
		"DAYPASS_RUNTIME_DIR=" + filepath.Join(a.dir, "run"),
		"DAYPASS_STATE_DIR=" + filepath.Join(a.dir, "state"),
	}
}

func socketClient(socket string) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", socket)
		},
	}}
}

func (a *agent) ready() error {
	deadline := time.Now().Add(10 * time.Second)
	for time.Now().Before(deadline) {
		if answer, err := a.call(context.Background(), http.MethodGet, "/v1/agent"); err == nil {
			return answer.Body.Close()
		}
		time.Sleep(20 * time.Millisecond)
	}
	return errors.New("the agent does not answer")
}

func (a *agent) call(ctx context.Context, method, path string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://daypass"+path, http.NoBody)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Daypass-Protocol", "1")
	answer, err := a.client.Do(req)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode >= 300 {
		answer.Body.Close()
		return nil, fmt.Errorf("%s: %s", path, answer.Status)
	}
	return answer, nil
}

func (a *agent) do(id, intent string) error {
	answer, err := a.call(context.Background(), http.MethodPost, "/v1/sessions/"+id+"/"+intent)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

func (a *agent) link(id string) (string, error) {
	answer, err := a.call(context.Background(), http.MethodGet, "/v1/sessions/"+id+"/link")
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	var out struct{ Link string }
	return out.Link, json.NewDecoder(answer.Body).Decode(&out)
}

// watch sends what every snapshot says of one session until ctx ends or the agent does.
func (a *agent) watch(ctx context.Context, id string) (<-chan session, error) {
	answer, err := a.call(ctx, http.MethodGet, "/v1/watch")
	if err != nil {
		return nil, err
	}
	out := make(chan session, 64)
	go func() {
		defer close(out)
		defer answer.Body.Close()
		lines := bufio.NewScanner(answer.Body)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var all struct{ Sessions []session }
			if json.Unmarshal(lines.Bytes(), &all) != nil {
				return
			}
			for _, s := range all.Sessions {
				if s.ID == id {
					out <- s
				}
			}
		}
	}()
	return out, nil
}

func (a *agent) stop() {
	if answer, err := a.call(context.Background(), http.MethodPost, "/v1/quit"); err == nil {
		answer.Body.Close()
	} else {
		_ = a.cmd.Process.Kill()
	}
	_ = a.cmd.Wait()
	a.keyring.Close()
}

// reach waits for a session to be in a phase.
func reach(watch <-chan session, phase string, linkReady bool) error {
	timeout := time.After(30 * time.Second)
	for {
		select {
		case s, open := <-watch:
			if !open {
				return errors.New("the agent ended")
			}
			if s.Phase == phase && s.LinkReady == linkReady {
				return nil
			}
			if s.Phase == "trouble" {
				return errors.New("the sign-in failed")
			}
		case <-timeout:
			return fmt.Errorf("never became %s", phase)
		}
	}
}
