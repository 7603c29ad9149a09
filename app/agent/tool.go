package agent

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"daypass/app/agent/quick"
	"daypass/app/agent/transport"
	"daypass/app/tools/cmdline"
	"daypass/app/tools/guard"
)

// peerKey is where a request's context has the process at the other end of its connection.
type peerKey struct{}

// withPeer notes which process has made a connection, where the system reports it.
func withPeer(ctx context.Context, conn net.Conn) context.Context {
	own, ok := conn.(*ownConn)
	if !ok {
		return ctx
	}
	if pid := transport.PeerPID(own.Conn); pid != 0 {
		return context.WithValue(ctx, peerKey{}, pid)
	}
	return ctx
}

// tool is a program that asks for credentials, as far as the system reports it.
type tool struct {
	// args are its command line, the first being its executable. Empty: unknown.
	args []string
	// dir is the folder in which it works.
	dir string
}

// toolOf is the program that a request is for: the process that made it, or the one that runs `daypass creds`
// or daypass-creds.
func toolOf(ctx context.Context) tool {
	pid, ok := ctx.Value(peerKey{}).(int)
	if !ok {
		return tool{}
	}
	exe := executable(pid)
	if exe != "" && isOurs(exe) {
		pid = parent(pid)
		exe = executable(pid)
	}
	if exe == "" {
		return tool{}
	}
	t := tool{args: []string{exe}}
	t.dir, _ = os.Readlink(proc(pid, "cwd"))
	if cmdline, err := os.ReadFile(proc(pid, "cmdline")); err == nil {
		t.args = append(t.args, strings.Split(strings.TrimRight(string(cmdline), "\x00"), "\x00")[1:]...)
	}
	return t
}

// name is that of the tool: by its executable where the system reports it, and otherwise claimed, which is what its
// request says. So a tool does not choose by which name it is paused, but for an interpreter's script; a program of the
// same user can still pass for another, so that pausing is no lock.
func (t tool) name(claimed string) string {
	if len(t.args) == 0 {
		return claimed
	}
	return quick.ProgramName(append([]string{withoutMinorVersion(filepath.Base(t.args[0]))}, t.args[1:]...))
}

// checkTimeout is how long asking a program for its version may take: less than what daypass-creds waits for its answer.
const checkTimeout = 4 * time.Second

// check refuses a tool that would take the credentials to Amazon.
func (t tool) check(ctx context.Context, endpoint string) error {
	if len(t.args) == 0 {
		return nil
	}
	args := t.args
	if len(args) > 1 && filepath.IsAbs(args[1]) && filepath.Ext(args[1]) == "" && strings.HasPrefix(filepath.Base(args[0]), "python") {
		args = args[1:] // a program that is written in Python, such as aws
	}
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	line := cmdline.Read(args, func(path string) string {
		if !filepath.IsAbs(path) {
			path = filepath.Join(t.dir, path)
		}
		return guard.ScriptText(path)
	})
	return guard.Check(ctx, args[0], line, endpoint)
}

func proc(pid int, name string) string { return "/proc/" + strconv.Itoa(pid) + "/" + name }

// executable is the path of a process's program, also where an update has replaced the file; empty where the
// system does not say.
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
