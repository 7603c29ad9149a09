package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"daypass/sandbox/servers"
)

// processRuns is how often each program is run, in turn with the others, so that all see the same
// machine.
const processRuns = 300

// issued measures what other tools wait for: the whole process of daypass-creds, and the
// agent's endpoint.
func issued(ctx context.Context, _ *servers.Sandbox, a *agent, bin string) ([]figure, error) {
	creds, err := credsFigures(ctx, a, bin)
	if err != nil {
		return nil, err
	}
	endpoint, err := endpointFigures(ctx, a)
	return append(creds, endpoint...), err
}

// program is a process to time.
type program struct {
	name string
	args []string
	env  []string
	took []float64
}

func credsFigures(ctx context.Context, a *agent, bin string) ([]figure, error) {
	dir, err := os.MkdirTemp("", "creds")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	hello, err := buildHello(ctx, dir)
	if err != nil {
		return nil, err
	}
	programs := []*program{
		{name: "hello", args: []string{hello}},
		{name: "daypass-creds", args: []string{filepath.Join(bin, "daypass-creds"), id(0)}, env: a.env()},
	}
	peer, err := awsVault(ctx, bin, dir)
	if err != nil {
		return nil, err
	}
	if peer != nil {
		programs = append(programs, peer)
	}
	say("running each of %d programs %d times", len(programs), processRuns)
	if err := race(ctx, programs); err != nil {
		return nil, err
	}
	ours, least := median(programs[1].took), median(programs[0].took)
	of := fmt.Sprintf("%.2f ms for the whole process, %.2f ms for a static hello-world in Go, medians of %d", ours, least, processRuns)
	figures := []figure{atMost("creds_vs_hello", ours/least, "times", 1.7, of)}
	if peer == nil {
		say("build/bin/peers has no program to compare with (make peers builds it)")
		return figures, nil
	}
	fastest := median(peer.took)
	of = fmt.Sprintf("%.2f ms, %.2f ms for %s with cached keys", ours, fastest, peer.name)
	return append(figures, atMost("creds_vs_fastest_peer", ours/fastest, "times", 1, of)), nil
}

// race runs every program in turn.
func race(ctx context.Context, programs []*program) error {
	for range processRuns {
		for _, p := range programs {
			took, err := p.run(ctx)
			if err != nil {
				return err
			}
			p.took = append(p.took, milliseconds(took))
		}
	}
	return nil
}

func (p *program) run(ctx context.Context) (time.Duration, error) {
	cmd := exec.CommandContext(ctx, p.args[0], p.args[1:]...)
	cmd.Env = append(os.Environ(), p.env...)
	var out, words bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &words
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start)
	if err == nil && out.Len() == 0 {
		err = errors.New("it prints nothing")
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w: %s", p.name, err, words.String())
	}
	return took, nil
}

const helloSource = `package main

import "os"

func main() { _, _ = os.Stdout.WriteString("hello, world\n") }
`

// buildHello builds the least that a program can be, by the same compiler and flags as Daypass.
func buildHello(ctx context.Context, dir string) (string, error) {
	source, program := filepath.Join(dir, "hello.go"), filepath.Join(dir, "hello")
	if err := os.WriteFile(source, []byte(helloSource), 0o600); err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, source)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("hello-world: %w: %s", err, out)
	}
	return program, nil
}

// awsVault returns an aws-vault that prints keys which it has at hand, from its encrypted file; nil
// where it is not built.
func awsVault(ctx context.Context, bin, dir string) (*program, error) {
	path := filepath.Join(bin, "peers", "aws-vault")
	if _, err := os.Stat(path); err != nil {
		return nil, nil
	}
	config := filepath.Join(dir, "aws-config")
	if err := os.WriteFile(config, []byte("[profile bench]\nregion = us-east-1\n"), 0o600); err != nil {
		return nil, err
	}
	env := []string{
		"AWS_CONFIG_FILE=" + config, "AWS_VAULT_BACKEND=file", "AWS_VAULT_FILE_DIR=" + filepath.Join(dir, "vault"),
		"AWS_VAULT_FILE_PASSPHRASE=bench", "AWS_ACCESS_KEY_ID=EXAMPLE", "AWS_SECRET_ACCESS_KEY=example",
	}
	add := exec.CommandContext(ctx, path, "add", "--env", "bench")
	add.Env = append(os.Environ(), env...)
	if out, err := add.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("aws-vault add: %w: %s", err, out)
	}
	return &program{name: "aws-vault export", args: []string{path, "export", "--format=json", "--no-session", "bench"}, env: env[:4]}, nil
}

const (
	endpointRequests = 10000
	endpointCallers  = 4
)

// endpointFigures times requests to the endpoint on connections that are kept, as SDKs keep them: one
// after the other for how long each takes, several at a time for how many there can be.
func endpointFigures(ctx context.Context, a *agent) ([]figure, error) {
	say("asking the endpoint %d times", 2*endpointRequests)
	grant, err := a.grant(ctx)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: endpointCallers}}
	took, err := grant.fetch(ctx, client, endpointRequests)
	if err != nil {
		return nil, err
	}
	failed := make([]error, endpointCallers)
	var callers sync.WaitGroup
	start := time.Now()
	for i := range endpointCallers {
		callers.Go(func() { _, failed[i] = grant.fetch(ctx, client, endpointRequests/endpointCallers) })
	}
	callers.Wait()
	if err := errors.Join(failed...); err != nil {
		return nil, err
	}
	perSecond := endpointRequests / time.Since(start).Seconds()
	slices.Sort(took)
	of := fmt.Sprintf("%d requests one after the other, half of them within %.2f ms; %.0f a second by %d callers",
		endpointRequests, median(took), perSecond, endpointCallers)
	return []figure{atMost("endpoint_p99_ms", took[len(took)*99/100], "ms", 1, of)}, nil
}

// grant is what the agent gives a client of its endpoint.
type grant struct{ URL, Token string }

func (a *agent) grant(ctx context.Context) (grant, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://daypass/v1/connections/"+id(0)+"/consumers",
		bytes.NewReader([]byte(`{"name": "bench"}`)))
	if err != nil {
		return grant{}, err
	}
	req.Header.Set("Daypass-Protocol", "1")
	answer, err := a.client.Do(req)
	if err != nil {
		return grant{}, err
	}
	defer answer.Body.Close()
	var g grant
	err = json.NewDecoder(answer.Body).Decode(&g)
	if err == nil && g.Token == "" {
		err = fmt.Errorf("the endpoint gives no token: %s", answer.Status)
	}
	return g, err
}

func (g grant) fetch(ctx context.Context, client *http.Client, times int) ([]float64, error) {
	took := make([]float64, 0, times)
	for range times {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, g.URL, http.NoBody)
		if err != nil {
			return nil, err
		}
		req.Header.Set("Authorization", g.Token)
		start := time.Now()
		answer, err := client.Do(req)
		if err != nil {
			return nil, err
		}
		_, err = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		took = append(took, milliseconds(time.Since(start)))
		if err != nil || answer.StatusCode != http.StatusOK {
			return nil, errors.Join(fmt.Errorf("the endpoint answers %s", answer.Status), err)
		}
	}
	return took, nil
}
