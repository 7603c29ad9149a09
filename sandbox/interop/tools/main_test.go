//go:build linux && interop

// Package tools runs the newest releases of other people's programs with credentials of Daypass's that expire in the
// middle of their work, and writes what each of them did into docs/tools.md. All of it happens in a network that
// nothing leaves: a request for Amazon fails the test.
package tools

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"daypass/sandbox/headless"
	"daypass/sandbox/sealed"
	"daypass/sandbox/servers"
)

const (
	// lifetime is that of the credentials.
	lifetime = 30 * time.Second
	// pause is how long a program waits in the middle of its work: the credentials of its start have expired then.
	pause = lifetime + 10*time.Second

	sandboxID = "sandbox"
	profile   = "daypass-sandbox"
	bucket    = servers.Measurements
)

var (
	top, _ = filepath.Abs("../../..")
	bin    = filepath.Join(top, "build", "bin")
	// environments are the folders of Python's, which make interop fills.
	environments = filepath.Join(top, "build", "interop")

	goProgram, _ = exec.LookPath("go")

	world    *servers.Sandbox
	computer *headless.Rig
	network  *sealed.Network
	results  table
)

func TestMain(m *testing.M) {
	code, inside := sealed.Enter()
	if inside {
		var err error
		if code, err = run(m); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	if network, err = sealed.Start(); err != nil {
		return 1, err
	}
	defer network.Close()
	if world, err = servers.Start(ctx, servers.Options{Bin: bin, IDTokenLife: lifetime}); err != nil {
		return 1, err
	}
	defer world.Close()
	if err := begin(ctx); err != nil {
		return 1, err
	}
	defer computer.Close()
	code = m.Run()
	return code, results.write(filepath.Join(top, "docs", "tools.md"))
}

// begin has Ada sign in on a computer of hers, and sets up what the tools need in files.
func begin(ctx context.Context) error {
	var err error
	if err = os.Setenv("PATH", bin+":/usr/bin:/bin:/usr/sbin"); err != nil {
		return err
	}
	program := filepath.Join(bin, "daypass")
	if computer, err = headless.New(ctx, headless.Options{Program: program, NoKeyring: true, Files: []string{world.ClaimConnection}}); err != nil {
		return err
	}
	if err := computer.Start(ctx); err != nil {
		return errors.Join(err, computer.Close())
	}
	err = computer.SignIn(ctx, sandboxID, servers.Ada)
	for _, tool := range []string{"aws", "rclone"} {
		if out, useErr := computer.Command(ctx, program, "use", sandboxID, tool, "--yes").CombinedOutput(); useErr != nil {
			err = errors.Join(err, fmt.Errorf("daypass use %s: %w: %s", tool, useErr, out))
		}
	}
	if err = errors.Join(err, recognized(ctx, newAWS)); err != nil {
		return errors.Join(err, computer.Close())
	}
	return nil
}

// recognized has the agent recognize an AWS CLI as one that reads the endpoint from its profile. It asks for the version
// with the first fetch of credentials, and takes a computer that is too busy to answer for an old one.
func recognized(ctx context.Context, program string) error {
	var out []byte
	var err error
	for range 10 {
		if out, err = computer.Command(ctx, program, "--profile", profile, "s3", "ls").CombinedOutput(); err == nil {
			return nil
		}
	}
	return fmt.Errorf("%s: %w: %s", program, err, out)
}
