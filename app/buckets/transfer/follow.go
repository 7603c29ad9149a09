package transfer

import (
	"context"

	"daypass/app/settings"
)

// follow applies the settings of transfers whenever they change.
func (e *Engine) follow(ctx context.Context) {
	for s := range e.sessions.Watch(ctx) {
		e.apply(s.Settings)
	}
}

func (e *Engine) apply(s settings.Settings) {
	e.bandwidth.Follow(s.Bandwidth)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.maxRequests = s.MaxRequests
	for _, f := range e.flows {
		f.SetMax(s.MaxRequests)
	}
}
