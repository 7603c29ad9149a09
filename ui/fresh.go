package ui

import "sync"

// fresh is what was found in the background since the screen took it last: things, and how far the look has
// come. What a look of before still reports is dropped.
type fresh[T, Progress any] struct {
	mu       sync.Mutex
	turn     int
	found    []T
	progress Progress
	queued   bool // somebody is on the way to take it
}

// begin forgets all for a new look.
func (f *fresh[T, Progress]) begin(turn int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var none Progress
	f.turn, f.found, f.progress, f.queued = turn, nil, none, false
}

// add notes what a look has found, and reports whether the screen is to be sent for.
func (f *fresh[T, Progress]) add(turn int, found []T, p Progress) (send bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if turn != f.turn {
		return false
	}
	f.found, f.progress = append(f.found, found...), p
	send, f.queued = !f.queued, true
	return send
}

// take gives what was found since.
func (f *fresh[T, Progress]) take() (found []T, p Progress) {
	f.mu.Lock()
	defer f.mu.Unlock()
	found, f.found, f.queued = f.found, nil, false
	return found, f.progress
}
