package engine

import (
	"context"
	"errors"
	"os"

	"daypass/app"
	"daypass/app/handover"
	"daypass/app/handover/tools"
	"daypass/app/session"
)

// codeToolsLeft is the code of the problem that something could not be taken out of other tools' files.
const codeToolsLeft = "tools-left-behind"

// clearFiles removes the credentials of those who are not signed in from other tools' files. What holds none
// stays: it works again after the next sign-in, and has no credentials until then.
func (c *counter) clearFiles(a *Engine) {
	if c.places == (tools.Places{}) {
		return
	}
	var live []string
	for _, s := range a.store.current().Sessions {
		if s.Live(now()) {
			live = append(live, handover.MCAlias(s.ID))
		}
	}
	c.cleared(a, tools.ClearMC(c.places, live))
}

// cleared says that credentials could not be removed from a file.
func (c *counter) cleared(a *Engine, err error) {
	if err == nil {
		return
	}
	c.log.Warn("credentials were left in another tool's file", "error", err)
	c.say(a, app.Problem{
		Code: codeToolsLeft, Title: "Credentials left in a file",
		Detail:   session.Sentence(err.Error()),
		NextStep: "Remove the lines that begin with " + handover.MCPrefix + " from " + c.places.MCEnv + ".", At: now(),
	})
}

// takeOut removes all that was set up for a connection that is no more, and says what it could not do.
func (c *counter) takeOut(a *Engine, id string) {
	if c.places == (tools.Places{}) {
		return
	}
	err := tools.Setter{Places: c.places, Access: handover.Access{Connection: id}}.RemoveAll()
	if err == nil {
		return
	}
	c.log.Warn("other tools' files were not cleaned up", "id", id, "error", err)
	c.say(a, app.Problem{
		Code: codeToolsLeft, Title: "Something was left in another tool's files",
		Detail:   session.Sentence(err.Error()),
		NextStep: "Remove " + handover.ProfileName(id) + " from that file yourself. The keys no longer work there.", At: now(),
	})
}

// say shows a problem with other tools' files in the place of an earlier one.
func (c *counter) say(a *Engine, left app.Problem) {
	a.runner.post(setProblem{left})
}

// atTheEnd removes the credentials of everyone from other tools' files: nobody renews them any more.
func (c *counter) atTheEnd() {
	if c.places == (tools.Places{}) {
		return
	}
	if err := tools.ClearMC(c.places, nil); err != nil {
		c.log.Warn("credentials were left in another tool's file", "error", err)
	}
}

func (c *counter) renewFiles(a *Engine, id string) error {
	s, err := a.setter(id)
	if err != nil || s.Access.AccessKeyID == "" {
		return nil // nothing to write
	}
	return s.RenewMC()
}

// setter is what sets tools up for a connection; it has the keys where there are some.
func (a *Engine) setter(id string) (tools.Setter, error) {
	if err := a.known(id); err != nil {
		return tools.Setter{}, err
	}
	if a.counter.places == (tools.Places{}) {
		return tools.Setter{}, app.ErrNoTool
	}
	keys, err := a.Keys(context.Background(), id)
	if err != nil && !errors.Is(err, app.ErrNoKeys) {
		return tools.Setter{}, err
	}
	access, err := a.access(id, keys)
	return tools.Setter{Places: a.counter.places, Access: access, Program: a.counter.program}, err
}

// Tools implements Core.
func (a *Engine) Tools(_ context.Context, id string) ([]handover.Tool, error) {
	s, err := a.setter(id)
	if err != nil {
		return nil, err
	}
	return s.List(os.Getenv), nil
}

// PreviewTool implements Core.
func (a *Engine) PreviewTool(_ context.Context, id, tool string, step handover.Step) (handover.Change, error) {
	s, err := a.setterFor(id, tool, step)
	if err != nil {
		return handover.Change{}, a.handoverError(id, err)
	}
	change, err := s.Preview(tool, step)
	return change, a.handoverError(id, toolError(err))
}

// ApplyTool implements Core.
func (a *Engine) ApplyTool(_ context.Context, id, tool string, step handover.Step, digest string) error {
	s, err := a.setterFor(id, tool, step)
	if err != nil {
		return a.handoverError(id, err)
	}
	return a.handoverError(id, toolError(s.Apply(tool, step, digest)))
}

// setterFor is setter for a step, which may need keys to write.
func (a *Engine) setterFor(id, tool string, step handover.Step) (tools.Setter, error) {
	s, err := a.setter(id)
	if err == nil && tool == "mc" && step == handover.StepAdd && s.Access.AccessKeyID == "" {
		err = app.ErrNoKeys
	}
	return s, err
}

func toolError(err error) error {
	switch {
	case errors.Is(err, tools.ErrNoTool):
		return app.ErrNoTool
	case errors.Is(err, tools.ErrChanged):
		return app.ErrFilesChanged
	}
	return err
}
