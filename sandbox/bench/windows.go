package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"syscall"
	"time"

	"daypass/sandbox/desktop"
	"daypass/sandbox/servers"
)

const (
	// windowRounds is how often each window is opened, in turn.
	windowRounds = 5
	// settleTime is left to a window before it is watched, and windowStretch is how long it is.
	settleTime    = 4 * time.Second
	windowStretch = 12 * time.Second
)

// opened is what one window cost.
type opened struct {
	firstFrame time.Duration
	usage
}

// windows compares the window, all sessions counting down in it, with a bare window of the same
// toolkit, built with the same flags, in which as many labels change once a second: what
// a countdown with seconds would cost at the least.
func windows(ctx context.Context, _ *servers.Sandbox, a *agent, bin string) ([]figure, error) {
	bareWindow := filepath.Join(a.dir, "barewindow")
	if err := buildWindow(ctx, bareWindow, "barewindow"); err != nil {
		return nil, err
	}
	d, err := desktop.New(ctx, bin)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	var ours, theirs []opened
	for round := range windowRounds {
		say("windows, round %d of %d", round+1, windowRounds)
		b, err := openOnce(ctx, d, a, bareWindow)
		if err != nil {
			return nil, fmt.Errorf("the bare window: %w", err)
		}
		o, err := openOnce(ctx, d, a, filepath.Join(bin, "daypass-window"))
		if err != nil {
			return nil, fmt.Errorf("the window: %w", err)
		}
		theirs, ours = append(theirs, b), append(ours, o)
	}
	return []figure{
		ratio("start_first_frame_ratio", ours, theirs, 1.3, "ms", func(o opened) float64 { return milliseconds(o.firstFrame) }),
		ratio("window_memory_ratio", ours, theirs, 1.3, "MB", func(o opened) float64 { return o.memory }),
		ratio("window_cpu_20_sessions_ratio", ours, theirs, 1.2, "% of a core", func(o opened) float64 { return o.cpu }),
	}, nil
}

func ratio(name string, ours, theirs []opened, aim float64, unit string, of func(opened) float64) figure {
	middle := func(all []opened) float64 {
		var values []float64
		for _, o := range all {
			values = append(values, of(o))
		}
		return median(values)
	}
	a, b := middle(ours), middle(theirs)
	return atMost(name, a/b, "ratio", aim, fmt.Sprintf("%.1f %s to a bare window's %.1f, medians of %d", a, unit, b, len(ours)))
}

// openOnce opens a window program, measures it and closes it.
func openOnce(ctx context.Context, d *desktop.Desk, a *agent, program string) (opened, error) {
	cmd := d.Command(program)
	cmd.Env = append(cmd.Env, a.env()...)
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return opened{}, err
	}
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		_ = untilPixel(ctx, d, false)
	}()
	if err := untilPixel(ctx, d, true); err != nil {
		return opened{}, err
	}
	o := opened{firstFrame: time.Since(start)}
	time.Sleep(settleTime)
	var err error
	o.usage, err = watch(ctx, cmd.Process.Pid, windowStretch)
	return o, err
}

// untilPixel waits until the middle of the display is painted, or black again.
func untilPixel(ctx context.Context, d *desktop.Desk, painted bool) error {
	deadline := time.Now().Add(desktop.Timeout)
	for time.Now().Before(deadline) && ctx.Err() == nil {
		pixel, err := d.Pixel(700, 450)
		if err != nil {
			return err
		}
		if (pixel != 0) == painted {
			return nil
		}
		time.Sleep(2 * time.Millisecond)
	}
	return errors.Join(errors.New("the display does not change"), ctx.Err())
}
