// Package quick asks the agent for a connection's credentials with as little of the standard library as can
// be: no net, no net/http, no encoding/json. daypass-creds is run by other tools before each piece of
// their work; most of its time would otherwise go by before its first own line.
package quick

import (
	"bytes"
	"errors"
	"os"
	"path"
	"strconv"
	"strings"
)

// What the agent's protocol says of this request; package agent says the same of all others.
const (
	Protocol       = 1
	ProtocolHeader = "Daypass-Protocol"
	HostName       = "daypass"
	PathCreds      = "/v1/creds"
)

// Errors of Ask; besides, rundir.ErrForeign.
var (
	// ErrNoAgent: nobody answers at the agent's socket.
	ErrNoAgent = errors.New("no agent answers")
	// ErrBroken: what came is no answer.
	ErrBroken = errors.New("the Daypass agent does not answer")
)

// Answer is what the agent answered.
type Answer struct {
	// Status is that of HTTP.
	Status int
	// Body is, with the status 200, what a credential_process prints.
	Body []byte
}

// maxAnswer bounds an answer, in bytes.
const maxAnswer = 1 << 20

// request is HTTP/1.0, after whose answer the agent closes the connection.
func request(name, tool string) []byte {
	return []byte("GET " + PathCreds + "?name=" + escape(name) + "&tool=" + escape(tool) + " HTTP/1.0\r\nHost: " + HostName +
		"\r\n" + ProtocolHeader + ": " + strconv.Itoa(Protocol) + "\r\n\r\n")
}

// escape writes a value of a query; net/url is not of the few packages here.
func escape(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' {
			b.WriteByte(c)
			continue
		}
		b.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
	}
	return b.String()
}

// parse reads an answer that has come whole.
func parse(text []byte) (Answer, error) {
	head, body, whole := bytes.Cut(text, []byte("\r\n\r\n"))
	if !whole || len(head) < len("HTTP/1.0 200") || !bytes.HasPrefix(head, []byte("HTTP/1.")) {
		return Answer{}, ErrBroken
	}
	status, err := strconv.Atoi(string(head[9:12]))
	if err != nil {
		return Answer{}, ErrBroken
	}
	return Answer{status, body}, nil
}

// Unnamed stands for a program that cannot be found out: users are shown the name that clients.ShownName has for it.
const Unnamed = "a tool"

// Caller names the program that runs this one, for the list of who fetches credentials.
func Caller() string {
	cmdline, err := os.ReadFile("/proc/" + strconv.Itoa(os.Getppid()) + "/cmdline")
	if err != nil {
		return Unnamed
	}
	return ProgramName(strings.Split(strings.TrimRight(string(cmdline), "\x00"), "\x00"))
}

// ProgramName is the name of the program that a command line runs; of an interpreter, the script's too.
func ProgramName(args []string) string {
	name := path.Base(args[0])
	if name == "" || name == "." {
		return Unnamed
	}
	interpreter := strings.HasPrefix(name, "python") || name == "node" || name == "ruby" || name == "perl"
	if !interpreter || len(args) < 2 || args[1] == "" || args[1][0] == '-' {
		return name
	}
	script := path.Base(args[1])
	if path.Ext(script) == "" {
		return script // a program that is written in it, such as aws
	}
	return name + " " + script
}
