package gateway

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Requests that follow each other are one time of work.
func TestActivity_beginsOnceAndEndsAfterAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var all []bool
		a := activity{changed: func(busy bool) {
			mu.Lock()
			defer mu.Unlock()
			all = append(all, busy)
		}}
		seen := func() []bool {
			synctest.Wait()
			mu.Lock()
			defer mu.Unlock()
			return slices.Clone(all)
		}
		for range 3 {
			one, two := a.begin(), a.begin()
			one()
			time.Sleep(2 * restAfter)
			two()
			time.Sleep(restAfter / 2)
		}
		if got := seen(); !slices.Equal(got, []bool{true}) {
			t.Fatalf("%v", got)
		}
		time.Sleep(restAfter)
		if got := seen(); !slices.Equal(got, []bool{true, false}) {
			t.Fatalf("%v", got)
		}
		a.begin()()
		time.Sleep(2 * restAfter)
		if got := seen(); !slices.Equal(got, []bool{true, false, true, false}) {
			t.Errorf("%v", got)
		}
	})
}
