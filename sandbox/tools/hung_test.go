package tools

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// promptly is how long a command may take that meets a file which never answers.
const promptly = 45 * time.Second

// A named pipe in place of the AWS tools' file, which blocks all who open it, and a lock on that file that somebody
// else holds stop neither setting a tool up nor signing out nor quitting: each ends, and says what it could not do.
func TestRule30_builtProgramWaitsForNoPipeOrLock(t *testing.T) {
	t.Run("pipe", func(t *testing.T) {
		p := arrive(t)
		p.write(".aws/config", "", 0o600)
		p.must(os.Remove(p.path(".aws/config")))
		p.must(syscall.Mkfifo(p.path(".aws/config"), 0o600))
		if words, err := p.promptly("use", sandboxID, "aws", "--yes"); err == nil || !strings.Contains(words, p.path(".aws/config")) {
			t.Errorf("use: %v\n%s", err, words)
		}
		p.endPromptly()
	})
	t.Run("lock", func(t *testing.T) {
		p := arrive(t)
		p.write(".aws/config", "[default]\nregion = eu-central-1\n", 0o600)
		held, err := os.Open(p.path(".aws/config"))
		p.must(err)
		defer held.Close()
		p.must(syscall.Flock(int(held.Fd()), syscall.LOCK_EX))
		if words, err := p.promptly("use", sandboxID, "aws", "--yes"); err != nil {
			t.Errorf("use: %v\n%s", err, words)
		}
		if text := p.read(".aws/config"); !strings.Contains(text, profile) || !strings.Contains(text, "eu-central-1") {
			t.Errorf("the file is\n%s", text)
		}
		p.endPromptly()
	})
}

// endPromptly signs out and has the agent end.
func (p *user) endPromptly() {
	p.t.Helper()
	for _, command := range [][]string{{"logout", sandboxID}, {"quit"}} {
		if words, err := p.promptly(command...); err != nil {
			p.t.Errorf("%v: %v\n%s", command, err, words)
		}
	}
}

// promptly runs daypass, which must end in time, and returns its words.
func (p *user) promptly(args ...string) (words string, err error) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), promptly)
	defer cancel()
	template := p.command("daypass", args...)
	cmd := exec.CommandContext(ctx, template.Path, args...)
	cmd.Env, cmd.Dir = template.Env, template.Dir
	out, err := cmd.CombinedOutput()
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		p.t.Fatalf("%v does not end", args)
	}
	return string(out), err
}
