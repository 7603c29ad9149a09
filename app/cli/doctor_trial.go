package cli

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"daypass/app"
	"daypass/app/agent/quick"
	"daypass/app/broker/clients"
	"daypass/app/doctor"
	"daypass/app/tools"
	"daypass/app/tools/cmdline"
	"daypass/app/tools/guard"
	"daypass/auth/safetext"
)

const (
	// trialTimeout is how long a tool may take to list a bucket.
	trialTimeout = 30 * time.Second
	// maxTrialMessage is how many characters of what a tool says are shown.
	maxTrialMessage = 200
)

// trial has tools list a bucket as `daypass exec` runs them.
type trial struct {
	bucket string
	keys   *fetcher
	served *served
}

// startTrial fails where the connection has no credentials.
func startTrial(ctx context.Context, core app.Core, id, bucket string) (*trial, error) {
	keys := newFetcher(core, id, clients.Fetcher{Name: quick.ProgramName(os.Args[:1])})
	access, err := keys.first(ctx)
	if err != nil {
		return nil, clientError(id, err)
	}
	served, err := serveProgram(keys, access)
	if err != nil {
		keys.leave(ctx)
		return nil, err
	}
	return &trial{bucket, keys, served}, nil
}

func (t *trial) end(ctx context.Context) {
	t.served.close()
	t.keys.leave(ctx)
}

// list is a doctor.Try.
func (t *trial) list(ctx context.Context, path string, d tools.Definition) doctor.Listing {
	l := doctor.Listing{Bucket: t.bucket, Result: doctor.Untried}
	if d.List == nil {
		return l
	}
	access := t.served.token.Access
	command := append([]string{path}, d.List(access, t.bucket)...)
	line := cmdline.Read(command, guard.ScriptText)
	if err := guard.Check(ctx, path, line, access.Endpoint); err != nil {
		l.Result, l.ServerMessage = doctor.NotListed, errorText(err)
		return l
	}
	ctx, cancel := context.WithTimeout(ctx, trialTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, command[1:]...)
	cmd.WaitDelay = time.Second
	cmd.Env, cmd.Dir = execEnvironment(os.Environ(), t.served.token, line), filepath.Dir(path) // see probe.Version
	out, err := cmd.CombinedOutput()
	if l.Result = doctor.Listed; err != nil {
		l.Result, l.ServerMessage = doctor.NotListed, trialMessage(out, err, access)
	}
	return l
}

// trialMessage returns the last line of what a tool said, and nothing of the credentials; else how it ended.
func trialMessage(out []byte, err error, access tools.Access) string {
	for _, line := range slices.Backward(bytes.Split(out, []byte("\n"))) {
		text := safetext.Line(strings.TrimSpace(string(line)), maxTrialMessage)
		if text != "" && !holdsCredentials(string(line), access) {
			return text
		}
	}
	return errorText(err)
}

func holdsCredentials(text string, access tools.Access) bool {
	for _, part := range []string{access.AccessKeyID, access.SecretAccessKey.Reveal(), access.SessionToken.Reveal()} {
		if part != "" && strings.Contains(text, part) {
			return true
		}
	}
	return false
}
