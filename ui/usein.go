package ui

import (
	"context"
	"reflect"
	"slices"
	"time"

	"daypass/app"
	"daypass/app/broker/consumers"
	"daypass/app/session"
	"daypass/app/tools"
	"daypass/ui/present"
	"daypass/ui/problem"
)

// using is what the window does while the screen on other tools is on it. It belongs to the UI thread.
type using struct {
	u *Window
	// stop ends the work for the connection on screen; nil while it is on no other.
	stop context.CancelFunc
	ctx  context.Context
	// grant is the token of the limited keys made last.
	grant *consumers.Grant
	// unread is true while the lists cannot be read.
	unread bool
	// turn counts the looks at changes: an earlier one that comes late is dropped.
	turn int
}

// readEvery is how often the lists of tools and of who fetched keys are read while they are on screen.
const readEvery = 2 * time.Second

// openUse shows how to use a connection's keys.
func (u *Window) openUse(id string) {
	u.using.end()
	u.input.Selected, u.input.Screen, u.input.Failed = id, present.ShowUse, nil
	u.input.Using = present.Using{ID: id}
	u.render()
}

// follow begins to read the lists when the screen comes, and ends it when the screen goes.
func (g *using) follow() {
	on := g.u.agent.Core() != nil && g.u.shown.Screen == present.ShowUse && g.u.shown.Message == nil
	if on && g.u.shown.UseIn.ID != g.u.input.Using.ID { // another connection took its place
		g.end()
		g.u.input.Using = present.Using{ID: g.u.shown.UseIn.ID}
	}
	if g.grant != nil && g.signedOut() {
		g.forget()
	}
	switch {
	case !on:
		g.end()
	case g.stop == nil:
		g.ctx, g.stop = context.WithCancel(g.u.ctx)
		go g.read(g.ctx, g.u.agent.Core(), g.u.input.Using.ID)
	}
}

func (g *using) end() {
	if g.stop != nil {
		g.stop()
		g.stop, g.ctx, g.unread = nil, nil, false
		g.forget()
		s := &g.u.input.Using // whose answers come to nobody now
		s.Step, s.Change, s.Limit.Making = "", nil, false
	}
}

// forget drops the token of the limited keys made last.
func (g *using) forget() { g.grant, g.u.input.Using.Limit.Made = nil, "" }

// signedOut reports whether the person has signed out of the connection on screen, which ends every token.
func (g *using) signedOut() bool {
	return slices.ContainsFunc(g.u.input.Snapshot.Sessions, func(s app.Session) bool {
		return s.ID == g.u.input.Using.ID && s.Phase == session.SignedOut
	})
}

// used is what is read from the core.
type used struct {
	tools     []tools.Tool
	consumers []consumers.Consumer
	taken     bool
}

// read brings the lists until ctx ends.
func (g *using) read(ctx context.Context, core app.Core, id string) {
	for ctx.Err() == nil {
		now, err := lookAt(ctx, core, id)
		g.u.Dispatch(func() { g.take(ctx, now, err) })
		select {
		case <-time.After(readEvery):
		case <-ctx.Done():
		}
	}
}

func lookAt(ctx context.Context, core app.Core, id string) (now used, err error) {
	if now.tools, err = core.Tools(ctx, id); err != nil {
		return now, err
	}
	if now.consumers, err = core.Consumers(ctx, id); err != nil {
		return now, err
	}
	def, err := core.Connection(ctx, id)
	now.taken = def.Keys.Policy != ""
	return now, err
}

// take shows the lists, where they are others than those on screen.
func (g *using) take(ctx context.Context, now used, err error) {
	if ctx.Err() != nil {
		return
	}
	state := &g.u.input.Using
	if err != nil {
		if !g.unread {
			g.unread, state.Problem = true, problem.Of(err)
			g.u.render()
		}
		return
	}
	if shown := (used{state.Tools, state.Consumers, state.Limit.Taken}); !g.unread && reflect.DeepEqual(now, shown) {
		return
	}
	if g.unread {
		g.unread, state.Problem = false, nil
	}
	state.Tools, state.Consumers, state.Limit.Taken = now.tools, now.consumers, now.taken
	if len(now.tools) > 0 {
		state.Limit.Daypass = now.tools[0].Daypass
	}
	g.u.render()
}

// do asks the core for something in the background. done gets its error on the UI thread, unless the
// screen has gone meanwhile.
func (g *using) do(ask func(context.Context, app.Core) error, done func(error)) {
	ctx, core := g.ctx, g.u.agent.Core()
	if ctx == nil || core == nil {
		return
	}
	g.u.input.Using.Problem, g.u.input.Using.Said = nil, ""
	go func() {
		err := ask(ctx, core)
		g.u.Dispatch(func() {
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				g.u.input.Using.Problem = problem.Of(err)
			}
			done(err)
			g.u.render()
		})
	}()
	g.u.render()
}

