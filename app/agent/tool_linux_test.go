package agent

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestToolsAreNamedByTheirExecutable(t *testing.T) {
	// A shell that calls itself something else.
	cmd := exec.Command("/bin/sh", "-c", "echo; read x")
	cmd.Args[0] = "aws"
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stdin.Close(); _ = cmd.Wait() }()
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	by := func(pid int) string { return toolName(context.WithValue(t.Context(), peerKey{}, pid), "aws") }
	if got := by(cmd.Process.Pid); !strings.HasSuffix(got, "sh") {
		t.Errorf("it passes for %q", got)
	}
	// This very program, as daypass creds: the tool is what has started it.
	if got, want := by(os.Getpid()), executable(os.Getppid()); !strings.HasPrefix(got, strings.Split(want[strings.LastIndex(want, "/")+1:], ".")[0]) {
		t.Errorf("%q, started by %q", got, want)
	}
	if got := toolName(t.Context(), "aws"); got != "aws" {
		t.Errorf("unknown: %q", got)
	}
	if got := by(1 << 30); got != "aws" {
		t.Errorf("a process that is gone: %q", got)
	}
	for name, want := range map[string]string{"python3.11": "python3", "python3": "python3", "mc.RELEASE": "mc.RELEASE", "aws": "aws", "node.js": "node.js", "ruby3.1": "ruby3"} {
		if got := withoutMinorVersion(name); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
