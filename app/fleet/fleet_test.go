package fleet_test

import (
	"testing"
	"time"

	"daypass/app/fleet"
)

// What a company of ten thousand asks of its provider and its storage server: docs/company-of-10000.md.
func TestCompany_load(t *testing.T) {
	t.Parallel()
	days := fleet.Compare(fleet.OfThousands())
	atMost(t, "the peak of a day, in means", days.PeakRatio(), 2)
	if days.Quiet.Lost > 0 {
		t.Errorf("%d credentials expired in a day without an outage", days.Quiet.Lost)
	}
	for of, day := range days.Outages {
		atMost(t, "the recovery, in means", days.RecoveryRatio(fleet.Service(of)), 10)
		atMost(t, "the echo of the recovery, in means", days.EchoRatio(fleet.Service(of)), 2)
		atMost(t, "minutes until everybody is renewed", day.Recovered.Minutes(), 5)
		if day.Lost > 0 {
			t.Errorf("outage of service %d: %d credentials expired that could have been renewed", of, day.Lost)
		}
	}
}

func atMost(t *testing.T, what string, got, limit float64) {
	t.Helper()
	t.Logf("%s: %.2f", what, got)
	if got == 0 || got > limit {
		t.Errorf("%s: %.2f, want at most %g", what, got, limit)
	}
}

// An outage of the storage server is no load on the provider, and the same seed gives the same day.
func TestSimulate_storageOutageSparesProvider(t *testing.T) {
	t.Parallel()
	c := fleet.Company{Agents: 300, Lifetime: time.Hour, Seed: 7}
	quiet := fleet.Simulate(c)
	c.Outage = fleet.Outage{Of: fleet.STS, From: 10 * time.Hour, To: 10*time.Hour + 30*time.Minute}
	disturbed := fleet.Simulate(c)
	if again := fleet.Simulate(c); *again != *disturbed {
		t.Error("two days of one seed are not the same")
	}
	if usual, now := sum(quiet.Requests[fleet.Provider]), sum(disturbed.Requests[fleet.Provider]); now > usual*11/10 {
		t.Errorf("%d requests at the provider, %d in a day without an outage", now, usual)
	}
	if usual, now := sum(quiet.Requests[fleet.STS]), sum(disturbed.Requests[fleet.STS]); now <= usual {
		t.Errorf("%d requests at the storage server, %d in a day without an outage", now, usual)
	}
}

func sum(perMinute [24 * 60]int) (n int) {
	for _, one := range perMinute {
		n += one
	}
	return n
}
