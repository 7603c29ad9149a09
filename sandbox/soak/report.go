package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// figures are what must stay flat.
type figures struct {
	memoryKB, threads, goroutines, descriptors, files int
}

// quietest is the least of each figure in a minute and a half: a request of that time and a connection
// kept open for the next one, which is half a minute at most, do not count as growth.
func (s *run) quietest(ctx context.Context) (figures, error) {
	least, err := s.measure(ctx)
	for range 18 {
		pause(ctx, 5*time.Second)
		now, failed := s.measure(ctx)
		least, err = least.least(now), errors.Join(err, failed)
	}
	return least, err
}

func (f figures) least(g figures) figures {
	return figures{
		memoryKB: min(f.memoryKB, g.memoryKB), threads: min(f.threads, g.threads), goroutines: min(f.goroutines, g.goroutines),
		descriptors: min(f.descriptors, g.descriptors), files: min(f.files, g.files),
	}
}

func (s *run) measure(ctx context.Context) (figures, error) {
	var f figures
	info, err := s.Info(ctx)
	if err != nil {
		return f, err
	}
	f.goroutines = info.Goroutines
	proc := filepath.Join("/proc", strconv.Itoa(s.PID()))
	status, err := os.ReadFile(filepath.Join(proc, "status"))
	if err != nil {
		return f, err
	}
	f.memoryKB, f.threads = field(status, "VmRSS:"), field(status, "Threads:")
	open, err := os.ReadDir(filepath.Join(proc, "fd"))
	if err != nil {
		return f, err
	}
	f.descriptors = len(open)
	err = filepath.WalkDir(s.Dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			f.files++
		}
		return nil
	})
	return f, err
}

func field(status []byte, name string) int {
	for line := range bytes.Lines(status) {
		if rest, found := strings.CutPrefix(string(line), name); found {
			n, _ := strconv.Atoi(strings.Fields(rest)[0])
			return n
		}
	}
	return 0
}

// report prints what was seen, and fails for what must not be.
func (s *run) report(ctx context.Context, begin, end figures) error {
	all, err := s.Snapshot(ctx)
	if err != nil {
		return err
	}
	renewals := 0
	for _, one := range all.Sessions {
		renewals += one.Renewals
	}
	fmt.Printf("\n%d sessions, %d faults, %d renewals, %d looks (the slowest answer took %v)\n", s.sessions, s.faults, renewals, s.looks, s.slowest)
	fmt.Printf("%-14s %10s %10s\n", "", "begin", "end")
	for _, line := range []struct {
		name       string
		begin, end int
	}{
		{"memory, KB", begin.memoryKB, end.memoryKB},
		{"goroutines", begin.goroutines, end.goroutines},
		{"threads", begin.threads, end.threads},
		{"descriptors", begin.descriptors, end.descriptors},
		{"files", begin.files, end.files},
	} {
		fmt.Printf("%-14s %10d %10d\n", line.name, line.begin, line.end)
	}
	fmt.Printf("%-14s %10d\nsessions seen without keys that work: %d times\n", "lost", len(s.lost), s.unusable)
	for id, why := range s.lost {
		fmt.Printf("  %s: %s\n", id, why)
	}
	return s.verdict(begin, end)
}

// The growth that is still flat: memory is what the collector leaves, and a request may be under way.
const (
	memorySlackKB   = 4 << 10
	goroutineSlack  = 6
	descriptorSlack = 6
)

func (s *run) verdict(begin, end figures) error {
	var errs []error
	for _, c := range []struct {
		wrong bool
		what  string
	}{
		{len(s.lost) > 0, "sessions were lost"},
		{s.unusable > 0, "sessions had no keys for a while"},
		{end.memoryKB > begin.memoryKB+memorySlackKB, "memory grew"},
		{end.goroutines > begin.goroutines+goroutineSlack, "goroutines grew"},
		{end.descriptors > begin.descriptors+descriptorSlack, "descriptors grew"},
		{end.files > begin.files, "files were left behind"},
	} {
		if c.wrong {
			errs = append(errs, errors.New(c.what))
		}
	}
	return errors.Join(errs...)
}
