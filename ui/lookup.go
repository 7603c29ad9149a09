package ui

import (
	"context"
	"errors"
	"strings"

	"daypass/app/buckets"
	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/ui/present"
)

// lookup is the question, asked of the server, whether a typed path names an object or a folder.
type lookup struct {
	name   string
	cancel context.CancelFunc
	visit  uint64
	wait   present.Wait
	// stopWait ends what changes wait.
	stopWait func()
}

// OpenPath implements view.Intents.
func (i *intents) OpenPath(path string) string {
	s := i.u.shownStorage()
	if s == nil {
		return "Sign in first."
	}
	at, err := location.ParseURL(path, s.owner.endpoint)
	if err != nil {
		return err.Error()
	}
	s.dropLookup()
	if at.Prefix == "" || strings.HasSuffix(at.Prefix, "/") {
		s.Go(at)
		return ""
	}
	i.u.lookUp(s, objects.Ref{Bucket: at.Bucket, Key: at.Prefix})
	return ""
}

// lookUp goes to the folder of an object and selects it there, or into the folder of that name where there is no such
// object.
func (u *Window) lookUp(s *storage, r objects.Ref) {
	ctx, cancel := context.WithCancel(u.ctx)
	l := &lookup{name: location.Location{Bucket: r.Bucket, Prefix: r.Key}.URL(), cancel: cancel, visit: s.Visit()}
	s.lookup = l
	l.stopWait = u.wait(func(w present.Wait) {
		l.wait = w
		u.renderFolder()
	})
	go func() {
		object := isObject(ctx, s.server, r)
		u.Dispatch(func() { u.lookedUp(s, l, r, object) })
	}()
}

func (u *Window) lookedUp(s *storage, l *lookup, r objects.Ref, object bool) {
	if s.lookup != l || u.ctx.Err() != nil {
		return
	}
	s.dropLookup()
	to := location.Location{Bucket: r.Bucket, Prefix: r.Key + "/"}
	switch {
	case s.Visit() != l.visit: // the user has gone elsewhere in the meantime
		u.renderFolder()
	case object:
		s.goTo(to.Parent(), r.Key)
	default:
		s.Go(to)
	}
}

// dropLookup ends the question what a typed path names.
func (s *storage) dropLookup() {
	if s.lookup != nil {
		s.lookup.cancel()
		s.lookup.stopWait()
		s.lookup = nil
	}
}

// isObject reports whether there is an object with that key. Who may not read it may still see it listed.
func isObject(ctx context.Context, server Storage, r objects.Ref) bool {
	_, err := server.Stat(ctx, r)
	var e *buckets.Error
	if err == nil || ctx.Err() != nil || errors.As(err, &e) && e.Kind == buckets.NotFound {
		return err == nil
	}
	page, _, err := server.Below(ctx, r.Bucket, r.Key, "", "")
	return err == nil && len(page) > 0 && page[0].Key == r.Key
}
