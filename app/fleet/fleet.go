// Package fleet simulates a day of a whole company: thousands of agents that sign in, renew and retry by the same
// decisions as a real one, session.Step and what that calls, against a provider and a storage server that count
// requests and can be out of order. It has a clock of its own, and no part of Daypass uses it.
package fleet

import (
	"container/heap"
	"math/rand/v2"
	"time"

	"daypass/app/session"
)

// Service is one of the two sides that agents send requests to.
type Service int

// The services.
const (
	Provider Service = iota // the identity provider
	STS                     // the storage server's
	services
)

// Outage is a time in which a service answers with errors; the zero Outage is none.
type Outage struct {
	Of Service
	// From and To are times of day.
	From, To time.Duration
}

// during reports whether a service is out of order at a time of day.
func (o Outage) during(of Service, at time.Duration) bool {
	return of == o.Of && o.From <= at && at < o.To
}

// Company is what is simulated.
type Company struct {
	Agents int
	// Lifetime is that of ID tokens and credentials.
	Lifetime time.Duration
	Outage   Outage
	// Seed selects the day: the same seed gives the same one.
	Seed uint64
}

// Minutes of a day.
const minutes = 24 * 60

// Day is what happened.
type Day struct {
	// Requests are those of each minute, at each service.
	Requests [services][minutes]int
	// Renewals are the successful ones of each minute, and SignIns the sign-ins.
	Renewals, SignIns [minutes]int
	// Lost counts credentials that expired although the computer was awake and both services were in order for all
	// of the last minute before.
	Lost int
	// Recovered is how long after the end of the outage the last session was renewed that it had disturbed, of those whose
	// computers were awake.
	Recovered time.Duration
}

// midnight is when the day begins. Its date says nothing.
var midnight = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// Simulate returns the company's day.
func Simulate(c Company) *Day {
	s := &simulation{company: c, random: rand.New(rand.NewPCG(c.Seed, 0)), day: &Day{}}
	for range c.Agents {
		s.join(newAgent(s.random))
	}
	for s.queue.Len() > 0 {
		next := heap.Pop(&s.queue).(happening)
		if next.at >= 24*time.Hour {
			break
		}
		s.happen(next)
	}
	return s.day
}

type simulation struct {
	company Company
	random  *rand.Rand
	queue   queue
	day     *Day
}

// join has an agent's user sign in.
func (s *simulation) join(a *agent) {
	heap.Push(&s.queue, happening{at: a.signsIn, agent: a, event: session.SignIn{}})
}

// latency is how long a request takes.
func (s *simulation) latency() time.Duration {
	return between(s.random, 50*time.Millisecond, 500*time.Millisecond)
}

// happen has an agent take an event, unless its computer sleeps: then it takes it after waking up.
func (s *simulation) happen(h happening) {
	if until := h.agent.asleepUntil(h.at); until > 0 {
		h.at = until + between(s.random, 0, noticed)
		heap.Push(&s.queue, h)
		return
	}
	if _, ok := h.event.(session.Woke); ok && h.alarm != h.agent.alarm {
		return // it was set to another time
	}
	s.step(h.agent, h.event, h.at)
}

func (s *simulation) step(a *agent, e session.Event, at time.Duration) {
	before, now := a.state, midnight.Add(at)
	var effects []session.Effect
	a.state, effects = session.Step(a.state, e, now, s.random.Float64())
	s.note(a, before, at)
	for _, effect := range effects {
		s.perform(a, effect, at)
	}
	a.alarm++
	if wake := a.state.NextWake(now); !wake.IsZero() {
		// As the agent's own alarm, which leaves a second to work that is under way.
		due := max(wake.Sub(midnight), at+time.Second)
		heap.Push(&s.queue, happening{at: due, agent: a, event: session.Woke{}, alarm: a.alarm})
	}
}

// note counts what a step has changed.
func (s *simulation) note(a *agent, before session.State, at time.Duration) {
	minute := int(at / time.Minute)
	expired := a.state.Phase == session.Expired
	switch {
	case a.state.Renewals > before.Renewals:
		s.day.Renewals[minute]++
		s.noteRecovery(a, before, at)
	case before.Credentials == nil && a.state.Credentials != nil:
		s.day.SignIns[minute]++
	case expired && !a.expired && s.avoidable(a, at):
		s.day.Lost++
	}
	a.expired = expired
}

func (s *simulation) noteRecovery(a *agent, before session.State, at time.Duration) {
	end := s.company.Outage.To
	if before.Failures > 0 && !a.sleptWithin(end, at) {
		s.day.Recovered = max(s.day.Recovered, at-end)
	}
}

// avoidable reports whether nothing was in the way of a renewal for the last minute.
func (s *simulation) avoidable(a *agent, at time.Duration) bool {
	since := at - time.Minute
	o := s.company.Outage
	return !a.sleptWithin(since, at) && (at <= o.From || o.To <= since)
}
