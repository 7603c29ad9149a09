package vault

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"time"

	"daypass/app/messages"
	"daypass/auth/secret"
)

// Process is the system's keyring, asked in a child process for each call: libraries for it take no
// context, can hang forever, and share the connection to the session bus with anyone who else is in
// their process. A child that is late is killed.
type Process struct {
	// Command is the program and its arguments that run ServeKeyring.
	Command []string
}

var _ Keyring = Process{}

// request is what the child reads, and answer what it writes: one of each.
type (
	request struct {
		Do      string `json:"do"` // look, get, set
		Account string `json:"account,omitempty"`
		Value   string `json:"value,omitempty"`
		// Timeout is after how many milliseconds the child ends by itself, should its parent
		// not be there any more to kill it.
		Timeout int64 `json:"patience_ms"`
	}
	answer struct {
		Value   string `json:"value,omitempty"`
		Failure string `json:"failure,omitempty"` // a name of failures, or empty
		Text    string `json:"text,omitempty"`    // the words of any other failure
	}
)

// Probe implements Keyring.
func (p Process) Probe(ctx context.Context) error {
	_, err := p.ask(ctx, request{Do: "look"})
	return err
}

// Changes implements Keyring.
func (p Process) Changes(ctx context.Context) <-chan struct{} { return changes(ctx) }

// Get implements Keyring.
func (p Process) Get(ctx context.Context, account string) (secret.Secret, error) {
	a, err := p.ask(ctx, request{Do: "get", Account: account})
	return secret.New(a.Value), err
}

// Set implements Keyring.
func (p Process) Set(ctx context.Context, account string, value secret.Secret) error {
	_, err := p.ask(ctx, request{Do: "set", Account: account, Value: value.Reveal()})
	return err
}

// defaultTimeout is for a caller who sets no deadline.
const defaultTimeout = 30 * time.Second

func (p Process) ask(ctx context.Context, req request) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, defaultTimeout*10)
	defer cancel()
	if deadline, set := ctx.Deadline(); set {
		req.Timeout = time.Until(deadline).Milliseconds() + 1000
	}
	question, err := json.Marshal(req)
	if err != nil {
		return answer{}, err
	}
	cmd := exec.CommandContext(ctx, p.Command[0], p.Command[1:]...)
	var out bytes.Buffer
	cmd.Stdin, cmd.Stdout = bytes.NewReader(question), &out
	cmd.Env = childEnvironment()
	cmd.WaitDelay = time.Second // a grandchild may hold the pipe
	err = cmd.Run()
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return answer{}, ErrTimedOut
	case ctx.Err() != nil:
		return answer{}, ctx.Err()
	case err != nil:
		return answer{}, messages.NewError(err, "agent.keyring.failed")
	}
	var a answer
	if err := json.Unmarshal(out.Bytes(), &a); err != nil {
		return answer{}, messages.NewError(nil, "agent.keyring.failed")
	}
	return a, a.err()
}

// childEnvironment is ours, with a small child in mind: it runs for milliseconds.
func childEnvironment() []string { return append(os.Environ(), "GOMAXPROCS=1", "GOGC=off") }

func (a answer) err() error {
	if a.Failure != "" {
		if failure, known := failures[a.Failure]; known {
			return failure
		}
		return messages.NewError(errors.New(a.Failure), "agent.keyring.failed")
	}
	if a.Text != "" {
		return messages.NewError(errors.New(a.Text), "agent.keyring.failed")
	}
	return nil
}
