package fleet

import "time"

// The outage that a company lives through: an hour in which everybody is at work.
const (
	outageFrom = 10 * time.Hour
	outageTo   = 11 * time.Hour
	// echo is when the recovery is over, and those who took part in it are renewed again.
	echo = outageTo + 10*time.Minute
)

// OfThousands is the company of the figures: ten thousand people with sessions of an hour.
func OfThousands() Company { return Company{Agents: 10_000, Lifetime: time.Hour, Seed: 1} }

// Days are days of the same company, without an outage and with one of each service.
type Days struct {
	Quiet *Day
	// Outages are by the service that was out of order.
	Outages [services]*Day
}

// Compare simulates the days.
func Compare(c Company) Days {
	days := Days{Quiet: Simulate(c)}
	for of := range services {
		c.Outage = Outage{Of: of, From: outageFrom, To: outageTo}
		days.Outages[of] = Simulate(c)
	}
	return days
}

// Mean returns the renewals of a minute, as a mean over the time in which an outage would be.
func (d Days) Mean() float64 {
	sum := 0
	for _, n := range d.Quiet.Renewals[outageFrom/time.Minute : outageTo/time.Minute] {
		sum += n
	}
	return float64(sum) / (outageTo - outageFrom).Minutes()
}

// PeakRatio returns the most renewals of a minute without an outage, in means.
func (d Days) PeakRatio() float64 { return most(d.Quiet.Renewals[:]) / d.Mean() }

// RecoveryRatio returns the most renewals of a minute after an outage of a service, in means of a day without one.
func (d Days) RecoveryRatio(of Service) float64 {
	return most(d.Outages[of].Renewals[outageTo/time.Minute:echo/time.Minute]) / d.Mean()
}

// EchoRatio is RecoveryRatio for the rest of the day, in which those who were renewed together are renewed again.
func (d Days) EchoRatio(of Service) float64 {
	return most(d.Outages[of].Renewals[echo/time.Minute:]) / d.Mean()
}

func most(perMinute []int) (n float64) {
	for _, one := range perMinute {
		n = max(n, float64(one))
	}
	return n
}
