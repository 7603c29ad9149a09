// Package tools has other users' programs work with the keys that Daypass gives them: the AWS CLI,
// boto3 and rclone as Debian has them, mc, s5cmd, and a program on minio-go. The servers, the agent
// and the command line are real, and the keys live so short that those of a program's start are dead
// before it ends.
//
// The tests run one after the other: Dex keeps one refresh token for each user and client, so that
// Ada, signing in again, would end the session that she has in another test.
package tools

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daypass/sandbox/rawhttp"
	"daypass/sandbox/servers"
)

// keyLife is how long ID tokens, and with them the keys, live. Nothing that lasts longer than this
// works with the keys of its start.
const keyLife = 30 * time.Second

// bin is where make leaves the programs.
var bin, _ = filepath.Abs(filepath.Join("..", "..", "build", "bin"))

// world is the sandbox that all tests share.
var world *servers.Sandbox

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	var err error
	world, err = servers.Start(ctx, servers.Options{Bin: bin, IDTokenLife: keyLife})
	if err != nil {
		fmt.Fprintln(os.Stderr, "the sandbox does not start (make sandbox-bin builds it):", err)
		return 1
	}
	defer world.Close()
	return m.Run()
}

// user is somebody with a home folder, an agent and the one connection "sandbox", signed in.
type user struct {
	t    *testing.T
	home string
	env  []string
}

// sandboxID is the connection's ID, and what its profile and its alias are called.
const (
	sandboxID = "sandbox"
	profile   = "daypass-sandbox"
	alias     = "daypass_sandbox"
)

func signedIn(t *testing.T, who servers.User) *user {
	t.Helper()
	p := arrive(t)
	p.signIn(who)
	return p
}

// arrive is a user who is not signed in.
func arrive(t *testing.T) *user {
	t.Helper()
	home, err := os.MkdirTemp("", "daypass") // the path of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	p := &user{t: t, home: home, env: []string{
		"HOME=" + home, "PATH=" + filepath.Join(home, "bin") + ":" + bin + ":/usr/bin:/bin", "LANG=C.UTF-8",
		"DAYPASS_CONFIG_DIR=" + filepath.Join(home, "config"), "DAYPASS_RUNTIME_DIR=" + filepath.Join(home, "run"),
		"DBUS_SESSION_BUS_ADDRESS=unix:path=" + filepath.Join(home, "none"), "MC_CONFIG_DIR=" + filepath.Join(home, ".mc"),
	}}
	// The tests themselves go where the browser would.
	p.write("bin/xdg-open", "#!/bin/sh\n", 0o700)
	definition, err := os.ReadFile(world.ClaimConnection)
	p.must(err)
	p.write("config/connections/"+sandboxID+".daypass", string(definition), 0o600)
	t.Cleanup(func() { _ = p.command("daypass", "quit").Run() })
	return p
}

// signIn is `daypass login`, with the link opened by hand.
func (p *user) signIn(who servers.User) {
	p.t.Helper()
	p.signInTo(sandboxID, who)
}

// signInTo signs in to another connection.
func (p *user) signInTo(connection string, who servers.User) {
	p.t.Helper()
	login := p.begin(connection)
	answer, err := http.Get(login.visit(who))
	p.must(err)
	answer.Body.Close()
	login.end()
}

// login is a `daypass login` that waits for its browser.
type login struct {
	p     *user
	cmd   *exec.Cmd
	words *bytes.Buffer
	link  string
}

func (p *user) begin(connection string) login {
	p.t.Helper()
	l := login{p: p, cmd: p.command("daypass", "login", connection), words: &bytes.Buffer{}}
	l.cmd.Stderr = l.words
	out, err := l.cmd.StdoutPipe()
	p.must(err)
	p.must(l.cmd.Start())
	link, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = l.cmd.Wait()
		p.t.Fatalf("no link: %v\n%s", err, l.words)
	}
	l.link = strings.TrimSpace(link)
	return l
}

// visit signs in at the provider and returns the address at which the answer is awaited.
func (l login) visit(who servers.User) string {
	l.p.t.Helper()
	callback, err := rawhttp.Visit(l.p.t.Context(), l.link, who.Email, who.Password)
	l.p.must(err)
	return callback
}

// end waits for a login that must succeed.
func (l login) end() {
	l.p.t.Helper()
	if err := l.cmd.Wait(); err != nil {
		l.p.t.Fatalf("%v\n%s", err, l.words)
	}
}

func (p *user) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// path is a path in the home folder.
func (p *user) path(name string) string { return filepath.Join(p.home, name) }

func (p *user) write(name, text string, mode os.FileMode) string {
	p.t.Helper()
	p.must(os.MkdirAll(filepath.Dir(p.path(name)), 0o700))
	p.must(os.WriteFile(p.path(name), []byte(text), mode))
	return p.path(name)
}

func (p *user) read(name string) string {
	p.t.Helper()
	text, err := os.ReadFile(p.path(name))
	p.must(err)
	return string(text)
}

func (p *user) command(program string, args ...string) *exec.Cmd {
	path := program
	for _, entry := range p.env {
		if list, found := strings.CutPrefix(entry, "PATH="); found && !strings.Contains(program, "/") {
			path = lookUp(list, program)
		}
	}
	cmd := exec.Command(path, args...)
	cmd.Env, cmd.Dir = p.env, p.home
	return cmd
}

func lookUp(list, program string) string {
	for _, dir := range filepath.SplitList(list) {
		if info, err := os.Stat(filepath.Join(dir, program)); err == nil && !info.IsDir() {
			return filepath.Join(dir, program)
		}
	}
	return program
}

// do runs a program, which must succeed, and gives its output.
func (p *user) do(program string, args ...string) string {
	p.t.Helper()
	out, words, err := p.try(program, args...)
	if err != nil {
		p.t.Fatalf("%s %s: %v\n%s%s", program, strings.Join(args, " "), err, out, words)
	}
	return out
}

func (p *user) try(program string, args ...string) (out, words string, err error) {
	cmd := p.command(program, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	return stdout.String(), stderr.String(), err
}

// with adds to the user's environment.
func (p *user) with(env ...string) *user {
	q := *p
	q.env = append(append([]string{}, p.env...), env...)
	return &q
}

// use sets a tool up as the user would.
func (p *user) use(tool string) {
	p.t.Helper()
	p.do("daypass", "use", sandboxID, tool, "--yes")
}

// status is what a test reads of a session.
type status struct {
	Renewals int
	Waiting  []string
	Phase    string
}

func (p *user) status() status {
	p.t.Helper()
	var snapshot struct{ Sessions []status }
	p.must(json.Unmarshal([]byte(p.do("daypass", "status", "--json")), &snapshot))
	return snapshot.Sessions[0]
}

// afterRenewal waits until there are other keys than now.
func (p *user) afterRenewal() {
	p.t.Helper()
	before := p.status().Renewals
	for deadline := time.Now().Add(3 * keyLife); p.status().Renewals == before; time.Sleep(200 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatal("the keys are not renewed")
		}
	}
}

// exitCode is the code with which a program ended.
func exitCode(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	return 0
}

const content = "temperature 21.4\n"
