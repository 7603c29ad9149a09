//go:build interop

// Package wine runs the Windows program of Daypass under Wine, with a real Dex and a real MinIO.
package wine

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"daypass/sandbox/servers"
)

var (
	bin = filepath.Join("..", "..", "build", "bin")
	// built is the folder of the Windows programs, which make wine-bin builds.
	built = filepath.Join("..", "..", "build", "wine")
	// sandbox is the servers that all tests share.
	sandbox *servers.Sandbox
)

// tokenLife is short, so that the credentials, which live as long, are renewed while a test runs.
const tokenLife = time.Minute

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	if _, err := exec.LookPath("wine"); err != nil {
		fmt.Fprintln(os.Stderr, "skipped: Wine is not installed (make deps-wine installs it)")
		return 0
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	var err error
	if sandbox, err = servers.Start(ctx, servers.Options{Bin: bin, IDTokenLife: tokenLife}); err != nil {
		fmt.Fprintln(os.Stderr, "the sandbox does not start (make sandbox-bin builds it):", err)
		return 1
	}
	defer sandbox.Close()
	return m.Run()
}
