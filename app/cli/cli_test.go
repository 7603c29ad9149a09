package cli

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// runProgramVariable has the test program be runProgram in a process of its own.
const runProgramVariable = "DAYPASS_TEST_RUN_PROGRAM"

func TestMain(m *testing.M) {
	if script := os.Getenv(runProgramVariable); script != "" {
		os.Exit(exitCode(runProgram("/bin/sh", []string{"sh", "-c", script}, os.Environ())))
	}
	testscript.Main(m, map[string]func(){
		"daypass": func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

func TestCLI_scripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("DAYPASS_CONFIG_DIR", filepath.Join(env.WorkDir, "config"))
			env.Setenv("DAYPASS_RUNTIME_DIR", filepath.Join(env.WorkDir, "run"))
			own, _, _ := strings.Cut(env.Getenv("PATH"), string(filepath.ListSeparator))
			env.Setenv("DAYPASS_PATH", own) // with the daypass of this test alone
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(env.WorkDir, "none")) // no face on a real desktop
			env.Defer(func() {
				quit := exec.Command("daypass", "quit")
				quit.Env = env.Vars
				_ = quit.Run()
			})
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"code": code, "agent-answers": agentAnswers, "started": started, "listed": listed},
	})
}

// code runs a program that must end with an exit code: code 3 daypass login nobody.
func code(ts *testscript.TestScript, _ bool, args []string) {
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit code %d, want %s", got, args[0])
	}
}

// started waits for the file that a program leaves when it starts.
func started(ts *testscript.TestScript, _ bool, _ []string) {
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(ts.Getenv("WORK"), "started")); err == nil {
			return
		}
	}
	ts.Fatalf("it was not started")
}

// listed waits until the list of connections has a line, or with ! before the pattern has none:
// listed '^lake '.
func listed(ts *testscript.TestScript, _ bool, args []string) {
	pattern, without := strings.CutPrefix(args[0], "!")
	want := regexp.MustCompile("(?m)" + pattern)
	var out []byte
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		list := exec.Command("daypass", "connection", "list")
		list.Env = environment(ts)
		out, _ = list.Output()
		if want.Match(out) != without {
			return
		}
	}
	ts.Fatalf("the list does not become so:\n%s", out)
}

// environment is that of the programs that the script runs.
func environment(ts *testscript.TestScript) []string {
	env := os.Environ()
	for _, name := range []string{"DAYPASS_CONFIG_DIR", "DAYPASS_RUNTIME_DIR", "HOME", "PATH", "DBUS_SESSION_BUS_ADDRESS"} {
		env = append(env, name+"="+ts.Getenv(name))
	}
	return env
}

// agentAnswers waits until an agent that was started in the background answers.
func agentAnswers(ts *testscript.TestScript, _ bool, _ []string) {
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		conn, err := net.Dial("unix", filepath.Join(ts.Getenv("DAYPASS_RUNTIME_DIR"), "agent.sock"))
		if err == nil {
			_ = conn.Close()
			return
		}
		time.Sleep(5 * time.Millisecond) // between two looks; what ends the wait is the socket
	}
	ts.Fatalf("no agent answers")
}
