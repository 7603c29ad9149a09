package engine

import (
	"maps"
	"slices"
	"sync"
)

// waiting is which tools asked for credentials while there were none, by connection.
type waiting struct {
	mu    sync.Mutex
	tools map[string]map[string]struct{}
}

func newWaiting() *waiting { return &waiting{tools: map[string]map[string]struct{}{}} }

// maxWaiting bounds the names that are kept of one connection.
const maxWaiting = 20

// add notes that tool asked without success, and reports whether that is new.
func (w *waiting) add(id, tool string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, there := w.tools[id][tool]; there || len(w.tools[id]) >= maxWaiting {
		return false
	}
	if w.tools[id] == nil {
		w.tools[id] = map[string]struct{}{}
	}
	w.tools[id][tool] = struct{}{}
	return true
}

// of lists the tools that wait for the credentials of a connection; nobody waits where there are credentials.
func (w *waiting) of(id string, hasCredentials bool) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if hasCredentials {
		delete(w.tools, id)
	}
	return slices.Sorted(maps.Keys(w.tools[id]))
}
