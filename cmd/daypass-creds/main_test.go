//go:build unix

package main

import (
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daypass/app/agent/rundir"
)

// program builds daypass-creds, and puts a daypass beside it that prints its arguments and exits with 4.
func program(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "daypass-creds")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	daypass := "#!/bin/sh\nprintf '%s\\n' \"$@\"\nexit 4\n"
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), "daypass"), []byte(daypass), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// agent answers every request at the agent's socket with status and body.
func agent(t *testing.T, status int, body string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "creds") // short: it is the path of a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	t.Setenv(rundir.Variable, dir)
	t.Setenv(rundir.StateVariable, dir) // whose note names no other agent
	if status == 0 {
		return
	}
	l, err := net.Listen("unix", rundir.Socket(dir))
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	})}
	t.Cleanup(func() { _ = server.Close() })
	go func() { _ = server.Serve(l) }()
}

// Credentials are printed as they come. All else becomes the larger program's, once: what the agent refused is
// passed on instead of being requested, and counted, a second time.
func TestRule29_credentialProcess(t *testing.T) {
	path := program(t)
	tests := []struct {
		name, body string
		status     int
		args, want []string
		code       int
	}{
		{name: "credentials", status: 200, body: "{\"Version\": 1}\n", args: []string{"lake"}, want: []string{`{"Version": 1}`}},
		{name: "refusal", status: 409, body: `{"code":"no-keys"}`, args: []string{"lake"}, want: []string{"creds", "--refusal", `{"code":"no-keys"}`, "lake"}, code: 4},
		{name: "no agent", args: []string{"lake"}, want: []string{"creds", "lake"}, code: 4},
		{name: "format", status: 200, args: []string{"lake", "--format", "env"}, want: []string{"creds", "lake", "--format", "env"}, code: 4},
		{name: "flag", status: 200, args: []string{"--help"}, want: []string{"creds", "--help"}, code: 4},
		{name: "nothing", status: 200, want: []string{"creds"}, code: 4},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			agent(t, test.status, test.body)
			out, err := exec.CommandContext(t.Context(), path, test.args...).Output()
			code := 0
			if exit, ok := errors.AsType[*exec.ExitError](err); ok {
				code = exit.ExitCode()
			} else if err != nil {
				t.Fatal(err)
			}
			got := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
			if code != test.code || !slices.Equal(got, test.want) {
				t.Errorf("exit code %d, printed %q; want %d, %q", code, got, test.code, test.want)
			}
		})
	}
}
