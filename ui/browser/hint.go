package browser

import (
	"context"

	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/ui/browser/listing"
	"daypass/ui/task"
)

// deletedHint is what is known of the deleted files in the location on screen, which has nothing else in it.
type deletedHint struct {
	s    *Server
	task *task.Task
	of   listed
	some bool
}

// listed identifies a listing: the stay at a location, and the revision of what is shown there.
type listed struct{ visit, revision uint64 }

func newDeletedHint(s *Server) *deletedHint {
	return &deletedHint{s: s, task: task.New(s.c.deps.Context, s.c.deps.Dispatch)}
}

func (h *deletedHint) now() listed { return listed{h.s.Listing.Visit(), h.s.Listing.Revision()} }

// shown reports whether the location on screen has deleted files in it and nothing else.
func (h *deletedHint) shown() bool { return h.some && h.of == h.now() }

// check asks whether a location without files has deleted ones in it that can be restored. Servers go on listing the
// folders of deleted files: such a location is empty too.
func (h *deletedHint) check() {
	list, at := h.s.Listing, h.s.Listing.At()
	if h.of == h.now() || at.Root() || list.Status() != listing.Complete || list.Filter() != "" || !list.OnlyFolders() {
		return
	}
	source, folders := h.s.Source, list.Loaded() > 0
	h.of, h.some = h.now(), false
	task.Run(h.task, func(ctx context.Context) (bool, error) {
		return (!folders || isDeserted(ctx, source, at)) && hasDeleted(ctx, source, at), nil
	}, func(some bool, _ error) {
		if some {
			h.some = true
			h.s.c.Render()
		}
	})
}

// isDeserted reports whether certainly nothing lies below a location, for all the folders that are listed there.
func isDeserted(ctx context.Context, source Storage, at location.Location) bool {
	if versioned, err := source.Versioned(ctx, at.Bucket); err != nil || !versioned {
		return false
	}
	page, next, err := source.Below(ctx, at.Bucket, at.Prefix, "", "")
	return err == nil && len(page) == 0 && next == ""
}

// hasDeleted reports whether there are deleted files below a location that can be restored.
func hasDeleted(ctx context.Context, source Storage, at location.Location) (some bool) {
	_ = source.Deleted(ctx, at.Bucket, at.Prefix, 1, func(l objects.Scanned) { some = some || len(l.Found) > 0 })
	return some
}
