//go:build interop

package wine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daypass/sandbox/headless"
	"daypass/sandbox/servers"
)

// programTimeout is how long one program may take on a computer that is busy with other tests.
const programTimeout = 90 * time.Second

// computer is a fresh Wine prefix: a registry, a Credential Manager and a profile folder of their own. The
// folders of Daypass, and the one that it is installed in, have spaces in their names.
type computer struct {
	t   *testing.T
	dir string
	env []string
}

func newComputer(t *testing.T) *computer {
	t.Helper()
	c := &computer{t: t, dir: t.TempDir()}
	c.env = []string{
		"PATH=" + c.path("bin") + ":" + os.Getenv("PATH"), "LANG=C.UTF-8", "HOME=" + c.path("home"),
		"WINEPREFIX=" + c.path("prefix"), "WINEDEBUG=-all", "WINEDLLOVERRIDES=mscoree,mshtml=",
		"DAYPASS_CONFIG_DIR=" + c.windows("My Settings"), "DAYPASS_RUNTIME_DIR=" + c.windows("My Runtime"),
		"AWS_SDK_LOAD_CONFIG=1", "AWS_CONFIG_FILE=" + c.windows("My Profile", ".aws", "config"),
	}
	for _, folder := range []string{"bin", "home", "My Settings/connections", "Program Files"} {
		c.must(os.MkdirAll(c.path(folder), 0o700))
	}
	c.copy(filepath.Join(built, "daypass.exe"), "Program Files/daypass.exe")
	c.copy(filepath.Join(built, "s5cmd.exe"), "Program Files/s5cmd.exe")
	c.must(os.WriteFile(c.path("My Settings", "settings.toml"), []byte("start_at_login = true\n"), 0o600))
	c.copy(sandbox.ClaimConnection, "My Settings/connections/lake.daypass")
	c.must(os.WriteFile(c.path("bin", "xdg-open"), []byte(c.opener(servers.Ada)), 0o700))
	t.Cleanup(func() { _ = c.command(context.Background(), "wineserver", "-k").Run() })
	c.must(c.command(t.Context(), "wineboot", "--init").Run())
	c.must(c.command(t.Context(), "wineserver", "--wait").Run())
	c.copy(filepath.Join(built, "bcryptprimitives.dll"), "prefix/drive_c/windows/system32/bcryptprimitives.dll")
	return c
}

// opener is the xdg-open with which Wine opens links: a browser and its user. The file "opened" gets the links.
func (c *computer) opener(who servers.User) string {
	browser, err := filepath.Abs(filepath.Join(built, "browser.exe"))
	c.must(err)
	return fmt.Sprintf("#!/bin/sh\necho \"$1\" >>'%s'\nexec wine '%s' \"$1\" '%s' '%s'\n", c.path("opened"), browser, who.Email, who.Password)
}

func (c *computer) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *computer) path(parts ...string) string {
	return filepath.Join(append([]string{c.dir}, parts...)...)
}

// windows is what a path is called by the programs under Wine.
func (c *computer) windows(parts ...string) string {
	return "Z:" + strings.ReplaceAll(c.path(parts...), "/", `\`)
}

func (c *computer) copy(from, to string) {
	c.t.Helper()
	data, err := os.ReadFile(from)
	c.must(err)
	c.must(os.WriteFile(c.path(to), data, 0o700))
}

func (c *computer) command(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = c.env
	return cmd
}

// outcome is what a program did: its exit code and what it wrote.
type outcome struct {
	code int
	out  string
}

// run runs daypass.exe to its end.
func (c *computer) run(args ...string) outcome {
	c.t.Helper()
	return c.end(append([]string{c.windows("Program Files", "daypass.exe")}, args...))
}

// end runs a program under Wine to its end. The log of the test has what it says on stderr, where no secret is.
func (c *computer) end(args []string) outcome {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), programTimeout)
	defer cancel()
	cmd := c.command(ctx, "wine", args...)
	// Files, not pipes: Wine's own processes, which outlive the program, have its output open, too.
	out, words := c.create("out"), c.create("errors")
	defer out.Close()
	defer words.Close()
	cmd.Stdout, cmd.Stderr = out, words
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		c.t.Fatal(err)
	}
	code := cmd.ProcessState.ExitCode()
	c.t.Logf("%q: exit code %d\n%s", args, code, c.read("errors"))
	return outcome{code, c.read("out")}
}

func (c *computer) create(name string) *os.File {
	c.t.Helper()
	f, err := os.Create(c.path(name))
	c.must(err)
	return f
}

func (c *computer) read(name string) string {
	c.t.Helper()
	data, err := os.ReadFile(c.path(name))
	c.must(err)
	return string(data)
}

// wine runs a program other than Daypass, which must not fail, and returns what it wrote.
func (c *computer) wine(args ...string) string {
	c.t.Helper()
	got := c.end(args)
	if got.code != 0 {
		c.t.Fatalf("%q: exit code %d\n%s", args, got.code, got.out)
	}
	return got.out
}

// succeed runs daypass.exe, which must not fail, and returns what it wrote.
func (c *computer) succeed(args ...string) string {
	c.t.Helper()
	got := c.run(args...)
	if got.code != 0 {
		c.t.Fatalf("daypass %s: exit code %d", strings.Join(args, " "), got.code)
	}
	return got.out
}

// restart ends all processes, as a restart of the computer does. Registry and files stay.
func (c *computer) restart() {
	c.t.Helper()
	c.must(c.command(c.t.Context(), "wineserver", "-k").Run())
	c.must(c.command(c.t.Context(), "wineserver", "--wait").Run())
}

// agent starts the agent and waits until it answers.
func (c *computer) agent() {
	c.t.Helper()
	log, err := os.OpenFile(c.path("agent.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	c.must(err)
	cmd := c.command(c.t.Context(), "wine", c.windows("Program Files", "daypass.exe"), "agent", "--log-level", "debug")
	cmd.Stdout, cmd.Stderr = log, log
	c.must(cmd.Start())
	go func() { _ = cmd.Wait(); log.Close() }()
	c.t.Cleanup(func() {
		if words, _ := os.ReadFile(c.path("agent.log")); c.t.Failed() {
			c.t.Logf("the agent's log:\n%s", words)
		}
	})
	c.must(headless.Until(c.t.Context(), "the agent to answer", func() bool { return c.run("status").code == 0 }))
}
