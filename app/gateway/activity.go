package gateway

import (
	"sync"
	"time"
)

// restAfter is how long the gateway counts as busy after its last request.
const restAfter = 5 * time.Second

// activity is whether requests are being forwarded.
type activity struct {
	// changed is called when that changes; nil where nobody is told.
	changed func(busy bool)

	mu      sync.Mutex
	running int
	busy    bool
	rest    *time.Timer
}

// begin notes that a request has begun. The function that it returns notes its end.
func (a *activity) begin() (end func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.running++
	if !a.busy {
		a.set(true)
	}
	return a.end
}

func (a *activity) end() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.running--; a.running > 0 {
		return
	}
	if a.rest == nil {
		a.rest = time.AfterFunc(restAfter, a.over)
		return
	}
	a.rest.Reset(restAfter)
}

// over notes that there has been no request for a while.
func (a *activity) over() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.running == 0 && a.busy {
		a.set(false)
	}
}

func (a *activity) set(busy bool) {
	a.busy = busy
	if a.changed != nil {
		a.changed(busy)
	}
}
