//go:build linux

// Package sealed runs a test program in a network of its own, which nothing leaves: every name and every address
// leads to this process, which notes what was asked of it and by which program. A tool that takes credentials to
// Amazon is found so, however it goes there.
package sealed

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
)

// inside is set in the environment of a program that is in its own network.
const inside = "DAYPASS_SEALED"

// Enter runs this program again in a network and with mounts of its own and returns its exit code. It reports true
// where this program is to go on: it is that one, or the system allows no network of its own, which Start then
// returns as ErrOpen.
func Enter() (code int, entered bool) {
	if os.Getenv(inside) != "" {
		return 0, true
	}
	cmd := exec.Command("/proc/self/exe", os.Args[1:]...)
	cmd.Env = append(os.Environ(), inside+"=1")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return max(exit.ExitCode(), 1), false
	case err != nil:
		return 0, true
	}
	return 0, false
}

// ErrOpen means that the network is the computer's own, so that requests for other hosts are not seen.
var ErrOpen = errors.New("this system allows no network of its own; root has one")

// Request is one that left for another host.
type Request struct {
	// Host is the name that was asked for, or the address where there was none.
	Host string
	// Program is the command line of the process that asked; empty where it had ended.
	Program string
}

// Network is the network of this process.
type Network struct {
	dir      string
	mu       sync.Mutex
	requests []Request
}

// Start makes the network. Everything that is not on the loopback addresses leads to it.
func Start() (*Network, error) {
	if os.Getenv(inside) == "" {
		return nil, ErrOpen
	}
	for _, args := range []string{"link set lo up", "route add local default dev lo"} {
		if out, err := exec.Command("ip", strings.Fields(args)...).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("ip %s: %w: %s", args, err, out)
		}
	}
	dir, err := os.MkdirTemp("", "sealed")
	if err != nil {
		return nil, err
	}
	n := &Network{dir: dir}
	if err := errors.Join(n.resolve(), n.listen()); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	return n, nil
}

// resolve has all programs ask this process for addresses.
func (n *Network) resolve() error {
	file := filepath.Join(n.dir, "resolv.conf")
	if err := os.WriteFile(file, []byte("nameserver "+nameServer+"\n"), 0o644); err != nil {
		return err
	}
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return err
	}
	if err := syscall.Mount(file, "/etc/resolv.conf", "", syscall.MS_BIND, ""); err != nil {
		return err
	}
	return serveNames()
}

// Close removes what the network needed. The network goes with the process.
func (n *Network) Close() error {
	_ = syscall.Unmount("/etc/resolv.conf", syscall.MNT_DETACH)
	return os.RemoveAll(n.dir)
}

func (n *Network) note(r Request) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.requests = append(n.requests, r)
}

// Requests returns all requests up to now; none where there is no network.
func (n *Network) Requests() []Request {
	if n == nil {
		return nil
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.requests)
}

// ToAmazon returns the requests up to now that were meant for Amazon, or for the metadata of one of its machines.
func (n *Network) ToAmazon() []Request {
	return slices.DeleteFunc(n.Requests(), func(r Request) bool { return !amazons(r.Host) })
}

func amazons(host string) bool {
	return slices.ContainsFunc([]string{".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".on.aws", ".amazonaws.eu"}, func(suffix string) bool {
		return strings.HasSuffix("."+host, suffix)
	}) || strings.HasPrefix(host, "169.254.")
}
