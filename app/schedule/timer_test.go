package schedule_test

import (
	"testing"
	"testing/synctest"
	"time"

	"daypass/app/schedule"
)

func TestTimer_runsWhileThereIsSomethingToWaitFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		timer := schedule.NewTimer()
		fires := func(want bool) {
			t.Helper()
			synctest.Wait()
			select {
			case <-timer.C():
				timer.Fired()
				if !want {
					t.Fatal("it fires")
				}
			default:
				if want {
					t.Fatal("it does not fire")
				}
			}
		}
		time.Sleep(2 * time.Hour)
		fires(false)
		timer.Keep(true, time.Minute)
		time.Sleep(30 * time.Second)
		timer.Keep(true, time.Minute) // it goes on
		time.Sleep(30 * time.Second)
		fires(true)
		timer.Keep(true, time.Minute)
		timer.Keep(false, 0)
		time.Sleep(time.Hour)
		fires(false)
		timer.Keep(true, time.Minute)
		time.Sleep(30 * time.Second)
		timer.Restart(time.Minute)
		time.Sleep(30 * time.Second)
		fires(false)
		time.Sleep(30 * time.Second)
		fires(true)
	})
}
