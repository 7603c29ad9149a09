// Package rig is one person's computer without a screen: a home, a session bus with a real keyring,
// and the built agent, which is started, asked, killed and started again. The person's browser is a
// few plain requests.
package rig

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

	"daypass/sandbox/bare"
	"daypass/sandbox/servers"
)

// Patience is how long a rig waits for something that must happen soon.
const Patience = 40 * time.Second

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
	r.Keyring, err = startKeyring(ctx, r)
	return err
}

// Path is a path inside the rig's folder.
func (r *Rig) Path(parts ...string) string {
	return filepath.Join(append([]string{r.Dir}, parts...)...)
}

// AddConnection gives the computer a connection file. An agent that runs does not see it.
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
	case <-time.After(Patience):
		r.Kill()
		return errors.New("the agent did not end when asked to")
	}
}

// Close ends everything and removes the rig's folder.
func (r *Rig) Close() error {
	err := r.Stop()
	if r.Keyring != nil {
		r.Keyring.close()
	}
	return errors.Join(err, os.RemoveAll(r.Dir))
}

// Session is what the agent says of one connection, as far as a rig looks at it.
type Session struct {
	ID, Phase, Identity string
	Renewals, Failures  int
	IssuedAt            time.Time `json:"issued_at"`
	ExpiresAt           time.Time `json:"expires_at"`
	RenewAt             time.Time `json:"renew_at"`
	MemoryOnly          bool      `json:"memory_only"`
	Asked               int       `json:"asked_seconds"`
	Granted             int       `json:"granted_seconds"`
	Problem             *Problem
}

// Problem is a failure as the agent tells it.
type Problem struct {
	Code, Title, Detail string
	NextStep            string `json:"next_step"`
}

// Snapshot is all that the agent says.
type Snapshot struct {
	Sessions []Session
	Problems []Problem
}

// Info is what the agent says of itself, as far as a rig looks at it.
type Info struct{ PID, Goroutines int }

// Info asks the agent that runs.
func (r *Rig) Info(ctx context.Context) (Info, error) {
	var i Info
	data, err := r.get(ctx, "/v1/agent")
	if err != nil {
		return i, err
	}
	return i, json.Unmarshal(data, &i)
}

// Snapshot asks the agent that runs. It may be called from several goroutines.
func (r *Rig) Snapshot(ctx context.Context) (Snapshot, error) {
	var s Snapshot
	data, err := r.get(ctx, "/v1/watch")
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(data, &s)
}

// Session asks how a connection stands. It may be called from several goroutines.
func (r *Rig) Session(ctx context.Context, id string) (Session, error) {
	all, err := r.Snapshot(ctx)
	if err != nil {
		return Session{}, err
	}
	for _, s := range all.Sessions {
		if s.ID == id {
			return s, nil
		}
	}
	return Session{}, fmt.Errorf("no connection %q", id)
}

// Keys are what the agent hands out.
type Keys struct {
	AccessKeyID     string    `json:"access_key_id"`
	SecretAccessKey string    `json:"secret_access_key"`
	SessionToken    string    `json:"session_token"`
	ExpiresAt       time.Time `json:"expires_at"`
}

// Keys asks the agent for keys.
func (r *Rig) Keys(ctx context.Context, id string) (Keys, error) {
	var k Keys
	data, err := r.get(ctx, "/v1/sessions/"+id+"/keys")
	if err != nil {
		return k, err
	}
	return k, json.Unmarshal(data, &k)
}

// Do posts an intent: renew, sign-out and the like. It may be called from several goroutines.
func (r *Rig) Do(ctx context.Context, id, intent string) error {
	_, err := r.ask(ctx, http.MethodPost, "/v1/sessions/"+id+"/"+intent)
	return err
}

// Ask posts an intent at the agent of the rig in dir, from another process than the rig's.
func Ask(ctx context.Context, dir, id, intent string) error {
	return (&Rig{Dir: dir, http: socketClient(dir)}).Do(ctx, id, intent)
}

func socketClient(dir string) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", filepath.Join(dir, "run", "daypass", "agent.sock"))
		},
	}}
}

func (r *Rig) get(ctx context.Context, path string) ([]byte, error) {
	return r.ask(ctx, http.MethodGet, path)
}

func (r *Rig) ask(ctx context.Context, method, path string) ([]byte, error) {
	return r.send(ctx, method, path, nil)
}

// send makes one request at the agent's socket. Of a watch it takes the first snapshot.
func (r *Rig) send(ctx context.Context, method, path string, body []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, "http://daypass"+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Daypass-Protocol", protocol)
	answer, err := r.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var data json.RawMessage
	err = json.NewDecoder(answer.Body).Decode(&data)
	if answer.StatusCode >= 300 {
		return nil, fmt.Errorf("the agent says %s: %s", answer.Status, data)
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return data, err
}

// protocol is the version of the socket's protocol.
const protocol = "1"

var linkPattern = regexp.MustCompile(`http://\S+`)

// SignIn signs in as a person does: with `daypass login`, whose link is opened in a browser.
func (r *Rig) SignIn(ctx context.Context, id string, who servers.User) error {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	cmd := r.Command(ctx, r.Program, "login", id)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	var words bytes.Buffer
	cmd.Stderr = &words
	if err := cmd.Start(); err != nil {
		return err
	}
	line := make([]byte, 0, 4096)
	for link := ""; link == ""; link = linkPattern.FindString(string(line)) {
		more := make([]byte, 4096)
		n, err := out.Read(more)
		if err != nil {
			return errors.Join(fmt.Errorf("no link: %w: %s", err, &words), cmd.Wait())
		}
		line = append(line, more[:n]...)
	}
	if err := visit(ctx, linkPattern.FindString(string(line)), who); err != nil {
		return errors.Join(err, cmd.Process.Kill(), cmd.Wait())
	}
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("daypass login: %w: %s", err, &words)
	}
	return nil
}

// visit is the person in front of their browser.
func visit(ctx context.Context, link string, who servers.User) error {
	callback, err := bare.Visit(ctx, link, who.Email, who.Password)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, callback, http.NoBody)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// Until waits until ok is true, looking every 20 ms.
func Until(ctx context.Context, what string, ok func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	for {
		if ok() {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waited in vain for %s", what)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
