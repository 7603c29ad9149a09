// Package process runs the programs of others that the sandbox tests with: servers that are ready when they answer, and
// that end when they are asked to.
package process

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// How long a server may take to be ready, the first time on a busy machine, and to end.
const (
	startTimeout = 4 * time.Minute
	stopTimeout  = time.Minute
)

// Process is a running server.
type Process struct {
	cmd   *exec.Cmd
	log   string
	ended chan struct{}
}

// Run starts a server with its output in the file log.
func Run(cmd *exec.Cmd, log string) (*Process, error) {
	out, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	cmd.SysProcAttr = apart()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &Process{cmd: cmd, log: log, ended: make(chan struct{})}
	go func() { _ = cmd.Wait(); close(p.ended) }()
	return p, nil
}

// Ready waits until the server answers at the address with 200.
func (p *Process) Ready(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for !Answers(ctx, address) {
		select {
		case <-time.After(20 * time.Millisecond):
		case <-p.ended:
			return p.Failure("ended at once")
		case <-ctx.Done():
			return p.Failure("is not ready: " + ctx.Err().Error())
		}
	}
	return nil
}

// Answers reports whether a server answers at the address with 200.
func Answers(ctx context.Context, address string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// Ended is closed when the server has ended.
func (p *Process) Ended() <-chan struct{} { return p.ended }

// Stop asks the server to end and waits until it has. A process that is nil has ended already.
func (p *Process) Stop() error {
	if p == nil {
		return nil
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself
	select {
	case <-p.ended:
		return nil
	case <-time.After(stopTimeout):
		_ = p.cmd.Process.Kill()
		<-p.ended
		return p.Failure("did not end when asked to")
	}
}

// Failure is what went wrong with the server, and the end of its log.
func (p *Process) Failure(what string) error {
	return fmt.Errorf("%s %s; its last words:\n%s", filepath.Base(p.cmd.Path), what, lastLines(p.log, 12))
}

func lastLines(file string, n int) string {
	data, err := os.ReadFile(file)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
