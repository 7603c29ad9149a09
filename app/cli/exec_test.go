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

	"daypass/app"
	"daypass/app/tools"
	"daypass/app/tools/cmdline"
	"daypass/app/tools/guard"
)

// What a server says to limited credentials reaches the user whole, and keeps what it is for the exit code.
func TestClientError_limitedCredentials(t *testing.T) {
	refused := &app.HandoverError{
		Problem: app.Problem{Title: "Lifetime not accepted", Detail: "It accepts at most 12 hours.", NextStep: "Choose another.", Admin: "A role limits it."},
		Err:     errors.New("sts: duration: ValidationError"),
	}
	err := clientError("lake", refused)
	for _, want := range []string{"Lifetime not accepted.", "at most 12 hours", "Choose another.", "For your administrator: A role limits it."} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %q", want, err)
		}
	}
	if !errors.Is(err, refused) || strings.Contains(err.Error(), "sts: duration") {
		t.Errorf("%v", err)
	}
	if err := clientError("lake", app.ErrNoCredentials); !errors.Is(err, app.ErrNoCredentials) || !strings.Contains(err.Error(), "daypass login lake") {
		t.Errorf("%v", err)
	}
}

func lineOf(args ...string) cmdline.Line {
	return cmdline.Read(args, func(string) string { return "" })
}

// Nothing stays in the environment that would win over the endpoint.
func TestRule48_execEnvironmentRemovesOverrides(t *testing.T) {
	base := []string{
		"HOME=/home/ada", "AWS_ACCESS_KEY_ID=OLD", "AWS_SECRET_ACCESS_KEY=x", "AWS_SESSION_TOKEN=x", "AWS_PROFILE=other", "AWS_REGION=old",
		"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/x", "AWS_WEB_IDENTITY_TOKEN_FILE=/x", "AWS_ENDPOINT_URL=https://other.example", "S3_ENDPOINT_URL=https://x",
		"MINIO_ROOT_USER=minioadmin", "AWS_ENDPOINT_URL_DYNAMODB=https://other.example",
	}
	got := execEnvironment(base, testGrant(), lineOf("mc", "ls"))
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
		name, value, _ := strings.Cut(entry, "=")
		if seen[name] || strings.Contains(value, "other.example") || strings.HasPrefix(name, "MINIO_ROOT") {
			t.Errorf("%s is there", entry)
		}
		seen[name] = true
	}
}

// What the shell has that calls daypass env is cleared in it, also where no list of Daypass's names it.
func TestRule48_envClearsWhatShellHas(t *testing.T) {
	t.Setenv("AWS_SOME_NEW_OPTION", "x")
	access := testGrant().Access
	for format, want := range map[string]string{"env": "unset ", "fish": "set -e ", "powershell": ",Env:"} {
		text, err := encode(format, access, tools.Command{})
		clear, _, _ := strings.Cut(string(text), "\n")
		if err != nil || !strings.Contains(clear, want) || !strings.Contains(clear, "AWS_SOME_NEW_OPTION") {
			t.Errorf("%s: %v %s", format, err, clear)
		}
	}
	if text, err := encode("json", access, tools.Command{}); err != nil || strings.Contains(string(text), "AWS_SOME_NEW_OPTION") {
		t.Errorf("%v %s", err, text)
	}
}

// Credentials are in the environment of those programs alone that look for them there, and rclone's has nothing
// that it breaks at.
func TestExecEnvironment_perProgram(t *testing.T) {
	tests := []struct {
		line                []string
		credentials, bundle bool
	}{
		{[]string{"/usr/bin/mc", "ls"}, true, true},
		{[]string{"nice", "mc", "ls"}, true, true},
		{[]string{"sh", "-c", "mc ls"}, true, false},
		{[]string{"jupyter", "lab"}, true, true},
		{[]string{"/usr/bin/aws", "s3", "ls"}, false, true},
		{[]string{"python3", "train.py"}, false, true},
		{[]string{"rclone", "ls"}, false, false},
		{[]string{"timeout", "9", "rclone", "ls"}, false, false},
		{[]string{"bash"}, false, false},
	}
	for _, tt := range tests {
		text := strings.Join(execEnvironment(nil, testGrant(), lineOf(tt.line...)), "\n")
		if got := strings.Contains(text, "AKID"); got != tt.credentials {
			t.Errorf("%q has credentials in its environment: %t", tt.line, got)
		}
		if got := strings.Contains(text, "AWS_CA_BUNDLE="); got != tt.bundle {
			t.Errorf("%q has AWS_CA_BUNDLE: %t", tt.line, got)
		}
	}
}

