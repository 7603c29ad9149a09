package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"daypass/sandbox/servers"
)

// memoryEvery is how often the memory of the agent is read while a program works.
const memoryEvery = 50 * time.Millisecond

// gateway has s5cmd move the same files to the storage server itself and through the gateway, in turn.
func gateway(ctx context.Context, sandbox *servers.Sandbox, _ *agent, bin string) ([]figure, error) {
	b, err := newMoverBench(ctx, sandbox, bin)
	if err != nil {
		return nil, err
	}
	defer b.close()
	client, err := sandbox.Admin()
	if err != nil {
		return nil, err
	}
	through, err := b.throughGateway(ctx, filepath.Join(bin, "daypass"))
	if err != nil {
		return nil, err
	}
	s := &speedRun{moverBench: b, client: client}
	if err := s.prepare(ctx, wholeLoad); err != nil {
		return nil, err
	}
	g := &gatewayRun{speedRun: s, direct: b.s5cmd("direct"), through: through.s5cmd("gateway")}
	memory := watchMemory(ctx, b.rig.PID())
	figures, err := g.figures(ctx)
	return append(figures, atMost("gateway_memory_mb", memory(), "MB", 60, "the agent's most while s5cmd works through it")), err
}

// throughGateway is the same computer with a key pair in place of the credentials.
func (b *moverBench) throughGateway(ctx context.Context, daypass string) (*moverBench, error) {
	out, err := b.rig.Command(ctx, daypass, "gateway", "add", "sandbox", "--tool", "s5cmd").Output()
	if err != nil {
		return nil, fmt.Errorf("gateway add: %w", err)
	}
	through := *b
	through.env = append(slices.Clone(b.env), "AWS_SESSION_TOKEN=")
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSpace(line)
		through.env = append(through.env, line)
		if endpoint, found := strings.CutPrefix(line, "AWS_ENDPOINT_URL="); found {
			through.env = append(through.env, "S3_ENDPOINT_URL="+endpoint)
		}
	}
	return &through, nil
}

// s5cmd is the mover of that name, under another one.
func (b *moverBench) s5cmd(name string) mover {
	all := b.movers()
	m := all[slices.IndexFunc(all, func(m mover) bool { return m.name == "s5cmd" })]
	m.name = name
	return m
}

type gatewayRun struct {
	*speedRun
	direct, through mover
}

// figures are the ratios: of the large file in either direction, and of the small ones in both.
func (g *gatewayRun) figures(ctx context.Context) ([]figure, error) {
	tasks := g.tasks("gateway_", "ratio")
	put, err := g.ratio(ctx, "gateway_put_ratio", 1.15, tasks[0])
	if err != nil {
		return nil, err
	}
	get, err := g.ratio(ctx, "gateway_get_ratio", 1.15, tasks[1])
	if err != nil {
		return []figure{put}, err
	}
	small, err := g.ratio(ctx, "gateway_small_ratio", 1.3, tasks[2], tasks[3])
	if err != nil {
		return []figure{put, get}, err
	}
	return []figure{put, get, small}, nil
}

// ratio returns the best time through the gateway over the best time without it, of some tasks together.
func (g *gatewayRun) ratio(ctx context.Context, name string, aim float64, tasks ...speedTask) (figure, error) {
	var direct, through time.Duration
	for _, task := range tasks {
		var best [2]time.Duration
		for round := range rounds {
			for i, m := range []mover{g.direct, g.through} {
				_, safe, err := g.once(ctx, task, m, round)
				if err != nil {
					return figure{}, fmt.Errorf("%s, %s: %w", task.figure, m.name, err)
				}
				say("%s: %s in %v", task.figure, m.name, safe.Round(time.Millisecond))
				best[i] = least(best[i], safe)
			}
		}
		direct, through = direct+best[0], through+best[1]
	}
	of := fmt.Sprintf("s5cmd, until all is on the disk, best of %d: %.2f s through the gateway, %.2f s directly", rounds, through.Seconds(), direct.Seconds())
	return atMost(name, through.Seconds()/direct.Seconds(), "x", aim, of), nil
}

// watchMemory reads the memory of a process until the function is called that it returns, which returns the most of it.
func watchMemory(ctx context.Context, pid int) (most func() float64) {
	ctx, stop := context.WithCancel(ctx)
	result := make(chan float64, 1)
	go func() {
		peak := 0.0
		for ctx.Err() == nil {
			if now, err := memoryMB(pid); err == nil {
				peak = max(peak, now)
			}
			select {
			case <-time.After(memoryEvery):
			case <-ctx.Done():
			}
		}
		result <- peak
	}()
	return func() float64 { stop(); return <-result }
}
