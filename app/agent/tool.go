package agent

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"daypass/app/agent/quick"
	"daypass/app/agent/rundir"
)

// peerKey is where a request's context has the process at the other end of its connection.
type peerKey struct{}

// withPeer notes which process has made a connection, where the system tells.
func withPeer(ctx context.Context, conn net.Conn) context.Context {
	unix, ok := conn.(*net.UnixConn)
	if !ok {
		return ctx
	}
	raw, err := unix.SyscallConn()
	if err != nil {
		return ctx
	}
	var pid int
	if raw.Control(func(fd uintptr) { pid = rundir.PeerPID(int(fd)) }) != nil || pid == 0 {
		return ctx
	}
	return context.WithValue(ctx, peerKey{}, pid)
}

// toolName is the name of the tool that a request is for: by the executable of the process that made it, or of
// the one that runs `daypass creds`, where the system tells, and otherwise by what the request says. So a tool
// does not choose by which name it is paused, but for an interpreter's script; a program of the same user can
// still pass for another, so that pausing is no lock.
func toolName(ctx context.Context, said string) string {
	pid, ok := ctx.Value(peerKey{}).(int)
	if !ok {
		return said
	}
	exe := executable(pid)
	if exe != "" && exe == executable(os.Getpid()) {
		pid = parent(pid)
		exe = executable(pid)
	}
	if exe == "" {
		return said
	}
	args := []string{filepath.Base(exe)}
	if cmdline, err := os.ReadFile(proc(pid, "cmdline")); err == nil {
		args = append(args, strings.Split(strings.TrimRight(string(cmdline), "\x00"), "\x00")[1:]...)
	}
	args[0] = withoutMinorVersion(args[0])
	return quick.ProgramName(args)
}

func proc(pid int, name string) string { return "/proc/" + strconv.Itoa(pid) + "/" + name }

// executable is the path of a process's program, also where an update has replaced the file; empty where the
// system does not tell.
func executable(pid int) string {
	path, err := os.Readlink(proc(pid, "exe"))
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(path, " (deleted)")
}

// parent is the process that has started another; zero where that is unknown.
func parent(pid int) int {
	stat, err := os.ReadFile(proc(pid, "stat"))
	if err != nil {
		return 0
	}
	// The name, in parentheses, can hold anything.
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	if len(fields) < 2 {
		return 0
	}
	ppid, _ := strconv.Atoi(fields[1])
	return ppid
}

// withoutMinorVersion has each version of an interpreter be the same tool: python3.11 is python3.
func withoutMinorVersion(name string) string {
	base, minor, found := strings.Cut(name, ".")
	if !found || strings.Trim(minor, "0123456789.") != "" || strings.Trim(base, "0123456789") == base {
		return name
	}
	return base
}
