package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"daypass/sandbox/servers"
)

const (
	million = 1_000_000
	// listRounds is how often each program lists everything, in turn with the others.
	listRounds = 2
)

// listing measures how a million objects are listed.
func listing(ctx context.Context, _ *servers.Sandbox, _ *agent, bin string) ([]figure, error) {
	return withMany(ctx, bin, 0, func(ctx context.Context, b *moverBench) ([]figure, error) { return listAll(ctx, b, "vs_fastest", 1) })
}

// folder measures how a place with a million objects is shown.
func folder(ctx context.Context, _ *servers.Sandbox, _ *agent, bin string) ([]figure, error) {
	return withMany(ctx, bin, 0, func(ctx context.Context, b *moverBench) ([]figure, error) { return showMany(ctx, b, bin) })
}

// withMany measures something in a sandbox of its own, with a million objects, through a line of some round trip.
func withMany(ctx context.Context, bin string, roundTrip time.Duration, measure func(context.Context, *moverBench) ([]figure, error)) ([]figure, error) {
	say("making %d objects", million)
	sandbox, err := servers.Start(ctx, servers.Options{Bin: bin, IDTokenLife: tokenLife, Objects: million})
	if err != nil {
		return nil, err
	}
	defer sandbox.Close()
	b, err := newMoverBenchOver(ctx, sandbox, bin, roundTrip)
	if err != nil {
		return nil, err
	}
	defer b.close()
	return measure(ctx, b)
}

// lister is a program that lists all of a bucket.
type lister struct {
	name string
	args []string
	best time.Duration
	// peak is the most memory that the program had, in MB.
	peak float64
}

// listAll has each program list everything. The figure's name ends with end.
func listAll(ctx context.Context, b *moverBench, end string, aim float64) ([]figure, error) {
	ours, err := buildLister(ctx, b.dir)
	if err != nil {
		return nil, err
	}
	all := []*lister{
		{name: "Daypass", args: []string{ours, servers.ManyBucket}},
		{name: "mc", args: []string{"mc", "ls", "lake/" + servers.ManyBucket}},
		{name: "rclone", args: []string{"rclone", "lsf", "lake:" + servers.ManyBucket}},
		{name: "s5cmd", args: []string{"s5cmd", "ls", "s3://" + servers.ManyBucket + "/"}},
	}
	var grown int64
	for range listRounds {
		for i, l := range all {
			out, err := l.list(ctx, b)
			if err != nil {
				return nil, err
			}
			objects := out.lines
			if i == 0 {
				if objects, grown, err = told(out.begin); err != nil {
					return nil, err
				}
			}
			if objects != million {
				return nil, fmt.Errorf("%s lists %d objects", l.name, objects)
			}
		}
	}
	fastest := all[1]
	var of []string
	for i, l := range all {
		if i > 1 && l.best < fastest.best {
			fastest = l
		}
		of = append(of, fmt.Sprintf("%s %.1f s (%.0f objects a second, %.0f MB at its peak)", l.name, l.best.Seconds(), million/l.best.Seconds(), l.peak))
	}
	return []figure{
		atMost("list_million_"+end, all[0].best.Seconds()/fastest.best.Seconds(), "x", aim, fmt.Sprintf("best of %d: %s", listRounds, strings.Join(of, ", "))),
		atMost("bytes_per_object", float64(grown)/million, "B", 150, fmt.Sprintf("by how much a process grows that loads %d objects", million)),
	}, nil
}

// buildLister builds the program that loads a place as the window does.
func buildLister(ctx context.Context, dir string) (string, error) {
	program := filepath.Join(dir, "lister")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", program, "./lister")
	build.Dir, build.Stderr = "storage", os.Stderr
	return program, build.Run()
}

// printed is what a program printed: its lines are counted, and the first bytes kept.
type printed struct {
	lines int
	begin []byte
}

// Write implements io.Writer.
func (p *printed) Write(data []byte) (int, error) {
	p.lines += bytes.Count(data, []byte("\n"))
	p.begin = append(p.begin, data[:min(len(data), 1000-len(p.begin))]...)
	return len(data), nil
}

// list lists everything once.
func (l *lister) list(ctx context.Context, b *moverBench) (printed, error) {
	cmd := b.command(ctx, l.args[0], l.args[1:]...)
	var out printed
	var words bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &words
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return out, fmt.Errorf("%s: %w: %s", l.name, err, &words)
	}
	took := time.Since(start)
	say("listing %d objects: %s in %v", million, l.name, took.Round(time.Millisecond))
	if l.best == 0 || took < l.best {
		l.best = took
	}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		l.peak = max(l.peak, float64(usage.Maxrss)/1024)
	}
	return out, nil
}

// told reads what our own program prints.
func told(out []byte) (objects int, grown int64, err error) {
	var t struct {
		Objects int
		Grown   int64
	}
	err = json.Unmarshal(out, &t)
	return t.Objects, t.Grown, err
}
