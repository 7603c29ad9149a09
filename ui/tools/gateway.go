package tools

import (
	"context"

	"daypass/app"
	"daypass/app/broker/clients"
	"daypass/app/location"
	"daypass/ui/task"
)

// Gateway is the form for key pairs, for programs that take nothing else.
type Gateway struct {
	tools *Controller
	// pair is the one that was made last; nil once the form asks for another one.
	pair *clients.KeyPair
	// revision counts the changes of the form, so that a pair for an earlier one is not offered.
	revision int
}

// begin lists the buckets to select from, and proposes the location that is on screen.
func (g *Gateway) begin() {
	c := g.tools
	storage := c.window.Storage(c.state.ID)
	if storage == nil || c.ctx == nil {
		return
	}
	if at := storage.Location(); !at.Root() && c.state.Gateway.Locations == nil {
		c.state.Gateway.Locations = []location.Location{at}
	}
	if c.state.Limit.Buckets == nil {
		c.loadBuckets(storage)
	}
}

// forget drops the pair; it works on until it is revoked.
func (g *Gateway) forget() { g.pair, g.tools.state.Gateway.Pair = nil, nil }

func (g *Gateway) changed() {
	s := &g.tools.state
	s.Problem, s.Note = nil, ""
	g.forget()
	g.revision++
	g.tools.window.Render()
}

// AddLocation adds a bucket or folder, and reports whether text names one.
func (g *Gateway) AddLocation(text string) bool {
	form := &g.tools.state.Gateway
	form.Locations, form.Fault = withLocation(form.Locations, text)
	g.changed()
	return form.Fault == ""
}

// RemoveLocation removes the nth location.
func (g *Gateway) RemoveLocation(n int) {
	form := &g.tools.state.Gateway
	form.Locations = withoutLocation(form.Locations, n)
	g.changed()
}

// SetOptions sets the name of the program, and whether the pair is limited and may write.
func (g *Gateway) SetOptions(program string, limited, write bool) {
	form := &g.tools.state.Gateway
	form.Program, form.Limited, form.Write = program, limited, write
	g.changed()
}

// Create makes the key pair, or shows that of the program with this name and these limits again.
func (g *Gateway) Create() {
	c, s := g.tools, &g.tools.state
	id, scope, name := s.ID, s.Gateway.Scope(), programName(s.Gateway.Program)
	if c.ctx == nil {
		return
	}
	s.Gateway.Creating = true
	g.forget()
	revision := g.revision
	run(c, task.New(c.ctx, c.dispatch), func(ctx context.Context, core app.Core) (clients.KeyPair, error) {
		return core.AddGateway(ctx, id, clients.NewClient{Name: name, Scope: scope})
	}, func(pair clients.KeyPair, err error) {
		s.Gateway.Creating = false
		if err == nil && revision == g.revision {
			g.pair, s.Gateway.Pair = &pair, &ShownPair{name, pair.Endpoint, pair.Region, pair.AccessKeyID}
		}
		c.reload()
	})
}

// CopyField copies a field of the key pair; the secret through the agent, which clears it.
func (g *Gateway) CopyField(id string) {
	c, pair := g.tools, g.pair
	if pair == nil {
		return
	}
	if id == FieldSecret {
		after := c.clearAfter()
		c.change(func(ctx context.Context, core app.Core) error {
			return c.clipboard.Hold(ctx, core, pair.SecretAccessKey.Reveal(), after)
		}, func(err error) {
			if err == nil {
				c.state.Note = "tools.note.copied"
			}
		})
		return
	}
	c.clipboard.Copy(map[string]string{FieldEndpoint: pair.Endpoint, FieldID: pair.AccessKeyID, FieldRegion: pair.Region}[id])
	c.state.Note = "tools.note.copied"
	c.window.Render()
}
