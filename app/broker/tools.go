package broker

import (
	"context"
	"errors"
	"os"

	"daypass/app"
	"daypass/app/handover"
	"daypass/app/handover/tools"
	"daypass/app/schedule"
	"daypass/app/session"
)

// codeToolsLeft is the code of the problem that something could not be taken out of other tools' files.
const codeToolsLeft = "tools-left-behind"

// clearFiles removes the credentials of those who are not signed in from other tools' files. What holds none
// stays: it works again after the next sign-in, and has no credentials until then.
func (b *Broker) clearFiles() {
	if b.opts.Places == (tools.Places{}) {
		return
	}
	var live []string
	snapshot, err := b.sessions.Snapshot()
	if err != nil {
		return // ClearFiles follows
	}
	for _, s := range snapshot.Sessions {
		if s.Live(schedule.Now()) {
			live = append(live, handover.MCAlias(s.ID))
		}
	}
	b.cleared(tools.ClearMC(b.opts.Places, live))
}

// cleared says that credentials could not be removed from a file.
func (b *Broker) cleared(err error) {
	if err == nil {
		return
	}
	b.log.Warn("credentials were left in another tool's file", "error", err)
	b.sessions.ShowProblem(app.Problem{
		Code: codeToolsLeft, Title: "Credentials left in a file",
		Detail:   session.Sentence(err.Error()),
		NextStep: "Remove the lines that begin with " + handover.MCPrefix + " from " + b.opts.Places.MCEnv + ".", At: schedule.Now(),
	})
}

// uninstallAll removes all that was set up for a connection that was removed, and reports what it could not
// remove.
func (b *Broker) uninstallAll(id string) {
	if b.opts.Places == (tools.Places{}) {
		return
	}
	err := tools.Setter{Places: b.opts.Places, Access: handover.Access{Connection: id}}.RemoveAll()
	if err == nil {
		return
	}
	b.log.Warn("other tools' files were not cleaned up", "id", id, "error", err)
	b.sessions.ShowProblem(app.Problem{
		Code: codeToolsLeft, Title: "Something was left in another tool's files",
		Detail:   session.Sentence(err.Error()),
		NextStep: "Remove " + handover.ProfileName(id) + " from that file yourself. The keys no longer work there.", At: schedule.Now(),
	})
}

// ClearFiles removes all credentials from other tools' files when Daypass ends: nobody renews them any more.
func (b *Broker) ClearFiles() {
	if b.opts.Places == (tools.Places{}) {
		return
	}
	if err := tools.ClearMC(b.opts.Places, nil); err != nil {
		b.log.Warn("credentials were left in another tool's file", "error", err)
	}
}

func (b *Broker) renewFiles(id string) error {
	s, err := b.setter(id)
	if err != nil || s.Access.AccessKeyID == "" {
		return nil // nothing to write
	}
	return s.RenewMC()
}

// setter is what sets tools up for a connection; it has the keys where there are some.
func (b *Broker) setter(id string) (tools.Setter, error) {
	if _, err := b.session(id); err != nil {
		return tools.Setter{}, err
	}
	if b.opts.Places == (tools.Places{}) {
		return tools.Setter{}, app.ErrNoTool
	}
	keys, err := b.sessions.Credentials(context.Background(), id)
	if err != nil && !errors.Is(err, app.ErrNoKeys) {
		return tools.Setter{}, err
	}
	access, err := b.access(id, keys)
	return tools.Setter{Places: b.opts.Places, Access: access, Program: b.opts.Program}, err
}

// Tools implements app.Handover.
func (b *Broker) Tools(_ context.Context, id string) ([]handover.Tool, error) {
	s, err := b.setter(id)
	if err != nil {
		return nil, err
	}
	return s.List(os.Getenv), nil
}

// PreviewTool implements app.Handover.
func (b *Broker) PreviewTool(_ context.Context, id, tool string, step handover.Step) (handover.Change, error) {
	s, err := b.setterFor(id, tool, step)
	if err != nil {
		return handover.Change{}, b.explained(id, err)
	}
	change, err := s.Preview(tool, step)
	return change, b.explained(id, toolError(err))
}

// ApplyTool implements app.Handover.
func (b *Broker) ApplyTool(_ context.Context, id, tool string, step handover.Step, digest string) error {
	s, err := b.setterFor(id, tool, step)
	if err != nil {
		return b.explained(id, err)
	}
	return b.explained(id, toolError(s.Apply(tool, step, digest)))
}

// setterFor is setter for a step, which may need keys to write.
func (b *Broker) setterFor(id, tool string, step handover.Step) (tools.Setter, error) {
	s, err := b.setter(id)
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
