package setup

import (
	"slices"
	"sync"
	"time"

	"daypass/app/messages"
)

// record is the steps of a probe as they come.
type record struct {
	report  func(Step) // nil for nobody
	reports sync.Mutex // reports come one at a time, in the order of the steps

	lock  sync.Mutex
	began map[stepKey]time.Time
	steps []Step
}

type stepKey struct {
	id      StepID
	subject string
}

func newRecord(report func(Step)) *record {
	return &record{report: report, began: map[stepKey]time.Time{}}
}

// all returns the steps, each in its newest state.
func (r *record) all() []Step {
	r.lock.Lock()
	defer r.lock.Unlock()
	return slices.Clone(r.steps)
}

// begin reports that a step is under way. It reports once.
func (r *record) begin(id StepID, subject string) {
	key := stepKey{id, subject}
	r.lock.Lock()
	_, known := r.began[key]
	if !known {
		r.began[key] = time.Now()
	}
	r.lock.Unlock()
	if !known {
		r.put(Step{ID: id, Subject: subject, State: Running})
	}
}

// end reports how a step that began has ended.
func (r *record) end(id StepID, subject string, state State, result ...messages.Message) {
	r.put(Step{ID: id, Subject: subject, State: state, Result: result, Took: r.since(id, subject)})
}

// note is a step that takes no time.
func (r *record) note(id StepID, subject string, state State, result ...messages.Message) {
	r.begin(id, subject)
	r.end(id, subject, state, result...)
}

func (r *record) since(id StepID, subject string) time.Duration {
	r.lock.Lock()
	defer r.lock.Unlock()
	return time.Since(r.began[stepKey{id, subject}])
}

// put keeps the newest state of a step, and reports it.
func (r *record) put(s Step) {
	r.reports.Lock()
	defer r.reports.Unlock()
	r.lock.Lock()
	at := len(r.steps)
	for i, old := range r.steps {
		if old.ID == s.ID && old.Subject == s.Subject {
			at = i
		}
	}
	if at == len(r.steps) {
		r.steps = append(r.steps, s)
	}
	r.steps[at] = s
	r.lock.Unlock()
	if r.report != nil {
		r.report(s)
	}
}

// soften makes notices of failures at a subject, once what was looked for is found elsewhere.
func (r *record) soften(subject string) {
	r.lock.Lock()
	var failed []Step
	for _, s := range r.steps {
		if s.Subject == subject && s.State == Failed {
			failed = append(failed, s)
		}
	}
	r.lock.Unlock()
	for _, s := range failed {
		s.State = Notice
		r.put(s)
	}
}
