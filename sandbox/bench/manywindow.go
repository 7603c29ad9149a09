package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"

	"daypass/sandbox/desktop"
	"daypass/sandbox/servers"
)

// showMany has the real window load and scroll the million objects.
func showMany(ctx context.Context, b *moverBench, bin string) ([]figure, error) {
	program := filepath.Join(b.dir, "manywindow")
	if err := buildWindow(ctx, program, "manywindow"); err != nil {
		return nil, err
	}
	d, err := desktop.New(ctx, bin)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	say("loading and scrolling %d objects in the window", million)
	cmd := exec.CommandContext(ctx, program, servers.ManyBucket, strconv.Itoa(million))
	cmd.Env = slices.Concat(b.env, d.Command("").Env)
	var out, words bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &words
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, &words)
	}
	var took struct{ Bare, Shown, Wheel, Jumps []float64 } // in milliseconds
	if err := json.Unmarshal(out.Bytes(), &took); err != nil {
		return nil, err
	}
	shown, bare := median(took.Shown), median(took.Bare)
	return []figure{
		atMost("first_page_ratio", shown/bare, "x", 1.2, fmt.Sprintf("%.0f ms until it is painted, %.0f ms for one bare request, medians of %d", shown, bare, len(took.Shown))),
		atMost("scroll_p95_ms", late(took.Wheel), "ms", 16, fmt.Sprintf("%d frames of scrolling by the wheel, half of them within %.1f ms; of jumping about, %.1f ms, half within %.1f ms",
			len(took.Wheel), median(took.Wheel), late(took.Jumps), median(took.Jumps))),
	}, nil
}

// late is what 95 of 100 values do not exceed.
func late(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)*95/100]
}

// buildWindow builds a window of the benchmarks as `make build` builds Daypass's.
func buildWindow(ctx context.Context, to, name string) error {
	say("building %s", name)
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-tags", os.Getenv("WINDOW_TAGS"), "-ldflags", "-s -w", "-o", to, "./ui/uitest/testdata/"+name)
	build.Dir = ".."
	build.Env = append(os.Environ(), "CGO_ENABLED=1")
	build.Stderr = os.Stderr
	return build.Run()
}
