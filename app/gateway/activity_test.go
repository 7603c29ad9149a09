package gateway

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// Requests that follow each other are one time of work.
func TestActivity_beginsOnceAndEndsAfterAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var seen []bool
		a := activity{changed: func(busy bool) { seen = append(seen, busy) }}
		for range 3 {
			one, two := a.begin(), a.begin()
			one()
			time.Sleep(2 * restAfter)
			two()
			time.Sleep(restAfter / 2)
		}
		synctest.Wait()
		if !slices.Equal(seen, []bool{true}) {
			t.Fatalf("%v", seen)
		}
		time.Sleep(restAfter)
		synctest.Wait()
		a.begin()()
		time.Sleep(2 * restAfter)
		synctest.Wait()
		if want := []bool{true, false, true, false}; !slices.Equal(seen, want) {
			t.Errorf("%v, want %v", seen, want)
		}
	})
}
