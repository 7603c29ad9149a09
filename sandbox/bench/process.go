package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// usage is what the kernel says of a process over a stretch of time.
type usage struct {
	// cpu is the share of one core, in percent.
	cpu float64
	// wakeups are voluntary context switches a second, over all threads.
	wakeups float64
	// memory is the proportional set size at the end, in MB.
	memory float64
}

// watch measures a process for the given time.
func watch(ctx context.Context, pid int, stretch time.Duration) (usage, error) {
	start := time.Now()
	ticks, switches, err := counters(pid)
	if err != nil {
		return usage{}, err
	}
	select {
	case <-time.After(stretch):
	case <-ctx.Done():
		return usage{}, ctx.Err()
	}
	ticks2, switches2, err := counters(pid)
	if err != nil {
		return usage{}, err
	}
	passed := time.Since(start).Seconds()
	memory, err := memoryMB(pid)
	return usage{
		cpu:     float64(ticks2-ticks) / ticksPerSecond / passed * 100,
		wakeups: float64(switches2-switches) / passed,
		memory:  memory,
	}, err
}

// ticksPerSecond is the unit of /proc/PID/stat, the same on every Linux of today.
const ticksPerSecond = 100

func counters(pid int) (ticks, switches int64, err error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0, err
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	for _, at := range []int{11, 12} { // utime and stime
		n, err := strconv.ParseInt(fields[at], 10, 64)
		if err != nil {
			return 0, 0, err
		}
		ticks += n
	}
	switches, err = voluntarySwitches(pid)
	return ticks, switches, err
}

func voluntarySwitches(pid int) (int64, error) {
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", pid))
	if err != nil {
		return 0, err
	}
	var sum int64
	for _, task := range tasks {
		n, err := field(task, "voluntary_ctxt_switches:")
		if err != nil {
			continue // the thread has ended since
		}
		sum += n
	}
	return sum, nil
}

func memoryMB(pid int) (float64, error) {
	kb, err := field(fmt.Sprintf("/proc/%d/smaps_rollup", pid), "Pss:")
	return float64(kb) / 1024, err
}

// field is the number behind a name in one of /proc's files.
func field(file, name string) (int64, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(data)) {
		if rest, found := strings.CutPrefix(line, name); found {
			return strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
		}
	}
	return 0, fmt.Errorf("%s has no %s", file, name)
}
