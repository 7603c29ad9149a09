package objects

import (
	"context"
	"errors"
	"strings"
	"sync"
	"unicode/utf8"

	"daypass/app/buckets"
	"daypass/auth/safetext"
)

// Result is what became of many objects.
type Result struct {
	// Done is how many it worked for; Bytes is their size, where that is known.
	Done  int
	Bytes int64
	// Failed are those it did not work for: the first MaxFailures of them; Failures is how many.
	Failed   []Failure
	Failures int
	// Covered are the keys of objects that a deletion left below a delete marker, so that they can be had back: the
	// first MaxCovered of them.
	Covered []string
}

// MaxCovered is how many keys a Result names that can be had back.
const MaxCovered = 100_000

// Failure is one object that something did not work for.
type Failure struct {
	Key string
	Err *buckets.Error
}

// MaxFailures is how many failures a Result names.
const MaxFailures = 1000

// batch collects a Result from several goroutines and reports it.
type batch struct {
	store  *Store
	report func(Result)

	mu     sync.Mutex
	result Result
}

func (b *batch) done(size int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.result.Done++
	b.result.Bytes += size
	b.notify()
}

// covered notes an object that was deleted and lies below a delete marker now.
func (b *batch) covered(key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.result.Covered) < MaxCovered {
		b.result.Covered = append(b.result.Covered, key)
	}
}

// failed notes a failure; the end of ctx is none.
func (b *batch) failed(ctx context.Context, err error, op buckets.Operation) {
	var e *buckets.Error
	if ctx.Err() != nil || !errors.As(b.store.client.Explain(err, op), &e) {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.result.Failures++; len(b.result.Failed) < MaxFailures {
		b.result.Failed = append(b.result.Failed, Failure{op.Key, e})
	}
	b.notify()
}

func (b *batch) notify() {
	if b.report != nil {
		b.report(b.result)
	}
}

// each returns every object of entries to do: the objects themselves, and all that is below folders. It
// ends with ctx, or with the first listing that is refused.
func (s *Store) each(ctx context.Context, bucket string, entries []buckets.Entry, do func(buckets.Entry) bool) error {
	for _, e := range entries {
		if !e.Folder {
			if !do(e) {
				return ctx.Err()
			}
			continue
		}
		for below, err := range s.client.All(ctx, bucket, e.Key) {
			if err != nil {
				return err
			}
			if !do(below) {
				return ctx.Err()
			}
		}
	}
	return ctx.Err()
}

// Sum is how much entries are, for the question before something is done to them.
type Sum struct {
	Objects int
	Bytes   int64
	// More is true where counting ended at the limit: there are more.
	More bool
}

// countedReport is after how many objects at most a report of Count is made.
const countedReport = 1000

// Count adds up entries, with all that is below folders, and stops at most objects. report, which may be nil, hears
// on the way how much it is so far.
func (s *Store) Count(ctx context.Context, bucket string, entries []buckets.Entry, limit int, report func(Sum)) (Sum, error) {
	var sum Sum
	err := s.each(ctx, bucket, entries, func(e buckets.Entry) bool {
		if sum.Objects == limit {
			sum.More = true
			return false
		}
		sum.Objects++
		sum.Bytes += e.Size
		if report != nil && sum.Objects%countedReport == 0 {
			report(sum)
		}
		return true
	})
	return sum, err
}

// taken returns the error of a name that is in use; fault is the end of the ID of a reason, empty for none.
func (s *Store) taken(fault string, op buckets.Operation) error {
	own := &buckets.OwnError{Code: "BucketAlreadyExists"}
	if fault != "" {
		own.Reason.ID = "problem.reason.name." + fault
	}
	return s.client.Explain(own, op)
}

// nameFault is why name cannot be that of an object or a folder here, as the end of the ID of its text; empty where it can.
func nameFault(name string) string {
	switch {
	case name == "":
		return "required"
	case name == ".", name == "..":
		return "dots"
	case strings.Contains(name, "/"):
		return "slash"
	case !utf8.ValidString(name) || safetext.HasHidden(name):
		return "hidden"
	case len(name) > 1000:
		return "long"
	}
	return ""
}
