package agent

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A tool is named by its executable, not by what it calls itself.
func TestTool_namedByExecutable(t *testing.T) {
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
	by := func(pid int) string { return toolOf(context.WithValue(t.Context(), peerKey{}, pid)).name("aws") }
	if got := by(cmd.Process.Pid); !strings.HasSuffix(got, "sh") {
		t.Errorf("it passes for %q", got)
	}
	// This very program, as daypass creds: the tool is what has started it.
	if got, want := by(os.Getpid()), executable(os.Getppid()); !strings.HasPrefix(got, strings.Split(want[strings.LastIndex(want, "/")+1:], ".")[0]) {
		t.Errorf("%q, started by %q", got, want)
	}
	if got := toolOf(t.Context()).name("aws"); got != "aws" {
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

// A profile's command runs for a tool that does not read the profile's endpoint.
func TestRule48_toolThatWouldFallBackGetsNothing(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "aws")
	if err := os.WriteFile(old, []byte("#!/bin/sh\necho aws-cli/2.9.19 Python/3.11\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	for _, tt := range []struct {
		args    []string
		refused bool
	}{
		{[]string{"/usr/bin/python3.11", old, "--profile", "x", "s3", "ls"}, true},
		{[]string{old, "s3", "ls"}, true},
		{[]string{"/bin/dash", "-c", "eval \"$(daypass env lake)\"; aws s3 ls"}, true},
		{[]string{"/usr/bin/python3.11", old, "--endpoint-url", "https://minio.example", "s3", "ls"}, false},
		{[]string{"/usr/bin/rclone", "lsd", "x:"}, false},
		{[]string{"/bin/bash"}, false},
		{nil, false},
	} {
		err := tool{args: tt.args, dir: dir}.check(t.Context(), "https://minio.example")
		if (err != nil) != tt.refused {
			t.Errorf("%q: %v", tt.args, err)
		}
	}
}
