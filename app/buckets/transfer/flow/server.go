package flow

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"daypass/app/retry"
)

// Server bounds the requests of all transfers to one server. It is safe for concurrent use.
type Server struct {
	// moved counts the bytes since the last request ended.
	moved atomic.Int64

	mu       sync.Mutex
	control  *Controller
	inFlight int
	// waiting are the requests that there is no room for, in their order.
	waiting []chan struct{}
	// quiet is until when the server has asked for no requests, and why is how it did.
	quiet time.Time
	why   error
}

// Request is one request to a server.
type Request struct {
	// Do makes it.
	Do func(context.Context) error
	// Outcome says how it has ended, by its error.
	Outcome func(error) Outcome
	// Waits shows that it waits for the end of a pause, and why, until the function it returns is called.
	Waits func(why error) (over func())
}

// Outcome is how a request has ended.
type Outcome int

// The outcomes.
const (
	// Succeeded has done what it should.
	Succeeded Outcome = iota
	// Failed says nothing of how much a server takes.
	Failed
	// Busy was refused, since the server gets too many requests.
	Busy
)

// NewServer returns the Server of a server of which nothing is known, with at most limit requests at once; zero is
// DefaultMax.
func NewServer(limit int) *Server { return &Server{control: NewController(limit)} }

// SetMax changes how many requests there are at once at most; zero is DefaultMax.
func (s *Server) SetMax(limit int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.control.SetMax(limit)
	s.admit()
}

// Limit returns how many requests may be on their way at once now.
func (s *Server) Limit() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.control.Limit()
}

// RoundTrip returns the shortest time that a request has taken lately; zero while there was none.
func (s *Server) RoundTrip() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.control.RoundTrip()
}

// Moved takes note of bytes that were sent or received.
func (s *Server) Moved(n int64) { s.moved.Add(n) }

// Pause lets no request begin for a while, as the server has asked with an error.
func (s *Server) Pause(span time.Duration, why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if until := time.Now().Add(span); span > 0 && until.After(s.quiet) {
		s.quiet, s.why = until, why
	}
}

// Do makes a request when there is room for another one. Error: that of the request, or the cause of ctx where that ends
// first.
func (s *Server) Do(ctx context.Context, r Request) error {
	if err := s.acquire(ctx, r.Waits); err != nil {
		return err
	}
	began := time.Now()
	err := r.Do(ctx)
	s.release(began, r.Outcome(err))
	return err
}

// acquire waits for room, and for the end of a pause.
func (s *Server) acquire(ctx context.Context, waits func(error) func()) error {
	for {
		if err := s.enter(ctx); err != nil {
			return err
		}
		wait, why := s.paused()
		if wait <= 0 {
			return nil
		}
		s.leave()
		over := waits(why)
		err := retry.Sleep(ctx, wait)
		over()
		if err != nil {
			return err
		}
	}
}

// paused returns for how long no request may begin, and why.
func (s *Server) paused() (wait time.Duration, why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Until(s.quiet), s.why
}

// enter takes room, in the order of the requests that wait for it.
func (s *Server) enter(ctx context.Context) error {
	s.mu.Lock()
	if s.inFlight < s.control.Limit() && len(s.waiting) == 0 {
		s.inFlight++
		s.mu.Unlock()
		return nil
	}
	turn := make(chan struct{})
	s.waiting = append(s.waiting, turn)
	s.mu.Unlock()
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if at := slices.Index(s.waiting, turn); at >= 0 {
		s.waiting = slices.Delete(s.waiting, at, at+1)
	} else { // its turn came at the same time
		s.inFlight--
		s.admit()
	}
	return context.Cause(ctx)
}

// leave makes the room of a request free.
func (s *Server) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inFlight--
	s.admit()
}

// release makes the room of a request free that has ended.
func (s *Server) release(began time.Time, how Outcome) {
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	switch how {
	case Succeeded:
		s.control.Done(Sample{Bytes: s.moved.Swap(0), Took: now.Sub(began), At: now, InFlight: s.inFlight})
	case Busy:
		s.control.Busy(now)
	}
	if s.inFlight--; s.inFlight == 0 {
		s.control.Idle()
	}
	s.admit()
}

// admit lets those in that there is room for. The caller holds the lock.
func (s *Server) admit() {
	for len(s.waiting) > 0 && s.inFlight < s.control.Limit() {
		close(s.waiting[0])
		s.waiting[0] = nil
		s.waiting = s.waiting[1:]
		s.inFlight++
	}
}
