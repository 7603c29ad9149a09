package slowproxy

import (
	"io"
	"net"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// arrivals carries writes of some sizes, each at its time, and returns when they arrive.
func arrivals(l *Line, open time.Duration, sizes ...int) (at []time.Duration, whole bool) {
	start := time.Now()
	near, in := net.Pipe()
	out, far := net.Pipe()
	w := &way{line: l, open: start.Add(open), broke: func() {}}
	ended := make(chan bool)
	go func() {
		ended <- w.carry(out, in)
		out.Close()
	}()
	go func() {
		for _, n := range sizes {
			near.Write(make([]byte, n))
		}
		near.Close()
	}()
	buf := make([]byte, chunkSize)
	for _, n := range sizes {
		if _, err := io.ReadFull(far, buf[:n]); err != nil {
			break
		}
		at = append(at, time.Since(start))
	}
	return at, <-ended
}

func TestWay_delay(t *testing.T) {
	const ms = time.Millisecond
	tests := []struct {
		name  string
		line  func(*Line)
		open  time.Duration
		sizes []int
		want  []time.Duration
	}{
		{"at once", func(*Line) {}, 0, []int{1, 1}, []time.Duration{0, 0}},
		{"all that is sent arrives after one delay", func(l *Line) { l.Delay.Store(int64(20 * ms)) }, 0, []int{1, chunkSize, 1}, []time.Duration{20 * ms, 20 * ms, 20 * ms}},
		{"nothing leaves before the connection is open", func(l *Line) { l.Delay.Store(int64(20 * ms)) }, 40 * ms, []int{1, 1}, []time.Duration{60 * ms, 60 * ms}},
		{"a rate", func(l *Line) { l.Rate.Store(1000); l.Delay.Store(int64(20 * ms)) }, 0, []int{500, 500}, []time.Duration{520 * ms, 1020 * ms}},
		{"what was lost holds up what comes behind it", func(l *Line) { l.StallEvery.Store(2); l.StallFor.Store(int64(200 * ms)) }, 0, []int{1, 1, 1, 1}, []time.Duration{0, 200 * ms, 200 * ms, 400 * ms}},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			l := new(Line)
			tt.line(l)
			if at, whole := arrivals(l, tt.open, tt.sizes...); !whole || !slices.Equal(at, tt.want) {
				t.Errorf("%s: %v, want %v (whole: %v)", tt.name, at, tt.want, whole)
			}
		})
	}
}

// A connection has only so much on its way: more leaves when the first has arrived.
func TestWay_window(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(Line)
		l.Delay.Store(int64(time.Second))
		sizes := slices.Repeat([]int{1}, 3*window)
		at, whole := arrivals(l, 0, sizes...)
		if !whole || at[0] != time.Second || at[window-1] != time.Second || at[len(at)-1] < 2*time.Second || at[len(at)-1] > 3*time.Second {
			t.Errorf("%v, whole: %v", at, whole)
		}
	})
}

// A receiver that breaks off ends the connection, and what is under way goes nowhere.
func TestWay_broken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, in := net.Pipe()
		out, far := net.Pipe()
		far.Close()
		w := &way{line: new(Line), broke: func() { in.Close() }}
		go func() {
			for {
				if _, err := near.Write([]byte("x")); err != nil {
					return
				}
			}
		}()
		if w.carry(out, in) {
			t.Error("it was whole")
		}
	})
}
