package ui

import (
	"context"

	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/ui/browser"
	"daypass/ui/kit"
)

// mover moves or copies objects with options.
type mover func(ctx context.Context, o objects.CopyOptions) (objects.Result, error)

// moving is change for what moves objects. Those that are protected stay where they are until the user agrees to move
// their protection with them.
func (u *Window) moving(s *storage, at location.Location, act browser.Command, doing string, o objects.CopyOptions, do mover, reveal ...string) {
	w := &work{doing: doing, reveal: reveal}
	if !o.KeepProtection {
		w.protect = func() {
			o.KeepProtection = true
			u.moving(s, at, act, doing, o, do, reveal...)
		}
	}
	u.begin(s, at, act, w, func(ctx context.Context, report func(objects.Result)) (objects.Result, error) {
		o.Report = report
		return do(ctx, o)
	})
}

// askProtected asks whether n objects are moved with their retention and legal hold.
func (u *Window) askProtected(n int, move func()) {
	q := browser.AskProtected(n)
	u.kit.Ask(kit.Question{Title: q.Title, Text: q.Text, Yes: q.Yes, Do: move})
}
