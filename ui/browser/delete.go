package browser

import (
	"context"

	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/ui/task"
	"daypass/ui/wait"
)

// maxCounted is how many files are counted before something is deleted.
const maxCounted = 100_000

// delete asks before what is selected is deleted, and finds out in the meantime how much that is.
func (s *Server) delete() {
	at, entries := s.Listing.At(), s.entries()
	if len(entries) == 0 {
		return
	}
	q := &deletion{s: s, state: DeletionState{At: at, Entries: entries, Server: s.c.name}}
	q.task = task.New(s.c.deps.Context, s.c.deps.Dispatch)
	q.update = s.c.view.AskDelete(NewDeletion(q.state), q.confirmed, q.task.Drop)
	if !at.Root() {
		q.count()
	}
}

// deletion is the question before something is deleted.
type deletion struct {
	s      *Server
	state  DeletionState
	task   *task.Task
	update func(Deletion)
}

func (d *deletion) show() { d.update(NewDeletion(d.state)) }

// count fills in the question with what there is to know.
func (d *deletion) count() {
	source, state := d.s.Source, d.state
	task.RunReporting(d.task, task.Reports[bool]{Show: func(versioned bool) {
		d.state.Versioned = &versioned
		d.show()
	}}, func(ctx context.Context, report func(bool)) (objects.Sum, error) {
		if versioned, err := source.Versioned(ctx, state.At.Bucket); err == nil {
			report(versioned)
		}
		return source.Count(ctx, state.At.Bucket, state.Entries, maxCounted, nil)
	}, func(sum objects.Sum, err error) {
		if err == nil {
			d.state.Sum = &sum
		}
		d.show()
	})
	wait.Answer(d.task, 0, func(w wait.Wait) {
		d.state.Wait = w
		d.show()
	})
}

// confirmed deletes, with all versions where forever is true.
func (d *deletion) confirmed(forever bool) {
	s, at, entries := d.s, d.state.At, d.state.Entries
	s.changes.begin(change{at: at, command: CommandDelete, operation: "delete", do: func(ctx context.Context, report func(objects.Result)) (objects.Result, error) {
		switch {
		case at.Root():
			return objects.Result{}, deleteBuckets(ctx, s.Source, entries)
		case forever:
			return s.Source.DeleteForever(ctx, at.Bucket, entries, report)
		}
		return s.Source.Delete(ctx, at.Bucket, entries, report)
	}})
}

func deleteBuckets(ctx context.Context, source Storage, all []buckets.Entry) error {
	for _, e := range all {
		if err := source.DeleteBucket(ctx, e.Key); err != nil {
			return err
		}
	}
	return nil
}