// pretend makes programs that say a version, and has the PATH lead to them alone.
func pretend(t *testing.T, versions map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, version := range versions {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\necho '"+version+"'\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	return dir
}

// A program that would fall back to Amazon is not run.
func TestRule48_execRefusesFallbackToAmazon(t *testing.T) {
	dir := pretend(t, map[string]string{"aws": "aws-cli/2.9.19 Python/3.11", "python3.9": "botocore 1.29.27", "s3cmd": "2.3", "mount-s3": "mount-s3 1.6.0"})
	current := pretend(t, map[string]string{"aws": "aws-cli/2.31.0 Python/3.13", "python3.13": "botocore 1.40.0", "spark-submit": "", "mount-s3": "mount-s3 1.21.0"})
	silent := pretend(t, map[string]string{"aws": "", "python3": ""})
	script := filepath.Join(dir, "load.py")
	if err := os.WriteFile(script, []byte("import boto3\nboto3.client('s3')\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		path, dir string
		args      []string
		refused   bool
	}{
		{"aws", dir, []string{"s3", "ls"}, true},
		{"aws", dir, []string{"--endpoint-url", "https://minio.example", "s3", "ls"}, false},
		{"aws", current, []string{"s3", "ls"}, false},
		{"aws", silent, []string{"s3", "ls"}, true},
		{"python3", silent, []string{script}, true},
		{"/bin/sh", dir, []string{"-c", "aws s3 ls"}, true},
		{"/bin/sh", dir, []string{"-c", `aws --endpoint-url "$AWS_ENDPOINT_URL_S3" s3 ls`}, false},
		{"/usr/bin/env", dir, []string{"aws", "s3", "ls"}, true},
		{"python3.9", dir, []string{script}, true},
		{"python3.9", dir, []string{"-c", "import boto3; boto3.client('s3', endpoint_url='x')"}, false},
		{"python3.9", dir, []string{"-c", "import polars"}, false},
		{"python3.13", current, []string{script}, false},
		{"s3cmd", dir, []string{"ls"}, true},
		{"s3cmd", dir, []string{"--host=minio.example", "ls"}, false},
		{"python3.13", current, []string{"-c", "import duckdb; duckdb.sql('CREATE SECRET (TYPE s3, PROVIDER credential_chain)')"}, true},
		{"python3.13", current, []string{"-c", "duckdb.sql('CREATE SECRET (TYPE s3, PROVIDER credential_chain, ENDPOINT 'x')')"}, false},
		{"python3.13", current, []string{"-c", "from pyarrow import fs; fs.S3FileSystem()"}, true},
		{"python3.13", current, []string{"-c", "from pyarrow.fs import LocalFileSystem, S3FileSystem as F; F()"}, true},
		{"python3.13", current, []string{"-c", "from pyarrow import fs; fs.S3FileSystem(endpoint_override='x')"}, false},
		{"python3.13", current, []string{"-c", "import pyarrow, s3fs; s3fs.S3FileSystem()"}, false},
		{"python3.13", current, []string{"-c", "import pyarrow.parquet; pyarrow.parquet.read_table('s3://a/b')"}, false},
		{"python3.13", current, []string{"-c", "from pyspark.sql import SparkSession"}, true},
		{"spark-submit", current, []string{"job.py"}, true},
		{"spark-submit", current, []string{"--conf", "spark.hadoop.fs.s3a.endpoint=https://minio.example", "job.py"}, false},
		{"mount-s3", dir, []string{"bucket", "/mnt"}, true},
		{"mount-s3", current, []string{"bucket", "/mnt"}, false},
	}
	for _, tt := range tests {
		t.Setenv("PATH", tt.dir)
		path := tt.path
		if !filepath.IsAbs(path) {
			path = filepath.Join(tt.dir, path)
		}
		line := cmdline.Read(append([]string{path}, tt.args...), guard.ScriptText)
		err := guard.Check(t.Context(), path, line, "https://minio.example:9000")
		if (err != nil) != tt.refused || err != nil && !strings.Contains(err.Error(), "https://minio.example:9000") {
			t.Errorf("%s %q: %v", tt.path, tt.args, err)
		}
	}
}

// The program's exit code is passed on.
func TestRunProgram_passesExitCode(t *testing.T) {
	tests := map[string]int{"exit 0": 0, "exit 7": 7, "kill -TERM $$": 128 + 15, "kill -KILL $$": 128 + 9}
	for script, want := range tests {
		err := runProgram("/bin/sh", []string{"sh", "-c", script}, os.Environ())
		if got := exitCode(err); got != want {
			t.Errorf("%s: %d, want %d (%v)", script, got, want, err)
		}
	}
	var messages bytes.Buffer
	if report(&messages, &programEnd{7}) != 7 || messages.Len() != 0 {
		t.Errorf("said %q about a program that says it itself", &messages)
	}
	err := notRunnable("x", exec.ErrNotFound)
	if report(&messages, err) != ExitNotFound || !strings.Contains(messages.String(), "Cannot run x") {
		t.Errorf("%q", &messages)
	}
}

// Signals are passed on.
func TestRunProgram_passesSignals(t *testing.T) {
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
