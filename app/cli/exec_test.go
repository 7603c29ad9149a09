//go:build unix

package cli

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"daypass/app/handover"
	"daypass/auth/secret"
)

func testGrant() handover.Grant {
	return handover.Grant{
		Consumer: "1", URL: "http://127.0.0.1:40123/v1/credentials", Token: secret.New("hush"),
		Access: handover.Access{
			Connection: "lake", Endpoint: "https://minio.example:9000", CAFile: "/ca.pem", AccessKeyID: "AKID",
			SecretAccessKey: secret.New("s"), SessionToken: secret.New("t"),
		},
	}
}

func TestExecEnvironmentLeavesNothingThatWouldWin(t *testing.T) {
	base := []string{
		"HOME=/home/ada", "AWS_ACCESS_KEY_ID=OLD", "AWS_SECRET_ACCESS_KEY=x", "AWS_SESSION_TOKEN=x", "AWS_PROFILE=other", "AWS_REGION=old",
		"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/x", "AWS_WEB_IDENTITY_TOKEN_FILE=/x", "AWS_ENDPOINT_URL=https://other.example", "S3_ENDPOINT_URL=https://x",
	}
	got := execEnvironment(base, testGrant())
	for _, want := range []string{
		"HOME=/home/ada", "AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:40123/v1/credentials", "AWS_CONTAINER_AUTHORIZATION_TOKEN=hush",
		"AWS_ENDPOINT_URL_S3=https://minio.example:9000", "S3_ENDPOINT_URL=https://minio.example:9000", "AWS_REGION=us-east-1",
		"AWS_CA_BUNDLE=/ca.pem", "RCLONE_CONFIG_DAYPASS_ENV_AUTH=true", "MC_HOST_daypass=https://AKID:s:t@minio.example:9000", "AWS_EC2_METADATA_DISABLED=true",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is missing", want)
		}
	}
	seen := map[string]bool{}
	for _, entry := range got {
		name, _, _ := strings.Cut(entry, "=")
		if seen[name] || slices.Contains(shadowing, name) {
			t.Errorf("%s is there", name)
		}
		seen[name] = true
	}
}

func TestProgramsEndIsPassedOn(t *testing.T) {
	tests := map[string]int{"exit 0": 0, "exit 7": 7, "kill -TERM $$": 128 + 15, "kill -KILL $$": 128 + 9}
	for script, want := range tests {
		err := runProgram("/bin/sh", []string{"sh", "-c", script}, os.Environ())
		if got := exitCode(err); got != want {
			t.Errorf("%s: %d, want %d (%v)", script, got, want, err)
		}
	}
	var said bytes.Buffer
	if report(&said, &programEnd{7}) != 7 || said.Len() != 0 {
		t.Errorf("said %q about a program that says it itself", &said)
	}
	err := notRunnable("x", exec.ErrNotFound)
	if report(&said, err) != ExitNotFound || !strings.Contains(said.String(), "x cannot be run") {
		t.Errorf("%q", &said)
	}
}

func TestSignalsArePassedOn(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGUSR1} {
		ready := filepath.Join(t.TempDir(), "ready")
		script := `trap 'exit 40' TERM; trap 'exit 41' INT; trap 'exit 42' HUP; trap 'exit 43' USR1; : >"` + ready + `"; while :; do sleep 0.02; done`
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), runProgramVariable+"="+script)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
			if _, err := os.Stat(ready); err == nil {
				break
			} else if time.Now().After(deadline) {
				t.Fatal("the program does not begin")
			}
		}
		if err := cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		var exit *exec.ExitError
		want := map[syscall.Signal]int{syscall.SIGTERM: 40, syscall.SIGINT: 41, syscall.SIGHUP: 42, syscall.SIGUSR1: 43}[s]
		if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != want {
			t.Errorf("%v: %v, want %d", s, err, want)
		}
	}
}
