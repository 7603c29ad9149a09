package headless

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Keyring is a session bus of its own with a real GNOME Keyring on it.
type Keyring struct {
	// Address is the bus's.
	Address string

	env []string
	bus *exec.Cmd
	pid int
}

const keyringPassword = "the user's own"

// StartKeyring starts one for programs with the environment env; they need Setting besides.
func StartKeyring(ctx context.Context, env []string) (*Keyring, error) {
	k := &Keyring{env: env}
	cmd := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address")
	cmd.Env = env
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	k.bus = cmd
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("no session bus: %w", err), cmd.Process.Kill(), cmd.Wait())
	}
	k.Address = strings.TrimSpace(line)
	if err := k.Unlock(ctx); err != nil {
		k.Close()
		return nil, err
	}
	return k, nil
}

// Setting is the environment variable that leads programs to the bus.
func (k *Keyring) Setting() string { return "DBUS_SESSION_BUS_ADDRESS=" + k.Address }

// command prepares a program that talks to the bus.
func (k *Keyring) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(slices.Clone(k.env), k.Setting())
	return cmd
}

// Unlock starts the keyring with the user's password, as a login does. One that runs is ended first:
// only its own dialog could unlock it.
func (k *Keyring) Unlock(ctx context.Context) error {
	if k.pid != 0 {
		if err := syscall.Kill(k.pid, syscall.SIGTERM); err != nil {
			return err
		}
		if err := Until(ctx, "the keyring to end", func() bool { return syscall.Kill(k.pid, 0) != nil }); err != nil {
			return err
		}
	}
	cmd := k.command(ctx, "gnome-keyring-daemon", "--unlock", "--components=secrets", "--daemonize")
	cmd.Stdin = strings.NewReader(keyringPassword)
	if out, err := cmd.Output(); err != nil {
		return fmt.Errorf("the keyring does not start: %w: %s", err, out)
	}
	return Until(ctx, "the keyring", func() bool {
		out, err := k.command(ctx, "gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/",
			"--method", "org.freedesktop.DBus.GetConnectionUnixProcessID", "org.freedesktop.secrets").Output()
		if err != nil {
			return false
		}
		k.pid, err = strconv.Atoi(strings.Trim(strings.TrimSpace(strings.ReplaceAll(string(out), "uint32 ", "")), "(),"))
		return err == nil
	})
}

// Lock locks the keyring. Nobody is there to unlock it when it asks.
func (k *Keyring) Lock(ctx context.Context) error {
	out, err := k.command(ctx, "gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets",
		"--method", "org.freedesktop.Secret.Service.Lock", "[objectpath '/org/freedesktop/secrets/collection/login']").CombinedOutput()
	if err != nil {
		return fmt.Errorf("the keyring does not lock: %w: %s", err, out)
	}
	return nil
}

// Freeze has the keyring hang until Thaw.
func (k *Keyring) Freeze() error { return syscall.Kill(k.pid, syscall.SIGSTOP) }

// Thaw ends Freeze.
func (k *Keyring) Thaw() error { return syscall.Kill(k.pid, syscall.SIGCONT) }

// Close ends the keyring and the bus.
func (k *Keyring) Close() {
	if k.pid != 0 {
		_ = syscall.Kill(k.pid, syscall.SIGCONT)
		_ = syscall.Kill(k.pid, syscall.SIGTERM)
	}
	_ = k.bus.Process.Signal(os.Interrupt)
	time.AfterFunc(5*time.Second, func() { _ = k.bus.Process.Kill() })
	_ = k.bus.Wait()
}
