package tools

import (
	"context"
	"slices"
	"strings"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/buckets"
	"daypass/app/limits"
	"daypass/app/location"
	"daypass/app/messages"
	"daypass/app/tools"
	"daypass/ui/task"
)

// Limit is what the user can do in the form for limited credentials. It belongs to the UI thread.
type Limit struct {
	tools *Controller
	// issued is the client whose token was issued last; nil once the form asks for other credentials.
	issued *clients.ClientToken
	// revision counts the changes of the form, so that a token for an earlier one is not offered.
	revision int
}

// begin offers the folder that is on screen of the storage as the first location, and learns which buckets there are.
func (l *Limit) begin() {
	c, form := l.tools, &l.tools.state.Limit
	storage := c.window.Storage(c.state.ID)
	if storage == nil || form.Locations != nil || form.Buckets != nil || c.ctx == nil {
		return
	}
	if at := storage.Location(); !at.Root() {
		form.Locations = []location.Location{at}
	}
	c.loadBuckets(storage)
}

// loadBuckets lists the buckets to select from.
func (c *Controller) loadBuckets(storage Storage) {
	form := &c.state.Limit
	task.Run(task.New(c.ctx, c.dispatch), storage.Buckets, func(all []buckets.Bucket, err error) {
		if err != nil {
			return // a bucket can be typed
		}
		for _, b := range all {
			form.Buckets = append(form.Buckets, b.Name)
		}
		c.window.Render()
	})
}

// forget drops the token that was issued last.
func (l *Limit) forget() { l.issued, l.tools.state.Limit.Issued = nil, "" }

// changed is for when other credentials are asked for than those that were issued.
func (l *Limit) changed() {
	s := &l.tools.state
	s.Problem, s.Note, s.Limit.Copied = nil, "", false
	l.forget()
	l.revision++
	l.tools.window.Render()
}

// AddLocation adds a bucket or folder, and reports whether text names one.
func (l *Limit) AddLocation(text string) bool {
	form := &l.tools.state.Limit
	form.Locations, form.Fault = withLocation(form.Locations, text)
	l.changed()
	return form.Fault == ""
}

// withLocation returns a list of locations with that which text names, or why it names none.
func withLocation(list []location.Location, text string) (_ []location.Location, fault string) {
	added, err := limits.ParseLocation(strings.TrimSpace(text))
	if err != nil {
		return list, err.Error()
	}
	if slices.Contains(list, added) {
		return list, ""
	}
	return append(slices.Clone(list), added), ""
}

// withoutLocation returns a list of locations without the nth.
func withoutLocation(list []location.Location, n int) []location.Location {
	if n >= len(list) {
		return list
	}
	return slices.Delete(slices.Clone(list), n, n+1)
}

// RemoveLocation removes the nth bucket or folder.
func (l *Limit) RemoveLocation(n int) {
	form := &l.tools.state.Limit
	form.Locations = withoutLocation(form.Locations, n)
	l.changed()
}

// SetOptions sets whether the credentials may write, how long they are valid (a choice of the model) and the name of
// the program.
func (l *Limit) SetOptions(write bool, lifetime, program string) {
	form := &l.tools.state.Limit
	form.Write, form.Lifetime, form.Program = write, LifetimeOf(lifetime), program
	l.changed()
}

// Issue issues a token for the credentials that the form describes.
func (l *Limit) Issue() {
	c, s := l.tools, &l.tools.state
	id, scope, name := s.ID, s.Limit.Scope(), programName(s.Limit.Program)
	if c.ctx == nil {
		return
	}
	s.Limit.Issuing, s.Limit.Issued = true, ""
	revision := l.revision
	run(c, task.New(c.ctx, c.dispatch), func(ctx context.Context, core app.Core) (clients.ClientToken, error) {
		return core.AddClient(ctx, id, clients.NewClient{Name: name, Scope: &scope})
	}, func(issued clients.ClientToken, err error) {
		s.Limit.Issuing = false
		if err == nil && revision == l.revision {
			l.issued, s.Limit.Issued = &issued, name
		}
		c.reload()
	})
}

// CopyToken copies the token that was issued last, for a shell.
func (l *Limit) CopyToken(shell string) {
	if l.issued == nil {
		return
	}
	text, err := tools.ShellLines(shell, l.issued.Environment())
	if err != nil {
		return
	}
	c := l.tools
	after := c.clearAfter()
	c.change(func(ctx context.Context, core app.Core) error {
		return c.clipboard.Hold(ctx, core, string(text), after)
	}, func(err error) {
		if err == nil {
			c.state.Note = "tools.note.copied-token"
		}
	})
}

// CopyCommand copies the command that runs a program with limited credentials.
func (l *Limit) CopyCommand() {
	s := &l.tools.state
	l.tools.clipboard.Copy(s.Limit.Command(s.ID))
	s.Limit.Copied = true
	l.tools.window.Render()
}

// programName returns the name that the user typed for a program, or one for a program without a name.
func programName(typed string) string {
	if name := strings.TrimSpace(typed); name != "" {
		return name
	}
	return messages.Text("tools.limit.program.unnamed")
}
