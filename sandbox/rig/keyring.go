package rig

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Keyring is a session bus of the rig's own with a real GNOME Keyring on it.
type Keyring struct {
	// Address is the bus's.
	Address string

	rig *Rig
	bus *exec.Cmd
	pid int
}

const keyringPassword = "the person's own"

func startKeyring(ctx context.Context, r *Rig) (*Keyring, error) {
	k := &Keyring{rig: r}
	cmd := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address")
	cmd.Env = r.env
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
	r.Setenv("DBUS_SESSION_BUS_ADDRESS", k.Address)
	if err := k.Unlock(ctx); err != nil {
		k.close()
		return nil, err
	}
	return k, nil
}

// Unlock starts the keyring with the person's password, as a login does. One that runs is ended first:
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
	cmd := k.rig.Command(ctx, "gnome-keyring-daemon", "--unlock", "--components=secrets", "--daemonize")
	cmd.Stdin = strings.NewReader(keyringPassword)
	if out, err := cmd.Output(); err != nil {
		return fmt.Errorf("the keyring does not start: %w: %s", err, out)
	}
	return Until(ctx, "the keyring", func() bool {
		out, err := k.rig.Command(ctx, "gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/",
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
	out, err := k.rig.Command(ctx, "gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets",
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

func (k *Keyring) close() {
	if k.pid != 0 {
		_ = syscall.Kill(k.pid, syscall.SIGCONT)
		_ = syscall.Kill(k.pid, syscall.SIGTERM)
	}
	_ = k.bus.Process.Signal(os.Interrupt)
	time.AfterFunc(5*time.Second, func() { _ = k.bus.Process.Kill() })
	_ = k.bus.Wait()
}
