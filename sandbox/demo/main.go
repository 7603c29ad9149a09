// Demo starts the sandbox and opens Daypass on it. With a display a user goes on from there; without
// one it takes a tour by itself, with a virtual display and a real browser, and leaves pictures.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"daypass/sandbox/servers"
)

func main() {
	bin := flag.String("bin", "build/bin", "folder of the built programs")
	out := flag.String("out", "build/tour", "folder for the tour's pictures")
	tour := flag.Bool("tour", false, "take the tour even where there is a display")
	flag.Parse()
	if err := run(*bin, *out, *tour || !hasDisplay()); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

func hasDisplay() bool { return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "" }

func run(bin, out string, tour bool) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	fmt.Println("Starting the sandbox: a real MinIO and a real Dex.")
	sandbox, err := servers.Start(ctx, servers.Options{Bin: bin})
	if err != nil {
		return err
	}
	defer sandbox.Close()
	if tour {
		return takeTour(ctx, sandbox, bin, out)
	}
	return openWindow(ctx, sandbox, bin)
}

// openWindow opens the window with folders of the demo's own, so that it touches no connection of
// the user who tries it.
func openWindow(ctx context.Context, sandbox *servers.Sandbox, bin string) error {
	dir, err := os.MkdirTemp("", "demo")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := copyConnections(sandbox, filepath.Join(dir, "config", "connections")); err != nil {
		return err
	}
	fmt.Println("Daypass is open. Press Sign in; your browser opens. Sign in as one of:")
	for _, u := range servers.Users() {
		fmt.Printf("  %-22s  password %-10s  %s\n", u.Email, u.Password, u.May)
	}
	fmt.Println("Close the window, or press Ctrl-C here, to end the demo.")
	env := append(os.Environ(), "DAYPASS_CONFIG_DIR="+filepath.Join(dir, "config"), "DAYPASS_RUNTIME_DIR="+dir)
	// One folder for every demo, since each has a key in the user's keyring.
	if cache, err := os.UserCacheDir(); err == nil {
		env = append(env, "DAYPASS_STATE_DIR="+filepath.Join(cache, "daypass-demo"))
	}
	window := exec.CommandContext(ctx, filepath.Join(bin, "daypass-window"))
	window.Env, window.Stdout, window.Stderr = env, os.Stdout, os.Stderr
	window.Cancel = func() error { return window.Process.Signal(syscall.SIGTERM) }
	window.WaitDelay = 5 * time.Second
	err = window.Run()
	quit := exec.Command(filepath.Join(bin, "daypass"), "quit")
	quit.Env = env
	quitErr := quit.Run()
	if ctx.Err() != nil {
		return nil // Ctrl-C is the way out
	}
	return errors.Join(err, quitErr)
}

func copyConnections(sandbox *servers.Sandbox, dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, file := range []string{sandbox.ClaimConnection, sandbox.RoleConnection} {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}
