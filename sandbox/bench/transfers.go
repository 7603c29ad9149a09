package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"golang.org/x/sys/unix"

	"daypass/sandbox/servers"
)

const (
	smallSize = 4 << 10
	// rounds of each program with each task; the best one counts, as the machine does other things too.
	rounds = 3
)

// load is how much is moved: one large file of so many bytes, so many small files, and a folder of so many of all sizes.
type load struct {
	large        int64
	small, mixed int
}

// wholeLoad is what the figures are about, but for the folder of all sizes.
var wholeLoad = load{large: 1 << 30, small: 10_000}

// transferSpeed has Daypass and its peers move the same files, side by side: in each round, each
// program does the same thing in turn.
func transferSpeed(ctx context.Context, sandbox *servers.Sandbox, _ *agent, bin string) ([]figure, error) {
	b, err := newMoverBench(ctx, sandbox, bin)
	if err != nil {
		return nil, err
	}
	defer b.close()
	client, err := sandbox.Admin()
	if err != nil {
		return nil, err
	}
	s := &speedRun{moverBench: b, client: client}
	if err := s.prepare(ctx, wholeLoad); err != nil {
		return nil, err
	}
	var figures []figure
	for _, task := range s.tasks("", "vs_fastest") {
		f, err := s.compare(ctx, task)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", task.figure, err)
		}
		figures = append(figures, f)
	}
	return figures, nil
}

// speedTask is one thing to do: to put a file or folder, or to get an object or prefix.
type speedTask struct {
	figure string
	put    bool
	from   string
	files  int
	bytes  int64
}

type speedRun struct {
	*moverBench
	client *minio.Client
	load   load
	// mixed is how many bytes the folder of all sizes has.
	mixed int64
}

// tasks are the things to do, with names that begin and end so.
func (s *speedRun) tasks(begin, end string) []speedTask {
	large, small := sizeName(s.load.large), countName(s.load.small)
	tasks := []speedTask{
		{begin + "put_" + large + "_" + end, true, s.local("large.bin"), 1, s.load.large},
		{begin + "get_" + large + "_" + end, false, "from/large.bin", 1, s.load.large},
		{begin + "put_" + small + "_" + end, true, s.local("small"), s.load.small, int64(s.load.small) * smallSize},
		{begin + "get_" + small + "_" + end, false, "from/small/", s.load.small, int64(s.load.small) * smallSize},
	}
	if s.load.mixed > 0 {
		tasks = append(tasks,
			speedTask{begin + "mixed_put_" + end, true, s.local("mixed"), s.load.mixed, s.mixed},
			speedTask{begin + "mixed_get_" + end, false, "from/mixed/", s.load.mixed, s.mixed})
	}
	return tasks
}

func (s *speedRun) local(name string) string { return filepath.Join(s.dir, name) }

// sizeName and countName are sizes and numbers in the names of figures.
func sizeName(size int64) string {
	if size >= 1<<30 {
		return fmt.Sprintf("%dgib", size>>30)
	}
	return fmt.Sprintf("%dmib", size>>20)
}

func countName(n int) string { return fmt.Sprintf("%dk", n/1000) }

// prepare makes the files on either side.
func (s *speedRun) prepare(ctx context.Context, l load) error {
	say("making %d files", 1+l.small+l.mixed)
	s.load = l
	noise := rand.NewChaCha8([32]byte{1})
	if err := writeNoise(s.local("large.bin"), l.large, noise); err != nil {
		return err
	}
	from := []string{s.local("large.bin"), s.local("small")}
	small := slices.Repeat([]int64{smallSize}, l.small)
	if err := writeFolder(from[1], small, noise); err != nil {
		return err
	}
	if l.mixed > 0 {
		sizes := mixedSizes(l.mixed)
		for _, size := range sizes {
			s.mixed += size
		}
		from = append(from, s.local("mixed"))
		if err := writeFolder(from[2], sizes, noise); err != nil {
			return err
		}
	}
	if err := s.client.MakeBucket(ctx, s.bucket, minio.MakeBucketOptions{}); err != nil {
		return err
	}
	for _, path := range from {
		if err := s.upload(ctx, path, "from/"); err != nil {
			return err
		}
	}
	return nil
}

