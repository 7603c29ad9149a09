package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"daypass/sandbox/servers"
	"daypass/sandbox/slowproxy"
)

// whole is true for the sizes of files, and the listing of a million objects, that the figures of long lines are named for.
var whole bool

// roundTrips are the lengths of the lines.
var roundTrips = []time.Duration{40 * time.Millisecond, 100 * time.Millisecond}

const (
	// lineRounds of each program with each task, in turn with the others; the median counts.
	lineRounds = 5
	// smallAim and lineAim are what the times of small and of other files are to be, in those of the fastest peer.
	smallAim, lineAim = 0.8, 1.0
	// listAim is the same for the listing of a million objects.
	listAim = 0.15
)

// lineLoad is what moves over a long line.
func lineLoad() load {
	if whole {
		return load{large: 1 << 30, small: 10_000, mixed: 1000}
	}
	return load{large: 128 << 20, small: 1000, mixed: 100}
}

// newMoverBenchOver is newMoverBench over a line on which a round trip takes some time; none has no line.
func newMoverBenchOver(ctx context.Context, sandbox *servers.Sandbox, bin string, roundTrip time.Duration) (*moverBench, error) {
	if roundTrip == 0 {
		return newMoverBench(ctx, sandbox, bin)
	}
	line, err := slowproxy.New(sandbox.Endpoint)
	if err != nil {
		return nil, err
	}
	b, err := newMoverBenchAt(ctx, sandbox, bin, line.URL)
	if err != nil {
		line.Close()
		return nil, err
	}
	line.Delay.Store(int64(roundTrip / 2))
	b.line = line
	return b, nil
}

// longLines has Daypass and its peers move the same files over lines of some length, and list what is at their end.
func longLines(ctx context.Context, sandbox *servers.Sandbox, _ *agent, bin string) (figures []figure, err error) {
	for _, roundTrip := range roundTrips {
		some, err := overLine(ctx, sandbox, bin, roundTrip)
		figures = append(figures, some...)
		if err != nil {
			return figures, err
		}
	}
	if !whole {
		return figures, nil
	}
	some, err := withMany(ctx, bin, roundTrips[0], func(ctx context.Context, b *moverBench) ([]figure, error) {
		return listAll(ctx, b, lineName(roundTrips[0]), listAim)
	})
	for _, f := range some {
		if strings.HasSuffix(f.Name, lineName(roundTrips[0])) {
			figures = append(figures, f)
		}
	}
	return figures, err
}

// lineName is a line in the name of a figure: its round trip in milliseconds.
func lineName(roundTrip time.Duration) string { return fmt.Sprint(roundTrip.Milliseconds()) }

func overLine(ctx context.Context, sandbox *servers.Sandbox, bin string, roundTrip time.Duration) ([]figure, error) {
	b, err := newMoverBenchOver(ctx, sandbox, bin, roundTrip)
	if err != nil {
		return nil, err
	}
	defer b.close()
	b.bucket = "line-" + lineName(roundTrip)
	client, err := sandbox.Admin()
	if err != nil {
		return nil, err
	}
	s := &speedRun{moverBench: b, client: client}
	if err := s.prepare(ctx, lineLoad()); err != nil {
		return nil, err
	}
	var figures []figure
	for _, task := range s.tasks("", lineName(roundTrip)) {
		f, err := s.medians(ctx, task)
		if err != nil {
			return figures, fmt.Errorf("%s: %w", task.figure, err)
		}
		figures = append(figures, f)
	}
	return figures, nil
}

// medians returns our median time over that of the fastest peer, until all is on the disk.
func (s *speedRun) medians(ctx context.Context, task speedTask) (figure, error) {
	movers := s.movers()
	took := make([][]float64, len(movers))
	for round := range lineRounds {
		for i, m := range movers {
			_, safe, err := s.once(ctx, task, m, round)
			if err != nil {
				return figure{}, fmt.Errorf("%s: %w", m.name, err)
			}
			say("%s: %s in %v", task.figure, m.name, safe.Round(time.Millisecond))
			took[i] = append(took[i], safe.Seconds())
		}
	}
	fastest := math.Inf(1)
	var all []string
	for i, m := range movers {
		if i > 0 {
			fastest = min(fastest, median(took[i]))
		}
		all = append(all, fmt.Sprintf("%s %.2f s", m.name, median(took[i])))
	}
	aim := lineAim
	if task.bytes == int64(task.files)*smallSize {
		aim = smallAim
	}
	of := fmt.Sprintf("%d files, %d MB, until all is on the disk, median of %d: %s", task.files, task.bytes/1e6, lineRounds, strings.Join(all, ", "))
	return atMost(task.figure, median(took[0])/fastest, "x", aim, of), nil
}

// The sizes of a folder of all sizes: from 1 KiB to 64 MiB, log-normal around 128 KiB.
const (
	mixedMin, mixedMedian, mixedMax = 1 << 10, 128 << 10, 64 << 20
	mixedSpread                     = 2
)

// mixedSizes returns the sizes of so many files, the same each time.
func mixedSizes(n int) []int64 {
	random := rand.New(rand.NewPCG(1, 2))
	sizes := make([]int64, n)
	for i := range sizes {
		size := mixedMedian * math.Exp(mixedSpread*random.NormFloat64())
		sizes[i] = int64(min(max(size, mixedMin), mixedMax))
	}
	return sizes
}
