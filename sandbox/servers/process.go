package servers

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

// timeout is how long a server may take to be ready, and to end.
const timeout = 60 * time.Second

// process is a running server.
type process struct {
	cmd   *exec.Cmd
	log   string
	ended chan struct{}
}

// run starts a server with its output in the file log.
func run(cmd *exec.Cmd, log string) (*process, error) {
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
	p := &process{cmd: cmd, log: log, ended: make(chan struct{})}
	go func() { _ = cmd.Wait(); close(p.ended) }()
	return p, nil
}

// ready waits until the server answers at the address with 200.
func (p *process) ready(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	for !answers(ctx, address) {
		select {
		case <-time.After(20 * time.Millisecond):
		case <-p.ended:
			return p.failure("ended at once")
		case <-ctx.Done():
			return p.failure("is not ready: " + ctx.Err().Error())
		}
	}
	return nil
}

func answers(ctx context.Context, address string) bool {
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

// stop asks the server to end and waits until it has. A process that is nil has ended already.
func (p *process) stop() error {
	if p == nil {
		return nil
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself
	select {
	case <-p.ended:
		return nil
	case <-time.After(timeout):
		_ = p.cmd.Process.Kill()
		<-p.ended
		return p.failure("did not end when asked to")
	}
}

// failure is what went wrong with the server, and the end of its log.
func (p *process) failure(what string) error {
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
