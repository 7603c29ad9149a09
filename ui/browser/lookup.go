package browser

import (
	"context"
	"errors"

	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/ui/task"
	"daypass/ui/wait"
)

// lookup is the question, asked of the server, whether a typed path names an object or a folder.
type lookup struct {
	s    *Server
	task *task.Task
	name string
	wait wait.Wait
}

func newLookup(s *Server) *lookup {
	return &lookup{s: s, task: task.New(s.c.deps.Context, s.c.deps.Dispatch)}
}

// start goes to the folder of an object and selects it there, or into the folder of that name where there is no such
// object.
func (l *lookup) start(r objects.Ref) {
	l.name, l.wait = location.Location{Bucket: r.Bucket, Prefix: r.Key}.URL(), wait.None
	visit, source := l.s.Listing.Visit(), l.s.Source
	task.Run(l.task, func(ctx context.Context) (bool, error) { return isObject(ctx, source, r), nil }, func(object bool, _ error) {
		l.wait = wait.None
		l.found(r, visit, object)
	})
	wait.Answer(l.task, 0, func(w wait.Wait) {
		l.wait = w
		l.s.c.Render()
	})
}

func (l *lookup) found(r objects.Ref, visit uint64, object bool) {
	to := location.Location{Bucket: r.Bucket, Prefix: r.Key + "/"}
	switch {
	case l.s.Listing.Visit() != visit: // the user has gone elsewhere in the meantime
		l.s.c.Render()
	case object:
		l.s.goTo(to.Parent(), r.Key)
	default:
		l.s.Listing.Go(to)
	}
}

// drop ends the question.
func (l *lookup) drop() {
	l.task.Drop()
	l.wait = wait.None
}

// isObject reports whether there is an object with that key. Who may not read it may still see it listed.
func isObject(ctx context.Context, source Storage, r objects.Ref) bool {
	_, err := source.Stat(ctx, r)
	e, refused := errors.AsType[*buckets.Error](err)
	if err == nil || ctx.Err() != nil || refused && e.Kind == buckets.NotFound {
		return err == nil
	}
	page, _, err := source.Below(ctx, r.Bucket, r.Key, "", "")
	return err == nil && len(page) > 0 && page[0].Key == r.Key
}
