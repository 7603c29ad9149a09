package ui

import (
	"context"
	"slices"
	"strings"

	"daypass/app"
	"daypass/app/broker/consumers"
	"daypass/app/buckets"
	"daypass/app/limits"
	"daypass/app/tools"
	"daypass/ui/present"
)

// beginLimit offers what is on screen of the storage as the place for limited keys, and learns which
// buckets there are.
func (g *using) beginLimit() {
	l := &g.u.input.Using.Limit
	s := g.u.browsers[g.u.input.Using.ID]
	if s == nil || l.Places != nil || l.Buckets != nil {
		return
	}
	if at := s.At(); !at.Root() {
		l.Places = []limits.Place{{Bucket: at.Bucket, Prefix: at.Prefix}}
	}
	var all []buckets.Bucket
	g.quietly(func(ctx context.Context, _ app.Core) (err error) {
		all, err = s.server.Buckets(ctx)
		return err
	}, func(ctx context.Context) {
		if ctx.Err() != nil {
			return
		}
		for _, b := range all {
			l.Buckets = append(l.Buckets, b.Name)
		}
		g.u.render()
	})
}

// AddPlace implements view.Intents. It reports whether text was a place.
func (i *intents) AddPlace(text string) bool {
	l := &i.u.input.Using.Limit
	place, err := limits.ParsePlace(strings.TrimSpace(text))
	l.Fault = ""
	if err != nil {
		l.Fault = err.Error()
	} else if !slices.Contains(l.Places, place) {
		l.Places = append(slices.Clone(l.Places), place)
	}
	i.limited()
	return err == nil
}

// DropPlace implements view.Intents.
func (i *intents) DropPlace(n int) {
	l := &i.u.input.Using.Limit
	if n < len(l.Places) {
		l.Places = slices.Delete(slices.Clone(l.Places), n, n+1)
	}
	i.limited()
}

// LimitTo implements view.Intents.
func (i *intents) LimitTo(write bool, life string, program string) {
	l := &i.u.input.Using.Limit
	l.Write, l.Life, l.Program = write, present.LifeOf(life), program
	i.limited()
}

// limited is for when other keys are asked for than those that were made.
func (i *intents) limited() {
	s := &i.u.input.Using
	s.Problem, s.Said, s.Limit.Made, s.Limit.Copied, i.u.using.grant = nil, "", "", false, nil
	i.u.using.turn++
	i.u.render()
}

// MakeLimited implements view.Intents.
func (i *intents) MakeLimited() {
	g, s := &i.u.using, &i.u.input.Using
	id, scope, name := s.ID, s.Limit.Scope(), strings.TrimSpace(s.Limit.Program)
	if name == "" {
		name = "a program"
	}
	s.Limit.Making, s.Limit.Made = true, ""
	turn := g.turn
	var grant consumers.Grant
	g.do(func(ctx context.Context, core app.Core) (err error) {
		grant, err = core.AddConsumer(ctx, id, consumers.NewConsumer{Name: name, Scope: &scope})
		return err
	}, func(err error) {
		s.Limit.Making = false
		if err == nil && turn == g.turn {
			g.grant, s.Limit.Made = &grant, name
		}
		g.refresh()
	})
}

// CopyLimited implements view.Intents: the token for the keys made last, for a shell.
func (i *intents) CopyLimited(shell string) {
	g := i.u.using.grant
	if g == nil {
		return
	}
	text, err := tools.ShellLines(shell, g.Environment())
	if err != nil {
		return
	}
	after := i.u.input.Snapshot.Settings.ClearClipboardAfter()
	i.u.using.do(func(ctx context.Context, core app.Core) error {
		return i.u.copySecret(ctx, core, string(text), after)
	}, func(err error) {
		if err == nil {
			i.u.input.Using.Said = "Copied, with the token."
		}
	})
}

// CopyCommand implements view.Intents: what runs a program with limited keys.
func (i *intents) CopyCommand() {
	s := &i.u.input.Using
	i.Copy(s.Limit.Command(s.ID))
	s.Limit.Copied = true
	i.u.render()
}