// writeFolder makes a folder of files of some sizes.
func writeFolder(dir string, sizes []int64, noise io.Reader) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for i, size := range sizes {
		if err := writeNoise(filepath.Join(dir, fmt.Sprintf("%05d.bin", i)), size, noise); err != nil {
			return err
		}
	}
	return nil
}

func writeNoise(path string, size int64, noise io.Reader) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.CopyN(f, noise, size)
	return err
}

// compare returns our best time over the best of the fastest peer. What is compared is the time until
// everything is on the disk: Daypass says no sooner that a download is done, others leave before.
func (s *speedRun) compare(ctx context.Context, task speedTask) (figure, error) {
	movers := s.movers()
	best, ended := make([]time.Duration, len(movers)), make([]time.Duration, len(movers))
	for round := range rounds {
		for i, m := range movers {
			end, safe, err := s.once(ctx, task, m, round)
			if err != nil {
				return figure{}, fmt.Errorf("%s: %w", m.name, err)
			}
			say("%s: %s in %v, on the disk in %v", strings.TrimSuffix(task.figure, "_vs_fastest"), m.name, end.Round(time.Millisecond), safe.Round(time.Millisecond))
			best[i], ended[i] = least(best[i], safe), least(ended[i], end)
		}
	}
	fastest := 1
	var all []string
	for i := range movers {
		if i > 1 && best[i] < best[fastest] {
			fastest = i
		}
		all = append(all, fmt.Sprintf("%s %.2f s (it ends after %.2f s)", movers[i].name, best[i].Seconds(), ended[i].Seconds()))
	}
	ratio := best[0].Seconds() / best[fastest].Seconds()
	return atMost(task.figure, ratio, "x", 1.0, fmt.Sprintf("until all is on the disk, best of %d: %s", rounds, strings.Join(all, ", "))), nil
}

// least is the smaller of two times, of which the first may not be there yet.
func least(a, b time.Duration) time.Duration {
	if a == 0 {
		return b
	}
	return min(a, b)
}

// flush brings what was written to the disk below the bench's folder.
func (s *speedRun) flush() error {
	dir, err := os.Open(s.dir)
	if err != nil {
		return err
	}
	defer dir.Close()
	return unix.Syncfs(int(dir.Fd()))
}

// once times one program until it ends and until all is on the disk, and makes sure that everything
// arrived. Nothing that was written before waits for the disk then.
func (s *speedRun) once(ctx context.Context, task speedTask, m mover, round int) (end, safe time.Duration, err error) {
	name := fmt.Sprintf("to/%s-%d", m.name, round)
	do, target := m.put, name+"/"
	if !task.put {
		do, target = m.get, filepath.Join(s.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(target, 0o755); err != nil {
			return 0, 0, err
		}
	}
	if err := s.flush(); err != nil {
		return 0, 0, err
	}
	began := time.Now()
	if err := do(ctx, task.from, target); err != nil {
		return 0, 0, err
	}
	end = time.Since(began)
	if err := s.flush(); err != nil {
		return 0, 0, err
	}
	safe = time.Since(began)
	files, bytes, err := s.takeAway(ctx, task.put, target)
	if err == nil && (files != task.files || bytes != task.bytes) {
		err = fmt.Errorf("%d files with %d bytes arrived, not %d with %d", files, bytes, task.files, task.bytes)
	}
	return end, safe, err
}

// takeAway counts what arrived at a target and removes it.
func (s *speedRun) takeAway(ctx context.Context, put bool, target string) (files int, bytes int64, err error) {
	if !put {
		err = filepath.WalkDir(target, func(_ string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			if err == nil {
				files++
				bytes += info.Size()
			}
			return err
		})
		if err == nil {
			err = os.RemoveAll(target)
		}
		return files, bytes, err
	}
	objects := make(chan minio.ObjectInfo)
	go func() {
		defer close(objects)
		for o := range s.client.ListObjects(ctx, s.bucket, minio.ListObjectsOptions{Prefix: target, Recursive: true}) {
			files++
			bytes += o.Size
			objects <- o
		}
	}()
	for failed := range s.client.RemoveObjects(ctx, s.bucket, objects, minio.RemoveObjectsOptions{}) {
		err = failed.Err
	}
	return files, bytes, err
}
