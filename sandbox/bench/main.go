// Bench measures Daypass against the least that the same work can cost, prints a table and writes
// it to a file. A figure that misses its aim is reported as a miss; that is no error.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"daypass/sandbox/servers"
)

// sessions is how many a user at work has at most, and then some.
const sessions = 20

// tokenLife is long enough that no renewal falls into a measurement. The countdown on screen shows
// minutes then, and seconds only towards the end, as it does for a user.
const tokenLife = 50 * time.Minute

func main() {
	bin := flag.String("bin", "../build/bin", "folder of the built programs")
	out := flag.String("out", "../build/bench.json", "file for the figures")
	only := flag.String("only", "", "names of the `parts` to measure, with commas between them; the other figures in the file stay")
	flag.BoolVar(&whole, "whole", false, "move all of 1 GiB, 10,000 files and a folder of 1,000 over the long lines, and list a million objects there, which takes half an hour")
	flag.Parse()
	if err := run(*bin, *out, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(bin, out, only string) error {
	selected, err := choose(only)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if bin, err = filepath.Abs(bin); err != nil {
		return err
	}
	sandbox, err := servers.Start(ctx, servers.Options{Bin: bin, IDTokenLife: tokenLife})
	if err != nil {
		return err
	}
	defer sandbox.Close()
	figures, err := measure(ctx, sandbox, bin, selected)
	printTable(os.Stdout, figures)
	return errors.Join(err, writeJSON(out, figures, only != ""))
}

// part is some of the figures.
type part struct {
	name    string
	measure func(context.Context, *servers.Sandbox, *agent, string) ([]figure, error)
}

var parts = []part{
	{"agent", idleAgent}, {"window", windows}, {"sign-in", overhead}, {"transfers", transferSpeed}, {"keys", issued}, {"listing", listing}, {"folder", folder}, {"line", longLines}, {"gateway", gateway}, {"fleet", company},
}

// choose returns the parts with names; all of them where there is none.
func choose(names string) (selected []part, err error) {
	if names == "" {
		return parts, nil
	}
	for name := range strings.SplitSeq(names, ",") {
		at := slices.IndexFunc(parts, func(p part) bool { return p.name == name })
		if at < 0 {
			return nil, fmt.Errorf("there is no part %q", name)
		}
		selected = append(selected, parts[at])
	}
	return selected, nil
}

// measure makes every figure with one agent that has all the sessions. With an error it gives those
// that could be made.
func measure(ctx context.Context, sandbox *servers.Sandbox, bin string, chosen []part) ([]figure, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	a, err := startAgent(ctx, bin, dir, sandbox.ClaimConnection, sessions)
	if err != nil {
		return nil, err
	}
	defer a.stop()
	say("signing in, %d sessions", sessions)
	for i := range sessions {
		if _, err := signIn(ctx, a, id(i)); err != nil {
			return nil, fmt.Errorf("session %d: %w", i, err)
		}
	}
	var figures []figure
	var failures error
	for _, part := range chosen {
		some, err := part.measure(ctx, sandbox, a, bin)
		figures, failures = append(figures, some...), errors.Join(failures, err)
	}
	return figures, failures
}

const (
	// idleSettle lets the connections end that signing in leaves open for a while.
	idleSettle = 40 * time.Second
	// idleStretch is how long the agent is watched. Its work comes at most every 30 s.
	idleStretch = 2 * time.Minute
)

func idleAgent(ctx context.Context, _ *servers.Sandbox, a *agent, _ string) ([]figure, error) {
	say("watching the agent for %v", idleStretch)
	time.Sleep(idleSettle)
	u, err := watch(ctx, a.pid, idleStretch)
	if err != nil {
		return nil, err
	}
	of := fmt.Sprintf("%d sessions, no window, %v", sessions, idleStretch)
	return []figure{
		atMost("agent_memory_mb", u.memory, "MB", 30, of),
		atMost("agent_cpu_percent", u.cpu, "% of a core", 0.1, of),
		atMost("agent_wakeups_per_s", u.wakeups, "1/s", 2, of),
	}, nil
}

func say(format string, args ...any) { fmt.Fprintf(os.Stderr, "  "+format+"\n", args...) }
