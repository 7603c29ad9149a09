package task

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// thread is a UI thread: one function at a time.
type thread struct{ mu sync.Mutex }

func (u *thread) do(f func()) {
	u.mu.Lock()
	defer u.mu.Unlock()
	f()
}

func bubble(t *testing.T, f func(t *testing.T, u *thread, task *Task)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		u := &thread{}
		f(t, u, New(t.Context(), u.do))
	})
}

// wait is work that takes a time, unless it is stopped.
func wait(d time.Duration, result string) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		select {
		case <-time.After(d):
			return result, nil
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

func TestRun_onlyTheLatestCounts(t *testing.T) {
	bubble(t, func(t *testing.T, u *thread, task *Task) {
		var got []string
		done := func(result string, err error) { got = append(got, result); _ = err }
		u.do(func() { Run(task, wait(3*time.Second, "first"), done) })
		time.Sleep(time.Second)
		u.do(func() { Run(task, wait(time.Second, "second"), done) })
		time.Sleep(time.Hour)
		u.do(func() {
			if !slices.Equal(got, []string{"second"}) || task.Running() {
				t.Errorf("%q, running %t", got, task.Running())
			}
		})
	})
}

func TestStop_theResultStillComes(t *testing.T) {
	bubble(t, func(t *testing.T, u *thread, task *Task) {
		var got error
		u.do(func() { Run(task, wait(time.Hour, ""), func(_ string, err error) { got = err }) })
		u.do(task.Stop)
		synctest.Wait()
		u.do(func() {
			if !errors.Is(got, context.Canceled) || task.Running() {
				t.Errorf("%v, running %t", got, task.Running())
			}
		})
	})
}

func TestDrop_nothingComes(t *testing.T) {
	bubble(t, func(t *testing.T, u *thread, task *Task) {
		u.do(func() {
			Run(task, wait(time.Second, ""), func(string, error) { t.Error("a result") })
			task.After(time.Millisecond, func() { t.Error("a word on how long it takes") })
			task.Drop()
		})
		time.Sleep(time.Hour)
	})
}

func TestAfter_onlyWhileItRuns(t *testing.T) {
	bubble(t, func(t *testing.T, u *thread, task *Task) {
		var words []string
		u.do(func() {
			task.After(0, func() { t.Error("nothing runs") })
			Run(task, wait(time.Second, "end"), func(result string, _ error) { words = append(words, result) })
			task.After(time.Second/2, func() { words = append(words, "slow") })
			task.After(2*time.Second, func() { words = append(words, "still waiting") })
		})
		time.Sleep(time.Hour)
		u.do(func() {
			if !slices.Equal(words, []string{"slow", "end"}) {
				t.Errorf("%q", words)
			}
		})
	})
}

// The first report is shown at once where that is wanted, and the others as seldom as ever.
func TestRunReporting_atOnce(t *testing.T) {
	bubble(t, func(t *testing.T, u *thread, task *Task) {
		begin := time.Now()
		var shown []time.Duration
		u.do(func() {
			RunReporting(task, Reports[int]{Every: time.Second, AtOnce: true, Show: func(int) { shown = append(shown, time.Since(begin)) }},
				func(_ context.Context, report func(int)) (int, error) {
					for range 15 {
						report(0)
						time.Sleep(100 * time.Millisecond)
					}
					return 0, nil
				}, func(int, error) {})
		})
		time.Sleep(time.Hour)
		u.do(func() {
			if want := []time.Duration{0, time.Second, 1500 * time.Millisecond}; !slices.Equal(shown, want) {
				t.Errorf("shown at %v, want %v", shown, want)
			}
		})
	})
}

// Reports are merged between two looks, none is lost, and the last comes before the end.
func TestRunReporting_merges(t *testing.T) {
	bubble(t, func(t *testing.T, u *thread, task *Task) {
		var seen [][]int
		how := Reports[[]int]{
			Every: time.Second,
			Merge: func(earlier, later []int) []int { return slices.Concat(earlier, later) },
			Show:  func(found []int) { seen = append(seen, found) },
		}
		u.do(func() {
			RunReporting(task, how, func(_ context.Context, report func([]int)) (int, error) {
				for i := range 25 {
					report([]int{i})
					time.Sleep(100 * time.Millisecond)
				}
				return 25, nil
			}, func(n int, err error) {
				if all := slices.Concat(seen...); n != len(all) || !slices.IsSorted(all) || err != nil {
					t.Errorf("%v of %d, %v", seen, n, err)
				}
			})
		})
		time.Sleep(time.Hour)
		u.do(func() {
			if len(seen) != 3 || task.Running() {
				t.Errorf("shown %d times, running %t", len(seen), task.Running())
			}
		})
	})
}

// Each silence of a run is told once, from its last report on, and none after its end.
func TestAfterSilence_once(t *testing.T) {
	bubble(t, func(t *testing.T, u *thread, task *Task) {
		begin := time.Now()
		var silent []time.Duration
		u.do(func() {
			task.AfterSilence(0, func() { t.Error("nothing runs") })
			RunReporting(task, Reports[int]{Show: func(int) {}}, func(_ context.Context, report func(int)) (int, error) {
				for _, pause := range []time.Duration{15, 5, 8, 30, 0} {
					time.Sleep(pause * time.Second)
					report(0)
				}
				return 0, nil
			}, func(int, error) {})
			task.AfterSilence(10*time.Second, func() { silent = append(silent, time.Since(begin)) })
		})
		time.Sleep(time.Hour)
		u.do(func() {
			if want := []time.Duration{10 * time.Second, 38 * time.Second}; !slices.Equal(silent, want) {
				t.Errorf("silent at %v, want %v", silent, want)
			}
		})
	})
}

func TestRun_endsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		u := &thread{}
		task := New(ctx, u.do)
		u.do(func() { Run(task, wait(time.Hour, ""), func(string, error) { t.Error("a result after the end") }) })
		cancel()
		synctest.Wait()
	})
}