// refresh reads the lists at once, after something was done to them.
func (g *using) refresh() {
	id := g.u.input.Using.ID
	var now used
	g.quietly(func(ctx context.Context, core app.Core) (err error) {
		now, err = lookAt(ctx, core, id)
		return err
	}, func(ctx context.Context) { g.take(ctx, now, nil) })
}

// quietly is do for what nobody pressed: it leaves what is said, and its failure is nobody's concern.
func (g *using) quietly(ask func(context.Context, app.Core) error, done func(context.Context)) {
	ctx, core := g.ctx, g.u.agent.Core()
	if ctx == nil || core == nil {
		return
	}
	go func() {
		if ask(ctx, core) == nil {
			g.u.Dispatch(func() { done(ctx) })
		}
	}()
}

// ChooseTool implements view.Intents.
func (i *intents) ChooseTool(tool string) {
	s := &i.u.input.Using
	s.Tool, s.Step, s.Change, s.Problem, s.Said = tool, "", nil, nil, ""
	i.u.using.turn++
	if tool == present.ToolLimited {
		i.u.using.beginLimit()
	}
	i.u.render()
}

// tool is the tool on screen.
func (g *using) tool() (tools.Tool, bool) {
	if p := g.u.shown.UseIn.Tool; p != nil {
		for _, t := range g.u.input.Using.Tools {
			if t.ID == p.ID {
				return t, true
			}
		}
	}
	return tools.Tool{}, false
}

// PreviewStep implements view.Intents.
func (i *intents) PreviewStep(step tools.Step) {
	g, s := &i.u.using, &i.u.input.Using
	t, ok := g.tool()
	if !ok {
		return
	}
	g.turn++
	turn, id := g.turn, s.ID
	s.Step, s.Change = step, nil
	var change tools.Change
	g.do(func(ctx context.Context, core app.Core) (err error) {
		change, err = core.PreviewTool(ctx, id, t.ID, step)
		return err
	}, func(err error) {
		switch {
		case turn != g.turn:
		case err != nil:
			s.Step = ""
		default:
			s.Change = &change
		}
	})
}

// DropStep implements view.Intents.
func (i *intents) DropStep() {
	i.u.using.turn++
	i.u.input.Using.Step, i.u.input.Using.Change = "", nil
	i.u.render()
}

// DoStep implements view.Intents: just what was shown is done.
func (i *intents) DoStep() {
	g, s := &i.u.using, &i.u.input.Using
	t, ok := g.tool()
	if !ok || s.Change == nil {
		return
	}
	id, step, digest := s.ID, s.Step, s.Change.Digest
	s.Step, s.Change = "", nil
	g.do(func(ctx context.Context, core app.Core) error {
		return core.ApplyTool(ctx, id, t.ID, step, digest)
	}, func(err error) {
		if err == nil {
			s.Said = map[tools.Step]string{tools.StepAdd: "Set up.", tools.StepRemove: "Taken out."}[step]
			g.refresh()
		}
	})
}

// CopySnippet implements view.Intents.
func (i *intents) CopySnippet() {
	if t, ok := i.u.using.tool(); ok {
		i.Copy(t.Snippet)
		i.u.input.Using.Said = "Copied."
		i.u.render()
	}
}

// CopyKeys implements view.Intents: the keys themselves, which nothing shows.
func (i *intents) CopyKeys() {
	g, s := &i.u.using, &i.u.input.Using
	p := i.u.shown.UseIn.Tool
	if p == nil || p.Format == "" {
		return
	}
	id, format, after := s.ID, p.Format, i.u.input.Snapshot.Settings.ClearClipboardAfter()
	g.do(func(ctx context.Context, core app.Core) error {
		access, err := core.HandOut(ctx, id, "clipboard ("+format+")")
		if err != nil {
			return err
		}
		text, err := tools.Encode(format, access, tools.Command{})
		if err != nil {
			return err
		}
		return i.u.copySecret(ctx, core, string(text), after)
	}, func(err error) {
		if err == nil {
			s.Said = "Copied, with keys."
			g.refresh()
		}
	})
}

// Pause implements view.Intents.
func (i *intents) Pause(consumer string, paused bool) {
	i.u.using.change(func(ctx context.Context, core app.Core) error { return core.PauseConsumer(ctx, consumer, paused) })
}

// Revoke implements view.Intents.
func (i *intents) Revoke(consumer string) {
	g := &i.u.using
	if g.grant != nil && g.grant.Consumer == consumer {
		g.forget()
	}
	g.change(func(ctx context.Context, core app.Core) error { return core.RevokeConsumer(ctx, consumer) })
}

// change does something to the list of who fetched keys, and shows the list anew.
func (g *using) change(ask func(context.Context, app.Core) error) {
	g.do(ask, func(error) { g.refresh() })
}
